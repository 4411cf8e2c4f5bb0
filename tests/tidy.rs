//! What must hold of the repository as a whole, by plain string search. Every message says what to do.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use gouji::rules::{RuleSet, registry};

/// What the code of each folder may import from the others.
const IMPORTS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("exact", &[]),
    ("document", &["source", "exact"]),
    ("facts", &["source", "document", "exact"]),
    ("finding", &["source"]),
    ("relations", &["source", "document", "exact", "facts", "finding"]),
    ("emit", &["source", "document", "finding", "check", "workings"]),
    ("diagnosis", &["source", "document", "exact", "facts", "finding", "relations"]),
    ("rules", &["source", "document", "exact", "facts", "finding", "relations", "diagnosis"]),
    ("scan", &["source"]),
    ("corpus", &["source", "document", "exact", "facts", "finding", "relations", "check", "rules", "emit"]),
    ("results", &["exact", "corpus", "facts"]),
    ("check.rs", &["source", "document", "facts", "finding", "relations", "rules"]),
    ("trial.rs", &["source", "finding", "rules", "check"]),
    (
        "cli",
        &[
            "source", "document", "facts", "finding", "rules", "check", "emit", "scan", "corpus", "results", "trial",
            "workings", "verify",
        ],
    ),
    ("workings", &["source", "document", "facts", "finding", "relations", "rules", "check"]),
    ("verify", &[]),
    ("main.rs", &["cli"]),
    ("lib.rs", &[]),
];

/// Narrower than the folder: from the first, the second may import these alone.
const NARROW: &[(&str, &str, &[&str])] = &[
    ("document", "relations", &["literal", "Literal", "LiteralKind", "Hedge", "Unit"]),
    ("document", "emit", &["Document", "Block", "BlockKind", "Cell", "Row", "Table", "SectionId"]),
    ("check", "emit", &["Ledger", "ScoreLedger", "State"]),
    ("finding", "relations", &["Proof", "Verdict", "Family"]),
    ("workings", "emit", &["Workings", "Figure", "Reading", "Tested", "RuleWords"]),
    ("document", "diagnosis", &["literal", "Literal", "LiteralKind", "Hedge", "Unit"]),
    ("finding", "diagnosis", &["Verdict"]),
    ("rules", "cli", &["RuleSet", "Page", "BadPage", "Example", "ExampleKind"]),
];

/// The rooms of crates that must not spread.
const CRATES: &[(&str, &[&str])] = &[
    ("nom", &["document", "rules", "facts"]),
    ("rust_decimal", &["exact"]),
    ("num_bigint", &["exact"]),
    ("encoding_rs", &["source"]),
    ("chardetng", &["source"]),
    ("simdutf8", &["source"]),
    ("quick_xml", &["source"]),
    ("html5gum", &["source"]),
    ("zip", &["source"]),
    ("cfb", &["source"]),
    ("memchr", &["source"]),
    ("flate2", &["source"]),
    ("hayro_interpret", &["source"]),
    ("ariadne", &["emit"]),
    ("comfy_table", &["emit"]),
    ("rayon", &["scan", "corpus", "results"]),
    ("walkdir", &["scan"]),
    ("parquet", &["results"]),
    ("bytes", &["results"]),
    ("rust_xlsxwriter", &["emit", "results"]),
    ("postcard", &["corpus", "scan"]),
    ("twox_hash", &["corpus", "scan"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("terminal_size", &["cli"]),
    ("anyhow", &["cli"]),
    ("serde_json", &["cli", "emit", "results"]),
];

/// The rooms of what touches the world outside, or depends on when and where the program runs.
const WORLD: &[(&str, &[&str])] = &[
    ("std::fs", &["source", "scan", "cli", "results"]),
    ("std::env", &["cli", "scan"]),
    ("std::io::stdin", &["scan"]),
    // How old a file is, and how long an audit takes: neither reaches a finding.
    ("std::time", &["scan"]),
    ("std::net", &[]),
    ("std::process::Command", &["scan"]),
];

/// Types and functions that clippy.toml bans; code that no lint reaches (macros, configuration) is searched as well.
const BANNED: &[&str] = &["f64", "f32", "HashMap", "HashSet", "process::exit"];

/// Where places on a page come in as floating point, to be rounded at once.
const PLACES: &str = "src/source/formats/pdf/draw.rs";
/// The one file that takes stored floating point for the decimals that it stands for.
const STORED: &str = "src/source/formats/xls/cell.rs";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of the repository below a folder, but for what is built; sorted.
fn files(below: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(below)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("the folder can be listed").path();
            let name = path.file_name().expect("an entry has a name").to_string_lossy().into_owned();
            if path.is_symlink() || ["target", ".git"].contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// The path of a file in the repository.
fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A line of code.
struct Code {
    /// `src/rules/page.rs:12`
    at: String,
    /// `rules`, or `check.rs` for a file of `src` itself.
    room: String,
    line: String,
    /// In the test module at the end of a file.
    in_tests: bool,
}

/// Every line of `src` that is not a comment.
fn code() -> Vec<Code> {
    let mut found = Vec::new();
    for path in files("src").iter().filter(|path| path.extension().is_some_and(|ext| ext == "rs")) {
        let name = shown(path);
        let room = name.split('/').nth(1).expect("a file of src has a second part").to_owned();
        let mut in_tests = false;
        for (index, line) in text(path).lines().enumerate() {
            in_tests |= line.trim() == "#[cfg(test)]";
            if !line.trim_start().starts_with("//") {
                let (at, room, line) = (format!("{name}:{}", index + 1), room.clone(), line.to_owned());
                found.push(Code { at, room, line, in_tests });
            }
        }
    }
    found
}

/// The words that follow `before` in a line, each as an identifier.
fn after<'l>(line: &'l str, before: &str) -> Vec<&'l str> {
    let ends = |text: &str| text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    line.match_indices(before).map(|(at, _)| &line[at + before.len()..]).map(|rest| &rest[..ends(rest)]).collect()
}

/// Whether a line names a crate, and not a module or word of which its name is a part.
fn names(line: &str, name: &str) -> bool {
    line.match_indices(&format!("{name}::"))
        .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':')))
}

