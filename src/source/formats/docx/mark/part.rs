//! The part that holds comments, and what leads to it.

use super::archive::broken;
use super::package::{Package, Relationship, with_child};
use super::xml::{self, Element};
use super::{AUTHOR, Changed, Remark};
use crate::source::ReadError;

/// The relationship by which a part of our own is known.
pub(super) const LINK: &str = "gouji-comments";
pub(super) const NAME: &str = "gouji-comments.xml";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// The comments of a document.
pub(super) struct Comments {
    /// The part, if there is one: its name and text.
    old: Option<(String, String)>,
    /// The number of the next comment.
    pub(super) next: u64,
    /// The declaration of the prefix that ours are written with, where the part does not declare it.
    word: &'static str,
    new: String,
}

impl Comments {
    pub(super) fn of(package: &mut Package<'_>, main: &str) -> Result<Comments, ReadError> {
        let link = package.relationships(main)?.into_iter().find(|each| each.kind == "comments");
        let mut comments = Comments { old: None, next: 0, word: "", new: String::new() };
        let Some(Relationship { target, .. }) = link else { return Ok(comments) };
        let text = package.part_as_it_is(&target)?;
        let root = xml::parse(&text, &package.limits)?;
        let ids = root.elements().filter_map(|each| each.attribute("id")?.parse::<u64>().ok());
        comments.next = ids.max().map_or(0, |id| id + 1);
        comments.word = namespace(&root);
        comments.old = Some((target, text));
        Ok(comments)
    }

    /// Adds a comment; each related place has its words and the bookmark that leads to it.
    pub(super) fn add(&mut self, remark: &Remark, related: &[(&str, Option<String>)]) {
        let (word, id) = (self.word, self.next);
        self.next += 1;
        let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text));
        let linked = |(words, name): &(&str, Option<String>)| match name {
            Some(name) => format!("<w:hyperlink w:anchor=\"{name}\">{}</w:hyperlink>", run(words)),
            None => run(words),
        };
        let mut lines = remark.lines.iter().map(|line| run(line));
        let first = lines.next().unwrap_or_default();
        let paragraphs: String = std::iter::once(format!("<w:r><w:annotationRef/></w:r>{first}"))
            .chain(related.iter().map(linked))
            .chain(lines)
            .map(|inside| format!("<w:p>{inside}</w:p>"))
            .collect();
        let author = format!("w:author=\"{AUTHOR}\" w:initials=\"勾\"");
        self.new += &format!("<w:comment{word} w:id=\"{id}\" {author}>{paragraphs}</w:comment>");
    }

    /// The parts that change.
    pub(super) fn finish(self, package: &mut Package<'_>, main: &str) -> Result<Changed, ReadError> {
        let mut changed = Changed::new();
        if self.new.is_empty() {
            return Ok(changed);
        }
        if let Some((name, text)) = self.old {
            let text = with_child(&text, &self.new, &package.limits)?;
            changed.insert(name, text.into_bytes());
            return Ok(changed);
        }
        let folder = main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let name = format!("{folder}{NAME}");
        let links = Package::links_of(main);
        let office = package.relationships("")?.into_iter().find(|each| each.kind == "officeDocument");
        let family = office.ok_or_else(broken)?.family;
        let strict = if family.contains("purl.oclc.org") { STRICT } else { WORD };
        let declared = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        let comments = format!("{declared}<w:comments xmlns:w=\"{strict}\">{}</w:comments>", self.new);
        let link = format!("<Relationship Id=\"{LINK}\" Type=\"{family}/comments\" Target=\"{NAME}\"/>");
        let none = format!(
            "{declared}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>"
        );
        let old_links = if package.has(&links) { package.part_as_it_is(&links)? } else { none };
        let kind = format!("<Override PartName=\"/{name}\" ContentType=\"{TYPE}\"/>");
        let types = package.part_as_it_is("[Content_Types].xml")?;
        changed.insert("[Content_Types].xml".into(), with_child(&types, &kind, &package.limits)?.into_bytes());
        changed.insert(links, with_child(&old_links, &link, &package.limits)?.into_bytes());
        changed.insert(name, comments.into_bytes());
        Ok(changed)
    }
}

/// The declaration that an element written with the prefix `w` needs in a part.
pub(super) fn namespace(root: &Element<'_>) -> &'static str {
    if root.qualified_name().starts_with("w:") {
        return "";
    }
    if root.tag().contains(STRICT) {
        " xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\""
    } else {
        " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
    }
}

/// Text as XML holds it, on one line.
fn escaped(text: &str) -> String {
    xml::escaped(text.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c }))
}
