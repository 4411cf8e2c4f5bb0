//! The part of automatic numbering.

use super::compound::{i16_at, u8_at, u16_at, u32_at, utf16_at};
use super::escaped;
use super::file::{File, Held};

/// Bytes that describe a list, a level and an override.
const LIST: usize = 28;
const LEVEL: usize = 28;
const OVERRIDE: usize = 16;
const LEVELS: usize = 9;
/// A level that belongs to no style.
const NO_STYLE: i16 = 0xfff;

/// Formats of numbers by their number in the file. Those of other languages are printed as decimals.
const FORMATS: &[(u8, &str)] = &[
    (0x01, "upperRoman"),
    (0x02, "lowerRoman"),
    (0x03, "upperLetter"),
    (0x04, "lowerLetter"),
    (0x0a, "ideographDigital"),
    (0x0b, "japaneseCounting"),
    (0x0e, "decimalFullWidth"),
    (0x11, "japaneseDigitalTenThousand"),
    (0x12, "decimalEnclosedCircle"),
    (0x13, "decimalFullWidth2"),
    (0x16, "decimalZero"),
    (0x17, "bullet"),
    (0x1a, "decimalEnclosedFullstop"),
    (0x1b, "decimalEnclosedParen"),
    (0x1c, "decimalEnclosedCircleChinese"),
    (0x1d, "ideographEnclosedCircle"),
    (0x1e, "ideographTraditional"),
    (0x1f, "ideographZodiac"),
    (0x21, "taiwaneseCounting"),
    (0x22, "ideographLegalTraditional"),
    (0x23, "taiwaneseCountingThousand"),
    (0x24, "taiwaneseDigital"),
    (0x25, "chineseCounting"),
    (0x26, "chineseLegalSimplified"),
    (0x27, "chineseCountingThousand"),
    (0xff, "none"),
];

pub(super) fn part(file: &File) -> String {
    let lists = file.held(Held::Lists);
    let mut inside = String::new();
    let mut rest = file.after(Held::Lists);
    let count = u16_at(lists, 0).unwrap_or(0).into();
    for number in 0..count {
        let Some(list) = lists.get(2 + LIST * number..2 + LIST * (number + 1)) else { break };
        let levels = if list[26] & 1 != 0 { 1 } else { LEVELS };
        let style = |level: usize| i16_at(list, 8 + 2 * level).filter(|style| *style != NO_STYLE);
        let written: String = (0..levels).map_while(|at| level(&mut rest, at, style(at))).collect();
        inside += &format!("<w:abstractNum w:abstractNumId=\"{number}\">{written}</w:abstractNum>");
    }
    inside += &overrides(lists, count, file.held(Held::Overrides)).unwrap_or_default();
    super::part("numbering", &inside)
}

/// The next level; `None` where the file ends before it.
fn level(rest: &mut &[u8], at: usize, style: Option<i16>) -> Option<String> {
    let fixed = rest.get(..LEVEL)?;
    let changes = usize::from(fixed[24]) + usize::from(fixed[25]);
    let label = LEVEL + changes;
    let length = usize::from(u16_at(rest, label)?);
    let text = utf16_at(rest, label + 2, length)?;
    let start = u32_at(fixed, 0)?;
    let format = FORMATS.iter().find(|(code, _)| *code == fixed[4]).map_or("decimal", |(_, name)| name);
    let flags = u8_at(fixed, 5)?;
    *rest = rest.get(label + 2 + 2 * length..)?;
    let pattern: String =
        text.chars().map(|c| if (c as usize) < LEVELS { format!("%{}", c as usize + 1) } else { c.into() }).collect();
    let follow = match fixed[15] {
        0 => "tab",
        1 => "space",
        _ => "nothing",
    };
    let legal = if flags & 4 != 0 { "<w:isLgl/>" } else { "" };
    let restart = if flags & 8 != 0 { format!("<w:lvlRestart w:val=\"{}\"/>", fixed[26]) } else { String::new() };
    let style = style.map(|style| format!("<w:pStyle w:val=\"{style}\"/>")).unwrap_or_default();
    Some(format!(
        "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"{start}\"/><w:numFmt w:val=\"{format}\"/>{restart}{style}{legal}\
         <w:suff w:val=\"{follow}\"/><w:lvlText w:val=\"{}\"/></w:lvl>",
        escaped(&pattern)
    ))
}

/// The lists that paragraphs name, each with the definition that it follows and where it differs.
fn overrides(lists: &[u8], count: usize, held: &[u8]) -> Option<String> {
    let own = u32_at(held, 0)? as usize;
    let mut rest = held.get(4_usize.checked_add(own.checked_mul(OVERRIDE)?)?..).unwrap_or_default();
    let mut written = String::new();
    for number in 0..own {
        let Some(fixed) = held.get(4 + OVERRIDE * number..4 + OVERRIDE * (number + 1)) else { break };
        let id = u32_at(fixed, 0)?;
        let definition = (0..count).find(|&list| u32_at(lists, 2 + LIST * list) == Some(id));
        // What every override says of itself is not needed here.
        rest = rest.get(4..).unwrap_or_default();
        let changes: String = (0..fixed[12]).map_while(|_| change(&mut rest)).collect();
        if let Some(definition) = definition {
            written += &format!(
                "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{definition}\"/>{changes}</w:num>",
                number + 1
            );
        }
    }
    Some(written)
}

fn change(rest: &mut &[u8]) -> Option<String> {
    let (start, flags) = (u32_at(rest, 0)?, u32_at(rest, 4)?);
    *rest = rest.get(8..)?;
    let at = (flags & 15) as usize;
    let begins = if flags & 16 != 0 { format!("<w:startOverride w:val=\"{start}\"/>") } else { String::new() };
    let other = if flags & 32 != 0 { level(rest, at, None)? } else { String::new() };
    Some(format!("<w:lvlOverride w:ilvl=\"{at}\">{begins}{other}</w:lvlOverride>"))
}
