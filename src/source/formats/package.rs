//! Office packages: parts, and the relationships between them.

use super::archive::{InMemory, broken};
use super::limits::Limits;
use super::xml;
use crate::source::ReadError;

/// A zip archive whose parts are XML that refer to one another.
pub(in crate::source) struct Package<'b> {
    pub(in crate::source) archive: InMemory<'b>,
    pub(in crate::source) limits: Limits,
}

/// What one part says of another.
#[derive(Clone, Debug)]
pub(in crate::source) struct Relationship {
    pub(in crate::source) id: String,
    /// Its type but for the last word, which the strict form of Office files spells differently.
    pub(in crate::source) family: String,
    /// The last word of its type: styles, numbering, footnotes.
    pub(in crate::source) kind: String,
    /// The name of the other part in the archive.
    pub(in crate::source) target: String,
}

impl<'b> Package<'b> {
    pub(in crate::source) fn open(bytes: &'b [u8], limits: Limits) -> Result<Package<'b>, ReadError> {
        Ok(Package { archive: InMemory::open(bytes, limits)?, limits })
    }

    /// The text of a part; `None` if there is none of this name.
    pub(in crate::source) fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        self.archive.read(name)?.map(decoded).transpose()
    }

    /// The text of a part that is there and will be written again, byte for byte.
    pub(in crate::source) fn part_as_it_is(&mut self, name: &str) -> Result<String, ReadError> {
        let bytes = self.archive.read(name)?.ok_or_else(broken)?;
        String::from_utf8(bytes)
            .map_err(|_| ReadError::new("文件内部用了少见的编码，不能在上面写批注；请用 Word 或 WPS 打开后另存再试"))
    }

    pub(in crate::source) fn has(&self, name: &str) -> bool {
        self.archive.spelled(name).is_some()
    }

    /// The name of the part that holds the relationships of a part.
    pub(in crate::source) fn links_of(part: &str) -> String {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        format!("{folder}{slash}_rels/{file}.rels")
    }

    /// Whether there is a program in the file.
    pub(in crate::source) fn has_macros(&self) -> bool {
        self.archive.names().any(|name| name.ends_with("vbaProject.bin"))
    }

    /// What a part says of another of a kind.
    pub(in crate::source) fn link_of(&mut self, part: &str, kind: &str) -> Result<Option<Relationship>, ReadError> {
        Ok(self.relationships(part)?.into_iter().find(|each| each.kind == kind))
    }

    /// The part that everything else hangs on.
    pub(in crate::source) fn main_part(&mut self) -> Result<String, ReadError> {
        self.link_of("", "officeDocument")?.map(|each| each.target).ok_or_else(broken)
    }

    /// The relationships of a part; those of the package for `""`.
    pub(in crate::source) fn relationships(&mut self, part: &str) -> Result<Vec<Relationship>, ReadError> {
        let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
        let Some(text) = self.part(&Package::links_of(part))? else { return Ok(Vec::new()) };
        let root = xml::parse(&text, &self.limits)?;
        let inside = root.elements().filter(|each| each.attribute("TargetMode").as_deref() != Some("External"));
        let read = |each: &xml::Element<'_>| {
            let kind = each.attribute("Type")?;
            let (family, kind) = kind.rsplit_once('/').unwrap_or_default();
            Some(Relationship {
                id: each.attribute("Id")?.into_owned(),
                family: family.to_owned(),
                kind: kind.to_owned(),
                target: resolved(folder, &each.attribute("Target")?),
            })
        };
        Ok(inside.filter_map(read).collect())
    }
}

/// The text of a part with one more child at the end of its root.
pub(in crate::source) fn with_child(text: &str, child: &str, limits: &Limits) -> Result<String, ReadError> {
    let root = xml::parse(text, limits)?;
    let (outer, inner) = (root.outer.clone(), root.inner.clone());
    if text[outer.clone()].ends_with("/>") {
        let name = root.qualified_name();
        return Ok(format!("{}>{child}</{name}>{}", &text[..outer.end - 2], &text[outer.end..]));
    }
    Ok(format!("{}{child}{}", &text[..inner.end], &text[inner.end..]))
}

/// `../media/a.png` seen from `word` is `media/a.png`.
pub(in crate::source) fn resolved(folder: &str, target: &str) -> String {
    let from = if target.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = Vec::new();
    for step in from.split('/').chain(target.split('/')).filter(|step| !matches!(*step, "" | ".")) {
        if step == ".." {
            steps.pop();
        } else {
            steps.push(step);
        }
    }
    steps.join("/")
}

/// XML is UTF-8 unless it begins with the mark of UTF-16.
fn decoded(bytes: Vec<u8>) -> Result<String, ReadError> {
    let utf16 = match bytes.get(..2) {
        Some(b"\xff\xfe") => Some(encoding_rs::UTF_16LE),
        Some(b"\xfe\xff") => Some(encoding_rs::UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = utf16 {
        return Ok(encoding.decode_with_bom_removal(&bytes).0.into_owned());
    }
    String::from_utf8(bytes).map_err(|_| broken())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_seen_from_their_part() {
        assert_eq!(resolved("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolved("word", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(resolved("word", "../media/./a.png"), "media/a.png");
        assert_eq!(resolved("", "../../a"), "a");
    }
}
