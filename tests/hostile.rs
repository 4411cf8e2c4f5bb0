//! Files that no one should have sent: each is refused in one clear line, or read; none hangs, none panics.

mod common;
#[path = "common/validate.rs"]
mod validate;

use std::sync::LazyLock;

use common::office::{Docx, odt_of, p, zip};
use common::{doc, press, rebuild, xls};
use gouji::rules::RuleSet;
use gouji::source::Source;
use gouji::source::formats::strip;
use proptest::prelude::*;

static RULES: LazyLock<RuleSet> = LazyLock::new(RuleSet::builtin);
static SAMPLES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(samples);
/// How many of the samples are archives of parts.
const ARCHIVES: usize = 5;

/// Reads a file to the end of an audit; the reason where it was refused, which is one line.
fn audited(bytes: &[u8]) -> Result<String, String> {
    let source = Source::from_bytes("例", bytes).map_err(|error| {
        assert!(!error.0.contains('\n') && error.0.contains('；'), "one line with what to do: {error}");
        error.0
    })?;
    let text = source.text().to_owned();
    validate::audit(&gouji::check::audit(source, &RULES)).expect("the tree is sound");
    Ok(text)
}

#[track_caller]
fn refused(bytes: &[u8], because: &str) {
    let reason = audited(bytes).expect_err("the file is refused");
    assert!(reason.contains(because), "{reason}");
}

fn nested_tables(depth: usize) -> String {
    let open = "<w:tbl><w:tr><w:tc>".repeat(depth);
    let close = "<w:p/></w:tc></w:tr></w:tbl>".repeat(depth);
    format!("{open}{}{close}", p("支出12万元"))
}

/// Another program would be given the part that was read.
#[test]
fn documents_too_large_are_not_converted() {
    let mut rtf = b"{\\rtf1 ".to_vec();
    rtf.resize((64 << 20) + 1, b'a');
    let reason = gouji::scan::open("例".into(), &rtf).expect_err("the file is refused").0;
    assert!(reason.contains("64 MB"), "{reason}");
}

#[test]
fn tables_in_tables() {
    assert!(audited(&Docx::new(nested_tables(15)).bytes()).is_ok());
    refused(&Docx::new(nested_tables(200)).bytes(), "嵌套");
}

#[test]
fn elements_in_elements() {
    let deep = "<w:ins>".repeat(5_000) + &"</w:ins>".repeat(5_000);
    refused(&Docx::new(format!("<w:p>{deep}</w:p>")).bytes(), "嵌套");
    let boxes = "<w:p><w:r><w:pict><v:textbox><w:txbxContent>".repeat(150)
        + &p("支出12万元")
        + &"</w:txbxContent></v:textbox></w:pict></w:r></w:p>".repeat(150);
    assert!(audited(&Docx::new(boxes).bytes()).is_ok());
}

#[test]
fn absurd_dimensions() {
    let cell =
        |properties: &str| format!("<w:tbl><w:tr><w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc></w:tr></w:tbl>", p("1"));
    refused(&Docx::new(cell("<w:gridSpan w:val=\"2000000000\"/>")).bytes(), "大得反常");
    let row = "<w:trPr><w:gridBefore w:val=\"99999\"/></w:trPr>";
    refused(&Docx::new(format!("<w:tbl><w:tr>{row}<w:tc>{}</w:tc></w:tr></w:tbl>", p("1"))).bytes(), "大得反常");
    let row = format!("<w:trPr><w:gridBefore w:val=\"{}\"/></w:trPr>", u64::MAX);
    refused(&Docx::new(format!("<w:tbl><w:tr>{row}<w:tc>{}</w:tc></w:tr></w:tbl>", p("1"))).bytes(), "大得反常");
    let repeated = "<table:table><table:table-row table:number-rows-repeated=\"99999999\"><table:table-cell/></table:table-row></table:table>";
    refused(&odt_of(repeated), "大得反常");
    let (cells, rows) = ("<td rowspan=0>1</td>".repeat(300), "<tr>".repeat(1_100));
    let page = format!("<!DOCTYPE html><html><body><table><tr>{cells}</tr>{rows}</table></body></html>");
    refused(page.as_bytes(), "表格太大");
}

