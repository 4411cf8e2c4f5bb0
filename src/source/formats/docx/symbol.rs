//! Characters of symbol fonts.

/// What a character of a symbol font looks like. Fonts of ticks and boxes have no order of their own in Unicode.
pub(super) fn shown(font: &str, code: u32) -> char {
    let low = code & 0xff;
    let pictures = font.starts_with("Wingdings");
    let second = font.starts_with("Wingdings 2");
    match low {
        0xfe | 0x52 if pictures => '☑',
        0x51 | 0x53 | 0x54 if second => '☒',
        0xfd if pictures => '☒',
        0xa3 if second => '□',
        0xa8 | 0x6f | 0x71 | 0x72 if pictures => '□',
        0xfc | 0x50 if pictures => '✓',
        0xfb | 0x4f if pictures => '✗',
        0x6c | 0x9f if pictures => '●',
        0x6e if pictures => '■',
        0x81..=0x8a if pictures => char::from_u32(0x2460 + low - 0x81).unwrap_or('□'),
        _ if pictures => '•',
        0xa3 => '≤',
        0xb3 => '≥',
        0xb1 => '±',
        0xb4 => '×',
        0xb8 => '÷',
        0xb9 => '≠',
        0xbb => '≈',
        0xb0 => '°',
        0xb7 => '•',
        0xa5 => '∞',
        0x53 => 'Σ',
        0x44 => 'Δ',
        _ if code >= 0xf000 => char::from_u32(low).filter(|c| !c.is_control()).unwrap_or('□'),
        _ => char::from_u32(code).filter(|c| !c.is_control()).unwrap_or('□'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_ticked_crossed_or_empty() {
        let line = |font: &str, codes: &[u32]| codes.iter().map(|code| shown(font, *code)).collect::<String>();
        assert_eq!(line("Wingdings", &[0xf0fe, 0xf0fd, 0xf0a8, 0xf06f, 0xf0fc, 0xf0fb]), "☑☒□□✓✗");
        assert_eq!(line("Wingdings 2", &[0xf052, 0xf054, 0xf053, 0xf0a3, 0xf050]), "☑☒☒□✓");
    }
}