#[track_caller]
fn assert_none(found: Vec<String>, what_to_do: &str) {
    assert!(found.is_empty(), "\n{}\n{what_to_do}\n", found.join("\n"));
}

#[test]
fn folders_import_only_what_they_may_know() {
    let allowed: BTreeMap<&str, &[&str]> = IMPORTS.iter().copied().collect();
    let mut found = Vec::new();
    for code in code() {
        let may = allowed.get(code.room.as_str()).unwrap_or_else(|| {
            panic!("src/{} is a new room: say in tests/tidy.rs and ARCHITECTURE.md what it may import", code.room)
        });
        for module in after(&code.line, "crate::") {
            if module != code.room && !may.contains(&module) {
                found.push(format!("{}: {} imports {module}: {}", code.at, code.room, code.line.trim()));
            }
        }
    }
    assert_none(
        found,
        "Data flows one way. Hand the value over from the caller (check.rs, cli), or move what both need to the room \
         that both may know; write one `use crate::room::…` for each room. A new arrow is a design change: give the \
         reason in ARCHITECTURE.md and add it to IMPORTS.",
    );
}

#[test]
fn narrow_doors_stay_narrow() {
    let mut found = Vec::new();
    for (from, room, may) in NARROW {
        // Tests build small reports of their own.
        for code in code().into_iter().filter(|code| code.room == *room && !code.in_tests) {
            let direct = after(&code.line, &format!("crate::{from}::"));
            let grouped = code.line.split_once(&format!("crate::{from}::{{")).map_or("", |(_, rest)| rest);
            let grouped = grouped.split(|c: char| !c.is_alphanumeric() && c != '_');
            for word in direct.into_iter().chain(grouped).filter(|word| !word.is_empty()) {
                if !may.contains(&word) {
                    found.push(format!("{}: {room} takes {word} from {from}", code.at));
                }
            }
        }
    }
    assert_none(
        found,
        "This room is meant to know only a part of the other one; see NARROW in tests/tidy.rs. If it has to know \
         more, say why in ARCHITECTURE.md and add the word.",
    );
}

#[test]
fn crates_stay_in_their_rooms() {
    let mut found = Vec::new();
    for code in code() {
        for (name, rooms) in
            CRATES.iter().filter(|(name, rooms)| !rooms.contains(&code.room.as_str()) && names(&code.line, name))
        {
            found.push(format!("{}: {name} belongs to {}: {}", code.at, rooms.join(", "), code.line.trim()));
        }
    }
    assert_none(found, "Call what the crate's room offers, or add there what is missing.");
}

