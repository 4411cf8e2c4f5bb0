//! The encoding of a page: its mark, what was said of it, what it says itself, and only then a guess.

use encoding_rs::Encoding;

use super::decode;
use crate::source::ReadError;

/// Bytes in which a page names its encoding.
const HEAD: usize = 4096;

pub(super) fn decoded(bytes: &[u8], said: Option<&str>) -> Result<String, ReadError> {
    let label = said.map(str::to_owned).or_else(|| named(bytes));
    let encoding = Encoding::for_bom(bytes)
        .map(|(encoding, _)| encoding)
        .or_else(|| Encoding::for_label(label.as_deref()?.as_bytes()))
        .filter(|encoding| fits(encoding, bytes));
    match encoding {
        Some(encoding) => Ok(encoding.decode(bytes).0.into_owned()),
        None => Ok(decode::decoded(bytes)?.1),
    }
}

/// Pages are often copied with a name that is no longer true: one that breaks the text is not believed.
fn fits(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(64 * 1024)];
    let text = encoding.decode(sample).0;
    text.matches(char::REPLACEMENT_CHARACTER).count() * 50 <= text.chars().count()
}

/// charset=gb2312, charset="utf-8"
fn named(bytes: &[u8]) -> Option<String> {
    let head: String = bytes.iter().take(HEAD).map(|&byte| byte.to_ascii_lowercase() as char).collect();
    let (_, after) = head.split_once("charset")?;
    let value = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let label: String = value.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    (!label.is_empty()).then_some(label)
}
