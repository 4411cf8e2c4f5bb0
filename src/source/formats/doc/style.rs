//! The part of styles.

use super::compound::{u16_at, utf16_at};
use super::escaped;
use super::file::{File, Held};
use super::properties::changes;
use super::run::vanish;

/// A style that is based on none.
const NONE: u16 = 0xfff;
/// The first styles that Word itself defines have names of their own in every language.
const HEADINGS: std::ops::RangeInclusive<u16> = 1..=9;
const CONTENTS: std::ops::RangeInclusive<u16> = 19..=27;

pub(super) fn part(file: &File) -> String {
    super::part("styles", &styles(file).unwrap_or_default())
}

fn styles(file: &File) -> Option<String> {
    let held = file.held(Held::Styles);
    let head = usize::from(u16_at(held, 0)?);
    let base = usize::from(u16_at(held, 4)?);
    let mut rest = held.get(2 + head..)?;
    let mut styles = String::new();
    let mut number = 0;
    while let Some(length) = u16_at(rest, 0).map(usize::from) {
        let Some(style) = rest.get(2..2 + length) else { break };
        styles += &written(number, style, base).unwrap_or_default();
        rest = &rest[2 + length..];
        number += 1;
    }
    Some(styles)
}

/// One style: its fixed part, its name, then what it says of paragraphs and of characters.
fn written(number: u32, style: &[u8], fixed: usize) -> Option<String> {
    let kind = u16_at(style, 0)? & 0xfff;
    let (family, based) = (u16_at(style, 2)? & 0xf, u16_at(style, 2)? >> 4);
    let count = usize::from(u16_at(style, fixed)?);
    let name = match kind {
        kind if HEADINGS.contains(&kind) => format!("heading {kind}"),
        kind if CONTENTS.contains(&kind) => format!("toc {}", kind - CONTENTS.start() + 1),
        _ => utf16_at(style, fixed + 2, count)?,
    };
    let mut at = fixed + 2 + 2 * (count + 1);
    let mut next = || {
        let length = usize::from(u16_at(style, at)?);
        let held = style.get(at + 2..at + 2 + length)?;
        at += 2 + length + length % 2;
        Some(held)
    };
    let (paragraph, characters) = match family {
        1 => (next().unwrap_or_default().get(2..).unwrap_or_default(), next().unwrap_or_default()),
        _ => (&[][..], next().unwrap_or_default()),
    };
    let mut properties = String::new();
    let (mut list, mut level) = (String::new(), String::new());
    for change in changes(paragraph) {
        match change.what {
            0x2640 => properties += &format!("<w:outlineLvl w:val=\"{}\"/>", change.byte()),
            0x460b => list = format!("<w:numId w:val=\"{}\"/>", change.short()),
            0x260a => level = format!("<w:ilvl w:val=\"{}\"/>", change.byte()),
            _ => {}
        }
    }
    if !list.is_empty() || !level.is_empty() {
        properties += &format!("<w:numPr>{level}{list}</w:numPr>");
    }
    let hides = changes(characters).filter(|change| change.what == 0x083c).last().map(|change| change.byte() == 1);
    let based = if based == NONE { String::new() } else { format!("<w:basedOn w:val=\"{based}\"/>") };
    let name = escaped(&name);
    Some(format!(
        "<w:style w:styleId=\"{number}\"><w:name w:val=\"{name}\"/>{based}<w:pPr>{properties}</w:pPr><w:rPr>{}</w:rPr></w:style>",
        vanish(hides)
    ))
}
