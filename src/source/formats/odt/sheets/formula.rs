//! Formulas of OpenDocument in the words of Excel.

/// `of:=SUM([.B2:.B3];[$收入.C4])` is `SUM(B2:B3,收入!C4)`; `None` for another language of formulas, and for other files.
pub(super) fn told(text: &str) -> Option<String> {
    let mut rest = text.strip_prefix("of:=").or_else(|| text.strip_prefix("oooc:="))?;
    let mut told = String::new();
    loop {
        let at = rest.find(['[', ';', '"']).unwrap_or(rest.len());
        told.push_str(&rest[..at]);
        let Some(sign) = rest[at..].chars().next() else { return Some(told) };
        rest = &rest[at + sign.len_utf8()..];
        match sign {
            ';' => told.push(','),
            '"' => return None,
            _ => {
                let (inner, after) = rest.split_once(']')?;
                told.push_str(&reference(inner)?);
                rest = after;
            }
        }
    }
}

/// `.B2:.B3`, `$收入.C4`
fn reference(text: &str) -> Option<String> {
    if text.contains('#') {
        return None;
    }
    let (first, last) = text.split_once(':').map_or((text, None), |(first, last)| (first, Some(last)));
    let cell = |part: &str| {
        let (sheet, cell) = part.rsplit_once('.')?;
        let sheet = sheet.trim_start_matches('$');
        Some((sheet.to_owned(), cell.to_owned()))
    };
    let (sheet, first) = cell(first)?;
    let prefix = if sheet.is_empty() { String::new() } else { format!("{sheet}!") };
    match last.map(cell) {
        None => Some(format!("{prefix}{first}")),
        // A range over several sheets is no range of Excel.
        Some(last) => last
            .filter(|(other, _)| other.is_empty() || *other == sheet)
            .map(|(_, last)| format!("{prefix}{first}:{last}")),
    }
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn formulas_in_the_words_of_excel() {
        assert_eq!(told("of:=SUM([.B2:.B3];[$收入.C4])*2").as_deref(), Some("SUM(B2:B3,收入!C4)*2"));
        assert_eq!(told("of:=[.$A$1]-['一 表'.B2]").as_deref(), Some("$A$1-'一 表'!B2"));
        for other in ["=SUM(A1)", "of:=[file:///a.ods#$表.A1]", "of:=[表一.A1:表二.A1]", "of:=\"[.A1]\""] {
            assert_eq!(told(other), None, "{other}");
        }
    }
}