#[test]
fn every_dependency_has_a_room_or_is_known_everywhere() {
    let manifest = text(&root().join("Cargo.toml"));
    let section = manifest.split_once("[dependencies]").expect("Cargo.toml has dependencies").1;
    let section = section.split("\n[").next().unwrap_or_default();
    let everywhere = ["serde", "thiserror", "toml", "unicode-width"];
    let mut found = Vec::new();
    for line in section.lines().filter(|line| line.contains('=')) {
        let name = line.split(['=', ' ']).next().unwrap_or_default();
        if !everywhere.contains(&name) && !CRATES.iter().any(|(each, _)| *each == name.replace('-', "_")) {
            found.push(format!("Cargo.toml: {name}"));
        }
    }
    assert_none(found, "Give the new dependency a room in CRATES (tests/tidy.rs), and its reason in ARCHITECTURE.md.");
}

#[test]
fn the_world_outside_is_touched_in_few_rooms() {
    let mut found = Vec::new();
    for code in code().into_iter().filter(|code| !code.in_tests) {
        for (name, rooms) in WORLD {
            if names(&format!("{}::", code.line), name) && !rooms.contains(&code.room.as_str()) {
                found.push(format!("{}: {}", code.at, code.line.trim()));
            }
        }
    }
    assert_none(
        found,
        "Parsing, extraction and judging are pure: same text in, same findings out. Files are read in scan, the \
         environment in cli, and no stage asks for the time.",
    );
}

#[test]
fn banned_types_are_nowhere() {
    let mut found = Vec::new();
    for code in code() {
        let floats = code.at.starts_with(PLACES) || code.at.starts_with(STORED);
        for word in BANNED.iter().filter(|word| !floats || !["f64", "f32"].contains(word)) {
            let whole = |(at, _): (usize, &str)| {
                let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
                !part(code.line[..at].chars().next_back()) && !part(code.line[at + word.len()..].chars().next())
            };
            if code.line.match_indices(word).any(whole) {
                found.push(format!("{}: {}", code.at, code.line.trim()));
            }
        }
    }
    assert_none(found, "clippy.toml says what to use in place of each.");
}

#[test]
fn exceptions_give_their_reason() {
    let mut found = Vec::new();
    for path in files("src").iter().chain(&files("tests")).filter(|path| path.extension().is_some_and(|e| e == "rs")) {
        let text = text(path);
        for (index, line) in text.lines().enumerate() {
            let attribute = ["#[", "#!["].iter().any(|open| {
                let inner = line.trim_start().strip_prefix(open).unwrap_or_default();
                inner.starts_with("allow(") || inner.starts_with("expect(")
            });
            let rest = text.lines().skip(index).take(6).collect::<Vec<_>>().join(" ");
            let rest = rest.split_once(")]").map_or(rest.as_str(), |(attribute, _)| attribute);
            if attribute && !rest.contains("reason") {
                found.push(format!("{}:{}: {}", shown(path), index + 1, line.trim()));
            }
        }
    }
    assert_none(found, "Add `reason = \"…\"`: why the lint is wrong here. Better, do without the exception.");
}

/// Files that people write: code, pages, documents, expectations. Reports keep the blanks that real ones have.
fn written() -> Vec<PathBuf> {
    let endings = ["rs", "md", "toml", "trycmd", "yml"];
    let by_ending = |path: &PathBuf| path.extension().is_some_and(|ext| endings.iter().any(|each| ext == *each));
    let reports = |path: &PathBuf| shown(path).starts_with("corpus/reports/") || shown(path).contains(".in/");
    files("").into_iter().filter(|path| by_ending(path) && !reports(path)).collect()
}

#[test]
fn no_line_ends_in_blanks() {
    let mut found = Vec::new();
    for path in written() {
        for (index, line) in text(&path).lines().enumerate() {
            // A report's empty cell in a rule page or snippet is a TAB or a blank after the last bar.
            if line.ends_with([' ', '\t']) && !line.trim_end().is_empty() {
                found.push(format!("{}:{}", shown(&path), index + 1));
            }
        }
        if !text(&path).ends_with('\n') {
            found.push(format!("{}: no line end at the end", shown(&path)));
        }
    }
    assert_none(found, "Remove the blanks at the end of these lines; end the file with one line end.");
}

#[test]
fn expectations_hold_no_lost_location() {
    // ariadne prints this for a label that it could not place. Written so that this file does not hold it.
    let lost = ["?:", "?"].concat();
    let mut found = Vec::new();
    for path in files("tests").iter().chain(&files("corpus")) {
        if fs::read(path).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains(&lost)) {
            found.push(shown(path));
        }
    }
    assert_none(found, "A label was dropped: its span is outside the text or not on character boundaries.");
}

