//! Findings are written into Word documents as comments, and nothing else changes.

mod common;
#[path = "common/schema.rs"]
mod schema;

use std::io::{Cursor, Read};

use common::office::{Docx, p};
use common::rebuild;
use gouji::source::Source;
use gouji::source::formats::{Remark, annotate, strip};
use zip::ZipArchive;

/// The members of an archive by name, in order.
fn members(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    (0..zip.len())
        .map(|index| {
            let mut member = zip.by_index(index).expect("a member");
            let name = member.name().expect("a name").into_owned();
            let mut content = Vec::new();
            member.read_to_end(&mut content).expect("the member is whole");
            (name, content)
        })
        .collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let found = members(bytes).into_iter().find(|(each, _)| each == name);
    String::from_utf8(found.unwrap_or_else(|| panic!("{name} is there")).1).expect("XML is UTF-8")
}

/// A remark for each of these words where they stand first.
fn remarked(bytes: &[u8], words: &[&str]) -> Vec<u8> {
    let source = Source::from_bytes("例.docx", bytes).unwrap_or_else(|error| panic!("{error}"));
    let span = |words: &str| {
        let start = source.text().find(words).unwrap_or_else(|| panic!("{words} in {:?}", source.text()));
        source.span(start, start + words.len())
    };
    let remark =
        |each: &&str| Remark {
            primary: span(each), lines: vec![format!("说“{each}” & <完>")], related: Vec::new()
        };
    let remarks: Vec<Remark> = words.iter().map(remark).collect();
    annotate(bytes, &remarks).unwrap_or_else(|error| panic!("{error}"))
}

/// What stands between the marks of each comment, without tags.
fn anchored(bytes: &[u8]) -> Vec<String> {
    let text = part(bytes, "word/document.xml");
    let mut found = Vec::new();
    for id in 0.. {
        let Some((_, rest)) = text.split_once(&format!("<w:commentRangeStart w:id=\"{id}\"/>")) else { break };
        let (inside, rest) = rest.split_once(&format!("<w:commentRangeEnd w:id=\"{id}\"/>")).expect("the range ends");
        assert!(rest.starts_with(&format!("<w:r\t><w:commentReference w:id=\"{id}\"/></w:r>")), "{rest}");
        found.push(inside.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text).collect());
    }
    found
}

/// Annotated, the text is what it was; stripped, every byte of every member is.
fn goes_back(docx: &Docx, words: &[&str]) -> Vec<u8> {
    let bytes = docx.bytes();
    let annotated = remarked(&bytes, words);
    let text =
        |bytes: &[u8]| Source::from_bytes("例", bytes).unwrap_or_else(|error| panic!("{error}")).text().to_owned();
    assert_eq!(text(&annotated), text(&bytes));
    schema::holds(&annotated);
    let stripped = strip(&annotated).unwrap_or_else(|error| panic!("{error}"));
    for ((name, now), (_, before)) in members(&stripped).iter().zip(&members(&bytes)) {
        assert_eq!(String::from_utf8_lossy(now), String::from_utf8_lossy(before), "{name}");
    }
    assert_eq!(members(&stripped).len(), members(&bytes).len());
    annotated
}

#[test]
fn comments_hang_on_exactly_the_words() {
    let body = "<w:p><w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t>预算24</w:t></w:r><w:r><w:t>14.</w:t></w:r><w:r><w:t>16万元 其中12万元</w:t></w:r></w:p>";
    let annotated = goes_back(&Docx::new(body), &["2414.16万元", "12", "预算"]);
    assert_eq!(anchored(&annotated), ["2414.16万元", "12", "预算"]);
    let comments = part(&annotated, "word/gouji-comments.xml");
    assert!(comments.contains("w:author=\"gouji\"") && comments.contains("说“预算” &amp; &lt;完&gt;"), "{comments}");
}

