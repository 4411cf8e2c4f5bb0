//! Pages saved with their parts in one file (.mht): the first part that is a page.

use crate::source::ReadError;
use crate::source::formats::bytes::find;

/// The page of a saved file, decoded from its transfer encoding.
pub(super) struct Part {
    pub(super) bytes: Vec<u8>,
    pub(super) charset: Option<String>,
}

pub(super) fn page(bytes: &[u8]) -> Result<Part, ReadError> {
    let (head, body) = split_head(bytes);
    let part = match parameter(&head, "boundary") {
        Some(boundary) => parts(body, &boundary).into_iter().find_map(html),
        None => html(bytes),
    };
    part.ok_or_else(|| ReadError::new("网页存档（.mht）里没有网页；请用浏览器打开后另存为 .html 再查"))
}

fn html(part: &[u8]) -> Option<Part> {
    let (head, body) = split_head(part);
    if !head.contains("content-type: text/html") {
        return None;
    }
    let bytes = if head.contains("content-transfer-encoding: quoted-printable") {
        quoted_printable(body)
    } else if head.contains("content-transfer-encoding: base64") {
        base64(body)
    } else {
        body.to_vec()
    };
    Some(Part { bytes, charset: parameter(&head, "charset") })
}

/// The head in lower case with folded lines joined (but for the boundary, whose case counts), and what follows it.
fn split_head(bytes: &[u8]) -> (String, &[u8]) {
    let ends: [&[u8]; 2] = [b"\r\n\r\n", b"\n\n"];
    let found = ends.iter().filter_map(|end| Some((find(bytes, end)?, end.len()))).min();
    let (head, body) =
        found.map_or((bytes, &bytes[bytes.len()..]), |(at, length)| (&bytes[..at], &bytes[at + length..]));
    let head = String::from_utf8_lossy(head).replace("\r\n", "\n").replace("\n\t", " ").replace("\n ", " ");
    let lower = |line: &str| match line.to_ascii_lowercase().find("boundary") {
        Some(at) => format!("{}{}", line[..at].to_ascii_lowercase(), &line[at..]),
        None => line.to_ascii_lowercase(),
    };
    (head.lines().map(lower).collect::<Vec<_>>().join("\n"), body)
}

fn parameter(head: &str, name: &str) -> Option<String> {
    let at = head.to_ascii_lowercase().find(&format!("{name}="))?;
    let value = &head[at + name.len() + 1..];
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => value.split([';', ' ', '\n']).next()?,
    };
    (!value.is_empty()).then(|| value.to_owned())
}

fn parts<'b>(body: &'b [u8], boundary: &str) -> Vec<&'b [u8]> {
    let mark = [b"--", boundary.as_bytes()].concat();
    let mut parts = Vec::new();
    let mut rest = body;
    let mut inside = false;
    while let Some(at) = find(rest, &mark) {
        if inside {
            parts.push(&rest[..at]);
        }
        inside = true;
        rest = &rest[at + mark.len()..];
        let line = find(rest, b"\n").map_or(rest.len(), |end| end + 1);
        rest = &rest[line..];
    }
    if inside {
        parts.push(rest);
    }
    parts
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'=' {
            out.push(byte);
        } else if let Some(next) = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")) {
            rest = next;
        } else if let Some(value) = after.get(..2).and_then(hex) {
            out.push(value);
            rest = &after[2..];
        } else {
            out.push(byte);
        }
    }
    out
}

fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

fn base64(body: &[u8]) -> Vec<u8> {
    let (mut out, mut held, mut bits) = (Vec::with_capacity(body.len() / 4 * 3), 0_u32, 0);
    for &byte in body.iter().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => break,
        };
        (held, bits) = (held << 6 | u32::from(value), bits + 6);
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    out
}