#[test]
fn pages_and_checks_know_each_other() {
    let rules = RuleSet::builtin();
    let mut found = Vec::new();
    for page in rules.pages() {
        let rust = page.is_rust();
        let listed = registry().iter().any(|(id, _)| *id == page.id);
        let file = format!("src/rules/checks/{}.rs", page.id.replace('-', "_"));
        if rust && !listed {
            found.push(format!("rules/{}.md says check = \"rust\": add {file} and a line in `registry()`", page.id));
        }
        if !rust && listed {
            found.push(format!("rules/{}.md has formulas: take its line out of `registry()`", page.id));
        }
    }
    for (id, _) in registry() {
        if rules.page(id).is_none() {
            found.push(format!("`registry()` names {id}: write rules/{id}.md"));
        }
    }
    assert_none(found, "A rule exists if and only if its page does.");
}

#[test]
fn page_names_are_ids() {
    let mut found = Vec::new();
    let mut pages = 0;
    for path in files("rules").iter().filter(|path| path.extension().is_some_and(|ext| ext == "md")) {
        let name = path.file_stem().expect("a page has a name").to_string_lossy();
        if name == "README" {
            continue;
        }
        pages += 1;
        let part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if !name.split('-').all(part) {
            found.push(shown(path));
        }
    }
    assert_none(found, "A page is named by what is wrong, in ASCII kebab-case: total-mismatch.md.");
    assert_eq!(pages, RuleSet::builtin().pages().len(), "every page of rules/ is built in; cargo clean if in doubt");
}

#[test]
fn every_page_is_valid_with_its_examples() {
    let sources = RuleSet::builtin().pages().iter().map(|page| page.source.clone()).collect::<Vec<_>>();
    if let Err(bad) = RuleSet::from_sources(sources) {
        panic!("{}", bad.iter().map(ToString::to_string).collect::<String>());
    }
}

#[test]
fn every_example_differs_from_the_others_of_its_page() {
    let rules = RuleSet::builtin();
    let mut found = Vec::new();
    for page in rules.pages() {
        let mut titles = BTreeSet::new();
        let mut reports = BTreeSet::new();
        for example in page.examples() {
            let name = format!("{}：{}", example.kind.word(), example.title);
            if !titles.insert(name.clone())
                | !reports.insert((example.report.text(), format!("{:?}", example.report.layout().faults)))
            {
                found.push(format!("rules/{}.md: {name}", page.id));
            }
        }
    }
    assert_none(found, "Two examples with one title or one text: the second tests nothing.");
}

#[test]
fn titles_are_not_used_twice() {
    let rules = RuleSet::builtin();
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    let mut found = Vec::new();
    for page in rules.pages() {
        if let Some(before) = seen.insert(&page.title, &page.id) {
            found.push(format!("{} and {} are both called {}", before, page.id, page.title));
        }
    }
    assert_none(found, "Readers know a rule by its title: tell the two apart, or make them one page.");
}

#[test]
fn the_empty_report_has_no_findings() {
    use gouji::source::{Encoding, Source};
    let rules = RuleSet::builtin();
    for text in ["", "\n", " ", "　\n\n", "2024年度某单位绩效自评报告\n"] {
        let audit = gouji::check::audit(Source::from_text("空", text, Encoding::Utf8), &rules);
        let fired: Vec<&str> = audit.findings.iter().map(|finding| finding.rule.as_str()).collect();
        assert!(fired.is_empty(), "{fired:?} fire on {text:?}, which claims nothing: make them abstain");
    }
}

/// The fields that every entry of a gold list has.
const GOLD: &[&str] =
    &["id", "file", "lines", "snippets", "class", "severity", "tier", "kind", "stated", "computed", "note"];