#[test]
fn entities_and_bombs() {
    let document = "<!DOCTYPE a [<!ENTITY b \"bb\">]><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>";
    let links = "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let package = |document: &[u8]| zip(&[("_rels/.rels", links.as_bytes()), ("word/document.xml", document)]);
    refused(&package(document.as_bytes()), "实体");
    refused(&package(&vec![b' '; 64 << 20]), "炸弹");
    refused(&package(b"\xff\xfe"), "不完整");
    refused(&package(b""), "不完整");
}

#[test]
fn archives_that_are_locked_or_crowded() {
    let mut locked = zip(&[("a.bin", b"1")]);
    for (mark, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = locked.windows(4).position(|bytes| bytes == mark).expect("the archive has a member");
        locked[at + flags] |= 1;
    }
    refused(&locked, "密码");
    let names: Vec<String> = (0..10_001).map(|number| format!("{number}.txt")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"1"[..])).collect();
    refused(&zip(&members), "成员太多");
}

#[test]
fn parts_that_are_missing_or_lead_in_circles() {
    let links =
        "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"word/none.xml\"/></Relationships>";
    refused(&zip(&[("_rels/.rels", links.as_bytes())]), "不完整");
    refused(
        &zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<a/>")]),
        "Word 文档（.docx），但文件不完整",
    );
    refused(&zip(&[("mimetype", b"?"), ("content.xml", b"<a/>")]), "不完整");
    let circle = "<w:style w:styleId=\"a\"><w:name w:val=\"a\"/><w:basedOn w:val=\"b\"/></w:style>\
                  <w:style w:styleId=\"b\"><w:name w:val=\"b\"/><w:basedOn w:val=\"a\"/></w:style>";
    let body = "<w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:t>支出12万元</w:t></w:r></w:p>";
    assert_eq!(audited(&Docx::new(body).part("styles", circle).bytes()).as_deref(), Ok("支出12万元\n"));
    refused(&Docx::new("").bytes(), "没有文字");
}

#[test]
fn forty_megabytes_in_one_line() {
    let line = "支出12万元，".repeat((40 << 20) / 18);
    refused(line.as_bytes(), "有一段超过");
    refused(&Docx::new(p(&line)).bytes(), "");
}

#[test]
fn files_that_lost_their_end() {
    let whole = Docx::new(p("支出12万元")).bytes();
    for length in [4, 30, 200, whole.len() / 2, whole.len() - 1] {
        assert!(audited(&whole[..length]).is_err(), "{length}");
    }
}

/// What is left of a file is not read: it would pass for the whole. Of a web page a note says so.
#[test]
fn files_of_every_format_that_were_not_downloaded_to_their_end() {
    for sample in &SAMPLES[..SAMPLES.len() - 1] {
        let whole = Source::from_bytes("例", sample).unwrap_or_else(|error| panic!("{error}"));
        for part in 1..20 {
            match Source::from_bytes("例", &sample[..sample.len() * part / 20]) {
                Err(error) => assert!(error.0.contains('；') && !error.0.contains('\n'), "{error}"),
                Ok(source) => {
                    let noted = source.notes().join("").contains("没有结尾");
                    assert!(noted || source.text() == whole.text(), "{part}: {}", source.text());
                }
            }
        }
    }
}

/// Files of a small report in every format; archives of parts come first.
fn samples() -> Vec<Vec<u8>> {
    let text =
        "一、概况\n2024年预算12.5万元，其中基本支出12万元。\n\n\t项目\n\t预算数\n\n\t合计\n\t12\n\n\t甲\n\t5\n\n\n";
    let source = Source::from_text("例", text, gouji::source::Encoding::Utf8);
    let mut samples = vec![rebuild::docx(&source), rebuild::odt(&source), rebuild::ods(&source)];
    samples.extend([rebuild::xlsx(&source), press::ofd(&source)]);
    samples.extend([doc::doc(&source), xls::xls(), rebuild::html(&source), press::pdf(&source), text.into()]);
    samples
}

