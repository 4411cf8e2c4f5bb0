"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const make = (tag, text, name) => {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (name) node.className = name;
  return node;
};
// Columns of a report: see `reports` in mod.rs.
const [PATH, UNIT, YEAR, KIND, ERRORS, WARNINGS, INFOS, CHECKED, NUMBERS, RANK, AMOUNT, FAILURE] = Array(12).keys();
const issues = new Map();
data.issues.forEach((issue) => {
  if (!issues.has(issue[0])) issues.set(issue[0], []);
  issues.get(issue[0]).push(issue);
});
const PAGE = 20;
let shown = [], page = 0, opened = null;

// 80,000,000元 as 8,000万元. Amounts are text, so that no digit is lost.
function wan(amount) {
  const [whole, part = ""] = amount.split("."), digits = whole.padStart(5, "0");
  const places = (digits.slice(-4) + part).replace(/0+$/, "").padEnd(2, "0");
  return digits.slice(0, -4).replace(/\B(?=(\d{3})+$)/g, ",") + "." + places;
}

function filter() {
  const words = $("search").value.trim().split(/\s+/).filter(Boolean), year = $("year").value, level = $("level").value;
  shown = data.reports.map((_, at) => at).filter((at) => {
    const report = data.reports[at];
    if (year && String(report[YEAR]) !== year) return false;
    if (level === "e" && !report[ERRORS]) return false;
    if (level === "f" && !report[FAILURE]) return false;
    return words.every((word) => report[PATH].includes(word) || data.units[report[UNIT]].includes(word));
  });
  page = 0;
  list();
}

function list() {
  const body = $("rows");
  body.replaceChildren();
  shown.slice(page * PAGE, (page + 1) * PAGE).forEach((at) => {
    const report = data.reports[at], row = make("tr"), name = make("td"), link = make("a", report[PATH]);
    link.href = "#r" + at;
    link.id = "to" + at;
    name.append(link);
    row.append(make("td", report[RANK] || "—", "n"), name, make("td", data.units[report[UNIT]]),
      make("td", report[YEAR] || "—", "n"));
    if (report[FAILURE]) {
      const cell = make("td", "没能检查：" + report[FAILURE]);
      cell.colSpan = 5;
      row.append(cell);
    } else {
      [report[ERRORS], report[WARNINGS], report[INFOS], report[CHECKED] + "/" + report[NUMBERS], report[AMOUNT] ? wan(report[AMOUNT]) : "—"]
        .forEach((value) => row.append(make("td", value, "n")));
    }
    body.append(row);
  });
  const pages = Math.max(1, Math.ceil(shown.length / PAGE));
  $("count").textContent = `${shown.length} 份，第 ${page + 1}/${pages} 页`;
  $("before").disabled = page === 0;
  $("after").disabled = page + 1 >= pages;
}

function article(issue) {
  const [, level, title, message, place, line, before, text, after, grounds, suggestion, rule, others] = issue;
  const node = make("article", undefined, { "错误": "e", "警告": "w" }[level]);
  node.append(make("h3", `${level}　${title}`), make("p", message));
  if (text) {
    const quote = make("blockquote");
    quote.append(before, make("mark", text), after);
    node.append(quote);
  }
  if (grounds) node.append(make("p", "依据：" + grounds));
  if (suggestion) node.append(make("p", "建议改为：" + suggestion));
  const where = [place, line ? `第 ${line} 行` : "", `规则 ${rule}`].filter(Boolean).join("　");
  node.append(make("p", where, "soft"));
  others.forEach((at) => {
    const other = make("p", "对照："), link = make("a", data.reports[at] ? data.reports[at][PATH] : "编号 " + at);
    link.href = "#r" + at;
    other.append(link);
    node.append(other);
  });
  return node;
}

function open() {
  const at = /^#r(\d+)$/.exec(location.hash), report = at && data.reports[at[1]];
  $("all").hidden = Boolean(report);
  $("one").hidden = !report;
  document.title = report ? report[PATH] : "勾稽扫描结果";
  if (!report) {
    // Back where the reader left the list.
    if (opened !== null && $("to" + opened)) $("to" + opened).focus();
    opened = null;
    return;
  }
  opened = at[1];
  const found = issues.get(Number(at[1])) || [];
  $("title").textContent = report[PATH];
  $("about").textContent = report[FAILURE] ? "没能检查：" + report[FAILURE]
    : `${data.units[report[UNIT]]}　${report[YEAR] || "年度不明"}　${report[KIND]}　共 ${report[NUMBERS]} 个数字，核对 ${report[CHECKED]} 个`;
  const none = report[ERRORS] + report[WARNINGS] + report[INFOS] ? "这份报告的问题没有收入本页，请看 findings.parquet。" : "没有发现问题。";
  $("found").replaceChildren(...(found.length ? found.map(article) : [make("p", report[FAILURE] ? "" : none)]));
  $("title").focus();
  window.scrollTo(0, 0);
}

[...new Set(data.reports.map((report) => report[YEAR]).filter(Boolean))].sort().forEach((year) => $("year").append(make("option", year)));
$("missing").replaceChildren(...(issues.get(-1) || []).map((issue) => make("li", issue[3])));
$("search").addEventListener("input", filter);
$("year").addEventListener("change", filter);
$("level").addEventListener("change", filter);
$("filter").addEventListener("submit", (event) => event.preventDefault());
$("before").addEventListener("click", () => { page -= 1; list(); });
$("after").addEventListener("click", () => { page += 1; list(); });
window.addEventListener("hashchange", open);
filter();
open();
