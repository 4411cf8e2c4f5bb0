//! The number format of each style.

use std::collections::BTreeMap;

use super::{Limits, xml};
use crate::source::ReadError;

/// Number formats by style.
#[derive(Default)]
pub(super) struct Styles {
    formats: Vec<String>,
}

impl Styles {
    /// The format of cells of a style.
    pub(super) fn format(&self, style: usize) -> &str {
        self.formats.get(style).map_or("General", String::as_str)
    }
}

pub(super) fn read(text: &str, limits: &Limits) -> Result<Styles, ReadError> {
    let root = xml::parse(text, limits)?;
    let own: BTreeMap<u32, String> = root
        .child("numFmts")
        .into_iter()
        .flat_map(|each| each.elements())
        .filter_map(|each| {
            Some((each.attribute("numFmtId")?.parse().ok()?, each.attribute("formatCode")?.into_owned()))
        })
        .collect();
    let format = |each: &xml::Element<'_>| {
        let id: u32 = each.attribute("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
        own.get(&id).cloned().unwrap_or_else(|| built_in(id).to_owned())
    };
    let formats = root.child("cellXfs").into_iter().flat_map(|each| each.elements()).map(format);
    Ok(Styles { formats: formats.collect() })
}

/// Formats that files name by number alone.
pub(in crate::source::formats) fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "￥#,##0;￥-#,##0",
        7 | 8 => "￥#,##0.00;￥-#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 | 30 => "yyyy/m/d",
        15 => "d-m-yy",
        16 => "d-m",
        17 => "m-yy",
        18..=21 | 32 | 33 => "h:mm",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        37 | 38 => "#,##0_ ;(#,##0)",
        39 | 40 => "#,##0.00_ ;(#,##0.00)",
        41 | 42 => "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ",
        43 | 44 => "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
        49 => "@",
        _ => "General",
    }
}