#[test]
fn every_other_part_stays_as_it_was() {
    let docx = Docx::new(p("支出12万元")).part("styles", "<w:style w:styleId=\"a\"/>").part("header", &p("页"));
    let (before, after) = (members(&docx.bytes()), members(&goes_back(&docx, &["12"])));
    let changed: Vec<&String> = after.iter().filter(|member| !before.contains(member)).map(|(name, _)| name).collect();
    assert_eq!(
        changed,
        ["[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels", "word/gouji-comments.xml"]
    );
}

#[test]
fn comments_of_others_stay() {
    let old = format!("<w:comment w:id=\"0\" w:author=\"张\">{}</w:comment>", p("核对"));
    let body = "<w:p><w:commentRangeStart w:id=\"0\"/><w:r><w:t>支出12万元</w:t></w:r><w:commentRangeEnd w:id=\"0\"/>\
                <w:r><w:commentReference w:id=\"0\"/></w:r></w:p>";
    let docx = Docx::new(body).part("comments", &old);
    let annotated = goes_back(&docx, &["12"]);
    let comments = part(&annotated, "word/comments.xml");
    assert!(comments.contains(&old) && comments.contains("<w:comment w:id=\"1\" w:author=\"gouji\""), "{comments}");
}

#[test]
fn a_record_of_changed_properties_is_not_copied() {
    let body = "<w:p><w:r><w:rPr><w:b/><w:rPrChange w:id=\"7\" w:author=\"a\"><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr><w:t>支出12万元</w:t></w:r></w:p>";
    let annotated = goes_back(&Docx::new(body), &["12"]);
    assert_eq!(anchored(&annotated), ["12"]);
    let text = part(&annotated, "word/document.xml");
    assert_eq!((text.matches("rPrChange").count(), text.matches("<w:b/>").count()), (2, 3), "{text}");
}

#[test]
fn fields_and_bound_controls_stay_whole() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let bound = "<w:sdt><w:sdtPr><w:dataBinding w:xpath=\"a\"/></w:sdtPr><w:sdtContent><w:r><w:t>某局34人</w:t></w:r></w:sdtContent></w:sdt>";
    let body = format!(
        "<w:p><w:r><w:t>甲</w:t></w:r>{}<w:r><w:instrText>REF a</w:instrText></w:r>{}<w:r><w:t>支出12万元</w:t></w:r>{}{bound}</w:p>",
        mark("begin"),
        mark("separate"),
        mark("end")
    );
    let annotated = goes_back(&Docx::new(body), &["12", "34"]);
    assert_eq!(anchored(&annotated), ["REF a支出12万元", "某局34人"]);
    let text = part(&annotated, "word/document.xml");
    assert!(
        text.contains("</w:r><w:commentRangeStart w:id=\"0\"/><w:r><w:fldChar w:fldCharType=\"begin\"/>"),
        "{text}"
    );
    assert!(text.contains("<w:commentRangeStart w:id=\"1\"/><w:sdt>"), "{text}");
}

#[test]
fn a_text_box_that_stands_twice_is_marked_once() {
    let inside = format!("<w:txbxContent>{}</w:txbxContent>", p("框内5万元"));
    let body = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    );
    let annotated = goes_back(&Docx::new(body), &["5"]);
    assert_eq!(anchored(&annotated), ["5"]);
}

#[test]
fn entities_breaks_and_empty_cells() {
    let cell = |inside: &str| format!("<w:tc>{inside}</w:tc>");
    let table = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell(&p("甲&乙12")), cell("<w:p/>"));
    let body = format!("<w:p><w:r><w:t>一</w:t><w:tab/><w:t>二12</w:t><w:br/><w:t>三</w:t></w:r></w:p>{table}");
    let docx = Docx::new(body);
    assert_eq!(anchored(&goes_back(&docx, &["二", "&", "三"])), ["二", "&amp;", "三"]);
    let bytes = docx.bytes();
    let source = Source::from_bytes("例", &bytes).unwrap_or_else(|error| panic!("{error}"));
    let empty = source.text().trim_end().len() + "\n\t".len();
    let remark = Remark { primary: source.span(empty, empty), lines: vec!["空".into()], related: Vec::new() };
    let annotated = annotate(&bytes, &[remark]).unwrap_or_else(|error| panic!("{error}"));
    assert!(part(&annotated, "word/document.xml").contains("<w:p><w:commentRangeStart w:id=\"0\"/>"));
}