#[test]
fn gold_lists_are_well_formed() {
    let mut found = Vec::new();
    let mut ids = BTreeSet::new();
    for path in files("corpus/gold").iter().filter(|path| path.extension().is_some_and(|ext| ext == "json")) {
        let name = shown(path);
        let list: serde_json::Value = match serde_json::from_str(&text(path)) {
            Ok(list) => list,
            Err(error) => {
                found.push(format!("{name}: {error}"));
                continue;
            }
        };
        let Some(entries) = list.as_array() else {
            found.push(format!("{name}: not an array"));
            continue;
        };
        for entry in entries {
            let id = entry["id"].as_str().unwrap_or_default().to_owned();
            let missing: Vec<&&str> = GOLD.iter().filter(|field| entry.get(**field).is_none()).collect();
            if !missing.is_empty() {
                found.push(format!("{name}: {id} lacks {missing:?}"));
            }
            if entry["tier"] != "pass" && entry["severity"].is_null() {
                found.push(format!("{name}: {id} is a defect without severity"));
            }
            let file = entry["file"].as_str().unwrap_or_default();
            if !root().join("corpus/reports").join(file).is_file() {
                found.push(format!("{name}: {id} is about {file}, which is not in corpus/reports"));
            }
            if !ids.insert(id.clone()) {
                found.push(format!("{name}: {id} stands twice"));
            }
        }
    }
    assert_none(found, "corpus/README.md describes a gold list.");
}

#[test]
fn every_report_has_a_gold_list_and_frozen_findings() {
    let mut found = Vec::new();
    for path in files("corpus/reports") {
        let stem = path.file_stem().expect("a report has a name").to_string_lossy().into_owned();
        for needed in [format!("corpus/gold/{stem}.gold.json"), format!("corpus/findings/{stem}.txt")] {
            if !root().join(&needed).is_file() {
                found.push(format!("{}: {needed} is missing", shown(&path)));
            }
        }
    }
    assert_none(found, "Write the gold list by hand; then GOUJI_BLESS=1 cargo test --test corpus, and read the diff.");
}

/// docs/审核要点.md says of every point of an audit which rules look at it, or why none does.
#[test]
fn the_points_of_an_audit_name_every_rule() {
    let points = text(&root().join("docs/审核要点.md"));
    let rules = RuleSet::builtin();
    let mut found = Vec::new();
    let mut named = BTreeSet::new();
    let (mut all, mut covered) = (0, 0);
    let own = points.split("\n## 要点之外的规则").next().unwrap_or_default();
    for line in points.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| 要点")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let ids: Vec<&str> =
            cells[1].split_whitespace().filter_map(|link| link.strip_prefix('[')?.split(']').next()).collect();
        if ids.is_empty() && cells[2].is_empty() {
            found.push(format!("{}: neither a rule nor a reason", cells[0]));
        }
        found.extend(ids.iter().filter(|id| rules.page(id).is_none()).map(|id| format!("{}: no rule {id}", cells[0])));
        if own.contains(line) {
            all += 1;
            covered += usize::from(!ids.is_empty());
        }
        named.extend(ids);
    }
    let missing = rules.pages().iter().filter(|page| !named.contains(page.id.as_str()));
    found.extend(missing.map(|page| format!("{} is not in the table", page.id)));
    let counted = format!("共 {all} 条要点，{covered} 条有规则。");
    if !points.contains(&counted) {
        found.push(format!("the page should say: {counted}"));
    }
    assert_none(found, "docs/审核要点.md lists every rule under the point that it looks at.");
}

#[test]
fn the_index_of_rules_is_current() {
    let path = root().join("rules/README.md");
    let readme = text(&path);
    let (open, close) = ("<!-- 规则索引 -->\n", "<!-- 规则索引完 -->");
    let (before, rest) = readme.split_once(open).expect("rules/README.md has the opening mark of its index");
    let (index, after) = rest.split_once(close).expect("rules/README.md has the closing mark of its index");
    let now = rule_index();
    if index == now {
        return;
    }
    if std::env::var_os("GOUJI_BLESS").is_some() {
        fs::write(&path, format!("{before}{open}{now}{close}{after}")).expect("rules/README.md can be written");
    }
    panic!("the index of rules/README.md is not current: GOUJI_BLESS=1 cargo test --test tidy writes it; look at it");
}

/// The rules by family, as a table.
fn rule_index() -> String {
    let rules = RuleSet::builtin();
    let mut rows: Vec<String> = Vec::new();
    let mut pages: Vec<_> = rules.pages().iter().collect();
    pages.sort_by_key(|page| (page.family, page.id.clone()));
    for page in pages {
        let (id, family, severity) = (&page.id, page.family.word(), page.severity.word());
        rows.push(format!("| [{id}]({id}.md) | {} | {family} | {severity} |\n", page.title));
    }
    format!(
        "\n共 {} 条。\n\n| 标识 | 查什么 | 类别 | 级别 |\n|---|---|---|---|\n{}\n",
        rules.pages().len(),
        rows.concat()
    )
}

