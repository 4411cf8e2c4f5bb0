//! Texts that cells refer to.

use super::{Limits, xml};
use crate::source::ReadError;

pub(super) fn read(text: &str, limits: &Limits) -> Result<Vec<String>, ReadError> {
    let root = xml::parse(text, limits)?;
    Ok(root.elements().filter(|each| each.name == "si").map(of).collect())
}

/// The text of a cell or shared text, all runs together, without how it is pronounced.
pub(super) fn of(element: &xml::Element<'_>) -> String {
    let mut out = String::new();
    for child in element.elements() {
        match child.name {
            "t" => out.push_str(&child.text()),
            "r" => out.push_str(&child.child("t").map_or(String::new(), xml::Element::text)),
            _ => {}
        }
    }
    unescaped(&out)
}

/// `_x000D_` stands for the character of that number.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest[at + 6..].starts_with('_'));
        let c = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match c {
            Some(c) => {
                out.push_str(&rest[..at]);
                out.push(if c == '\r' { '\n' } else { c });
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str(&rest[..at + 2]);
                rest = &rest[at + 2..];
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_one_text() {
        let text =
            "<sst><si><t>支出</t></si><si><r><t>24</t></r><r><t>14.16_x000D_万元</t></r><rPh><t>x</t></rPh></si></sst>";
        let strings = read(text, &super::super::super::limits::LIMITS).expect("the part is well formed");
        assert_eq!(strings, ["支出", "2414.16\n万元"]);
        assert_eq!(unescaped("a_xb_x12"), "a_xb_x12");
    }
}