/// The program, run in a directory of this test alone.
fn gouji(arguments: &[&str]) -> std::process::Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.args(arguments).current_dir(env!("CARGO_TARGET_TMPDIR")).output().expect("the program starts")
}

#[test]
fn every_finding_of_the_corpus_becomes_a_comment() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    for entry in std::fs::read_dir("corpus/reports").expect("the corpus is there") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a report has a name").to_string_lossy().into_owned();
        let text = Source::from_bytes("例", &std::fs::read(&path).expect("a report")).unwrap_or_else(|e| panic!("{e}"));
        let bytes = rebuild::docx(&text);
        let (report, made) = (format!("{name}.docx"), format!("{name}-批注.docx"));
        std::fs::write(folder.join(&report), &bytes).expect("the directory takes files");
        let checked = gouji(&["check", "--format", "json", &report]);
        let json: serde_json::Value = serde_json::from_slice(&checked.stdout).expect("JSON");
        let findings = json["reports"][0]["findings"].as_array().expect("an array");
        let run = gouji(&["annotate", &report, "-o", &made]);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let annotated = std::fs::read(folder.join(&made)).expect("the file was written");
        let found = anchored(&annotated);
        assert_eq!(found.len(), findings.len(), "{name}");
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        for (found, finding) in found.iter().zip(findings) {
            assert_eq!(plain(found), plain(finding["primary"]["text"].as_str().expect("a text")), "{name}");
        }
        schema::holds(&annotated);
        let stripped = strip(&annotated).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(members(&stripped), members(&bytes), "{name}");
    }
}

#[test]
fn the_report_itself_is_not_overwritten() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("原件.docx");
    std::fs::write(&path, Docx::new("<w:p><w:r><w:t>支出12万元。</w:t></w:r></w:p>").bytes())
        .expect("the directory takes files");
    let before = std::fs::read(&path).expect("the file was written");
    let run = gouji(&["annotate", "原件.docx", "-o", "./原件.docx"]);
    let said = String::from_utf8(run.stderr).expect("messages are UTF-8");
    assert!(run.status.code() == Some(2) && said.contains("请换一个文件名"), "{said}");
    assert_eq!(std::fs::read(&path).expect("the file is there"), before);
}

#[test]
fn only_word_documents_take_comments() {
    let run = gouji(&["annotate", "没有.docx", "-o", "批注.docx"]);
    assert_eq!(run.status.code(), Some(2));
    std::fs::write(std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("甲.txt"), "支出12万元\n").expect("a file");
    let run = gouji(&["annotate", "甲.txt", "-o", "批注.docx"]);
    let said = String::from_utf8(run.stderr).expect("messages are UTF-8");
    assert!(run.status.code() == Some(2) && said.contains("批注只能写进 Word 文档"), "{said}");
}

