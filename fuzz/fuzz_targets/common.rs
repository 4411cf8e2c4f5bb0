//! What every target asks of a file, and the containers that packed formats are put into, so that damage meets their readers.
#![allow(dead_code, reason = "each target uses a part of this")]

use gouji::document::Document;
use gouji::source::Source;
use gouji::source::formats::{Remark, annotate, strip};

#[path = "../../tests/common/doc.rs"]
pub mod doc;
#[path = "../../tests/common/ofd.rs"]
pub mod ofd;
#[path = "../../tests/common/office.rs"]
pub mod office;
#[path = "../../tests/common/pdf.rs"]
pub mod pdf;
#[path = "../../tests/common/press.rs"]
pub mod press;
#[path = "../../tests/common/rebuild.rs"]
pub mod rebuild;

/// A file is read, or refused in one line; what is read can be parsed, remarked on and freed of remarks.
pub fn read(bytes: &[u8]) {
    let source = match Source::from_bytes("例", bytes) {
        Ok(source) => source,
        Err(refusal) => return assert!(!refusal.0.contains('\n'), "{refusal}"),
    };
    let document = Document::parse(&source);
    let block = document.blocks.last().map(|block| block.span);
    let remarks: Vec<Remark> = block.into_iter().map(remark).collect();
    if let Ok(marked) = annotate(bytes, &remarks) {
        let _ = Source::from_bytes("例", &marked);
        let _ = strip(&marked);
    }
    let _ = strip(bytes);
}

fn remark(span: gouji::source::Span) -> Remark {
    Remark { primary: span, related: Vec::new(), lines: vec!["合计不符".into()] }
}

/// A packed file one of whose parts is what the fuzzer makes.
pub struct Container {
    members: Vec<(String, Vec<u8>)>,
    part: &'static str,
}

impl Container {
    pub fn new(make: fn(&Source) -> Vec<u8>, part: &'static str) -> Container {
        let text = "一、概况\n2024年预算12.5万元。\n\n\t项目\n\t预算数\n\n\t合计\n\t12.5\n\n\t甲\n\t12.5\n\n";
        let source = Source::from_text("例", text, gouji::source::Encoding::Utf8);
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(make(&source))).expect("an archive");
        let members = (0..archive.len()).map(|index| {
            let mut member = archive.by_index(index).expect("a member");
            let mut content = Vec::new();
            std::io::Read::read_to_end(&mut member, &mut content).expect("the member is whole");
            (member.name().expect("a name").into_owned(), content)
        });
        let members: Vec<(String, Vec<u8>)> = members.collect();
        assert!(members.iter().any(|(name, _)| name == part), "{part}");
        Container { members, part }
    }

    pub fn with(&self, bytes: &[u8]) -> Vec<u8> {
        let content = |(name, own): &'_ (String, Vec<u8>)| if name == self.part { bytes.to_vec() } else { own.clone() };
        let members: Vec<(&str, Vec<u8>)> =
            self.members.iter().map(|member| (member.0.as_str(), content(member))).collect();
        let members: Vec<(&str, &[u8])> = members.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        office::zip(&members)
    }
}