/// The parts of a file unpacked, one of them damaged, and packed again.
fn damaged(bytes: &[u8], which: usize, at: usize, change: &[u8], cut: usize) -> Vec<u8> {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut members: Vec<(String, Vec<u8>)> = Vec::new();
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).expect("a member");
        let mut content = Vec::new();
        member.read_to_end(&mut content).expect("the member is whole");
        members.push((member.name().expect("a name").into_owned(), content));
    }
    let count = members.len();
    let content = &mut members[which % count].1;
    let start = at % (content.len() + 1);
    let end = (start + cut).min(content.len());
    content.splice(start..end, change.iter().copied());
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    common::office::zip(&members)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damaged_files_never_panic(which in any::<prop::sample::Index>(), at in any::<usize>(), byte in any::<u8>(), length in any::<usize>()) {
        let mut bytes = which.get(&SAMPLES).clone();
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = audited(&bytes);
        bytes.truncate(length % (bytes.len() + 1));
        let _ = audited(&bytes);
    }

    #[test]
    fn damaged_parts_never_panic(
        file in 0..ARCHIVES,
        which in any::<usize>(),
        at in any::<usize>(),
        change in prop::sample::select(CHANGES),
        cut in 0..60_usize,
    ) {
        let bytes = damaged(&SAMPLES[file], which, at, change.as_bytes(), cut);
        let _ = audited(&bytes);
        let _ = strip(&bytes);
    }
}

/// What damage puts into a part.
const CHANGES: &[&str] = &[
    "", "<", ">", "\"", "</w:p>", "<w:p>", "<w:tbl>", "<w:tr>", "<w:tc>", "<w:vMerge/>", "&#0;", "&amp;", "\u{0}",
    "<w:del>", "<w:fldChar w:fldCharType=\"begin\"/>", "<text:list>", "<table:table-cell>", "w:val=\"-1\"",
    "99999999999999999999",
];

/// Damage to whole files with the fields of their formats in mind: several bytes at once, zeros and ones, parts moved.
#[test]
fn files_of_many_small_damages_never_panic() {
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below.max(1) as u64) as usize
    };
    // Packed parts do not survive such damage; those files are taken apart above.
    for sample in &SAMPLES[ARCHIVES..] {
        for _ in 0..300 {
            let mut bytes = sample.clone();
            for _ in 0..1 + next(8) {
                let at = next(bytes.len());
                match next(4) {
                    0 => bytes[at] = next(256) as u8,
                    1 => bytes[at] = [0, 0xff, 0x7f, 0x80][next(4)],
                    2 => {
                        let end = (at + next(64)).min(bytes.len());
                        let to = next(bytes.len() - (end - at) + 1);
                        bytes.copy_within(at..end, to);
                    }
                    _ => {
                        let end = (at + 4).min(bytes.len());
                        bytes[at..end].copy_from_slice(&0xffff_fff0_u32.to_le_bytes()[..end - at]);
                    }
                }
            }
            let _ = Source::from_bytes("例", &bytes);
        }
    }
}

#[test]
fn older_files_with_passwords_or_without_end() {
    let text = "一、概况\n2024年预算12.5万元。\n";
    let whole = doc::doc(&Source::from_text("例", text, gouji::source::Encoding::Utf8));
    assert!(audited(&whole).is_ok());
    refused(&whole[..whole.len() / 2], "不完整");
    let flags = whole.windows(4).position(|bytes| bytes == [0xec, 0xa5, 0xc1, 0]).expect("the file has a head") + 11;
    let mut locked = whole.clone();
    locked[flags] |= 1;
    refused(&locked, "密码");
    let mut old = whole.clone();
    old[flags - 9] = 0x65;
    refused(&old, "Word 95");
    refused(&xls::locked(), "密码");
    refused(&doc::compound(&[("Book", &[9, 8, 4, 0, 0, 5, 5, 0])]), "Excel 95");
    assert_eq!(audited(&xls::xls()).as_deref(), Ok("\n\t项目\n\t决算数\n\n\t合计\n\t1289.42\n\n\n"));
}