#[test]
fn the_language_of_formulas_is_documented() {
    use gouji::facts::{ClaimKind, Role};
    let readme = text(&root().join("rules/README.md"));
    let kinds = ClaimKind::ALL.iter().map(|kind| kind.word());
    let words = kinds.chain(Role::ALL.iter().map(|role| role.word()));
    let missing: Vec<String> = words.filter(|word| !readme.contains(&format!("`{word}`"))).map(str::to_owned).collect();
    assert_none(missing, "Say in rules/README.md, in the table of claims, what this kind of claim or role is.");
}

#[test]
fn the_page_of_the_guide_is_the_one_that_is_tried() {
    let readme = text(&root().join("rules/README.md"));
    let page = block(&readme, "<!-- 示例页 -->\n````markdown\n", "````\n<!-- 示例页完 -->");
    assert_eq!(
        page,
        text(&root().join("tests/pages/reception-grew.md")),
        "rules/README.md shows tests/pages/reception-grew.md"
    );
}

const READMES: &[&str] = &["README.md", "README.zh-CN.md"];

/// What stands between a line and the next line that closes it.
fn block<'t>(text: &'t str, open: &str, close: &str) -> &'t str {
    let (_, rest) = text.split_once(open).unwrap_or_else(|| panic!("there is no {open:?}"));
    rest.split_once(close).unwrap_or_else(|| panic!("{open:?} is not closed")).0
}

#[test]
fn the_rule_of_the_readmes_works() {
    use gouji::source::{Encoding, Source};
    for readme in READMES {
        let text = text(&root().join(readme));
        let page = block(&text, "````markdown\n", "````");
        let lines = page.lines().take_while(|line| !line.starts_with("###")).count();
        assert_eq!(lines, 15, "{readme} promises a rule in fifteen lines");
        let source = Source::from_text("per-head-limit.md", page, Encoding::Utf8);
        let rules = RuleSet::from_sources([source]).unwrap_or_else(|bad| panic!("{readme}: {}", bad[0]));
        for example in rules.pages()[0].examples() {
            let audit = gouji::check::audit(example.report.clone(), &rules);
            let marked: Vec<std::ops::Range<usize>> =
                audit.findings.iter().map(|finding| finding.primary.span.start()..finding.primary.span.end()).collect();
            assert_eq!(marked, example.marks, "{readme}: {}", example.title);
        }
    }
}

#[test]
fn the_finding_of_the_readmes_is_what_the_program_draws() {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.args(["check", "corpus/reports", "--width", "96", "--color", "never", "--no-progress"]).current_dir(root());
    let output = command.output().expect("the program starts");
    let drawn = String::from_utf8(output.stdout).expect("output is UTF-8");
    for readme in READMES {
        let text = text(&root().join(readme));
        let finding = block(&text, "```text\n", "```");
        let first = finding.lines().next().unwrap_or_default();
        let now: String =
            drawn.lines().skip_while(|line| *line != first).take(20).map(|line| format!("{line}\n")).collect();
        assert!(
            drawn.contains(finding),
            "{readme} shows\n{finding}\nbut the program draws\n{now}\nPaste what it draws."
        );
    }
}

#[test]
fn the_readmes_name_every_family() {
    let families: BTreeSet<&str> = RuleSet::builtin().pages().iter().map(|page| page.family.word()).collect();
    let mut missing = Vec::new();
    for readme in READMES {
        let text = text(&root().join(readme));
        let unnamed = families
            .iter()
            .filter(|family| !text.contains(&format!("| {family} |")) && !text.contains(&format!("| {family} ")));
        missing.extend(unnamed.map(|family| format!("{readme}: {family}")));
    }
    assert_none(missing, "Add a row with an example to the table of what gouji finds.");
}

#[test]
fn links_lead_somewhere() {
    let mut found = Vec::new();
    for path in files("").iter().filter(|path| path.extension().is_some_and(|ext| ext == "md")) {
        let name = shown(path);
        if name.starts_with("corpus/reports/") || name.contains(".in/") {
            continue;
        }
        let text = text(path);
        let folder = path.parent().expect("a file has a folder");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let local = !link.is_empty() && !link.contains("://") && !link.contains(char::is_whitespace);
            if local && link.is_ascii() && !folder.join(link).exists() {
                found.push(format!("{name}: {link}"));
            }
        }
    }
    assert_none(found, "These links lead to nothing: mend them, or take them out.");
}