#[test]
fn remarks_in_a_workbook_are_comments_on_filled_cells() {
    let text = "支出决算表\n\n\t项目\n\t决算数\n\n\t合计\n\t12.50\n\n\t甲\n\t5.00\n\n\n";
    let bytes = rebuild::xlsx(&Source::from_text("例", text, gouji::source::Encoding::Utf8));
    let marked = remarked(&bytes, &["12.50", "合计"]);
    let read =
        |bytes: &[u8]| Source::from_bytes("例.xlsx", bytes).unwrap_or_else(|error| panic!("{error}")).text().to_owned();
    assert_eq!(read(&marked), read(&bytes), "the text is what it was");
    schema::holds(&marked);
    let comments = part(&marked, "xl/gouji-comments1.xml");
    let place = |cell: &str| comments.find(&format!("<comment ref=\"{cell}\"")).expect("the cell has a comment");
    assert!(place("A5") < place("B5") && comments.contains("说“12.50” &amp; &lt;完&gt;"), "{comments}");
    let sheet = part(&marked, "xl/worksheets/sheet1.xml");
    let style = |cell: &str| {
        let (_, rest) = sheet.split_once(&format!("<c r=\"{cell}\"")).expect("the cell is there");
        rest.split('>')
            .next()
            .and_then(|tag| tag.split_once("s=\""))
            .and_then(|(_, style)| style.split('"').next()?.parse::<usize>().ok())
    };
    let styles = part(&marked, "xl/styles.xml");
    let filled =
        styles.split("<xf ").skip(1).nth(style("B5").expect("a style of its own")).expect("the style is there");
    assert!(filled.contains("applyFill=\"1\""), "{styles}");
    assert!(
        sheet.contains("<legacyDrawing ")
            && part(&marked, "xl/worksheets/_rels/sheet1.xml.rels").contains("comments1.xml")
    );
    assert_eq!(members(&strip(&marked).expect("they can be taken out")), members(&bytes), "every byte of every member");
    assert!(strip(&bytes).expect_err("nothing to take out").0.contains("没有 gouji 写的批注"));
    assert!(annotate(&marked, &[]).expect_err("once is enough").0.contains("--strip"));
}

#[test]
fn workbooks_of_the_corpus_take_remarks_and_lose_them() {
    let rules = gouji::rules::RuleSet::builtin();
    for entry in std::fs::read_dir("corpus/reports").expect("the corpus is there") {
        let text = std::fs::read(entry.expect("an entry").path()).expect("a report");
        let bytes = rebuild::xlsx(&Source::from_bytes("例", &text).unwrap_or_else(|error| panic!("{error}")));
        let source = Source::from_bytes("例.xlsx", &bytes).unwrap_or_else(|error| panic!("{error}"));
        let audit = gouji::check::audit(source, &rules);
        let remark = |finding: &gouji::finding::Finding| Remark {
            primary: finding.primary.span,
            lines: vec![finding.message.clone()],
            related: finding.related.iter().map(|label| (label.span, label.role.clone())).collect(),
        };
        let remarks: Vec<Remark> = audit.findings.iter().map(remark).collect();
        if remarks.is_empty() {
            continue;
        }
        let marked = annotate(&bytes, &remarks).unwrap_or_else(|error| panic!("{error}"));
        schema::holds(&marked);
        assert_eq!(members(&strip(&marked).expect("they can be taken out")), members(&bytes));
    }
}

#[test]
#[should_panic(expected = "/odd.bin has a type")]
fn a_part_without_a_type_is_told() {
    let types = "<Types><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
    schema::holds(&common::office::zip(&[("[Content_Types].xml", types.as_bytes()), ("odd.bin", b"1")]));
}

#[test]
#[should_panic(expected = "every mark has its comment")]
fn a_mark_without_a_comment_is_told() {
    schema::holds(&Docx::new("<w:p><w:r><w:commentReference w:id=\"0\"/></w:r></w:p>").bytes());
}

#[test]
#[should_panic(expected = "the order of")]
fn parts_of_a_sheet_out_of_order_are_told() {
    let bytes = rebuild::xlsx(&Source::from_text("例", "支出12万元\n", gouji::source::Encoding::Utf8));
    let turned = |(name, content): (String, Vec<u8>)| {
        let text = String::from_utf8(content).expect("XML is UTF-8");
        let turned = text.replace("</worksheet>", "<cols/></worksheet>");
        (name, if text.contains("<sheetData>") { turned.into_bytes() } else { text.into_bytes() })
    };
    let parts: Vec<(String, Vec<u8>)> = members(&bytes).into_iter().map(turned).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    schema::holds(&common::office::zip(&parts));
}
