//! Words of a digest.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, de};

/// Text that is borrowed where it can be. A `Cow` would be lent by the bytes that it is read from only where a field says so
/// in as many words, and copied everywhere else.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Text<'a>(Cow<'a, str>);

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'a, T: Into<Cow<'a, str>>> From<T> for Text<'a> {
    fn from(text: T) -> Text<'a> {
        Text(text.into())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Text<'a>, D::Error> {
        from.deserialize_str(Lent)
    }
}

struct Lent;

impl<'de> de::Visitor<'de> for Lent {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_text_is_lent() {
        let stored = postcard::to_stdvec(&vec![Some(Text::from("甲县"))]).expect("memory takes every byte");
        let read: Vec<Option<Text<'_>>> = postcard::from_bytes(&stored).expect("it was stored");
        assert!(matches!(read.as_slice(), [Some(Text(Cow::Borrowed("甲县")))]));
    }
}
