//! A report's text and its lines.

use std::sync::{Arc, OnceLock};

use super::formats::Reading;
use super::{Encoding, Layout, Span};

/// One report as text.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    encoding: Encoding,
    /// Found when a place is first asked for.
    line_starts: OnceLock<Vec<u32>>,
    layout: Arc<Layout>,
    notes: Vec<String>,
}

/// A line without its line end.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// 1-based.
    pub number: u32,
    /// The line's text, without `\n` and `\r\n`.
    pub span: Span,
    /// The line's text with its line end.
    pub whole: Span,
}

/// A place for people: both 1-based, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

impl Source {
    /// A source of text that is already decoded, without a byte-order mark.
    pub fn from_text(name: impl Into<String>, text: impl Into<String>, encoding: Encoding) -> Source {
        Source {
            name: name.into(),
            text: text.into(),
            encoding,
            line_starts: OnceLock::new(),
            layout: Arc::default(),
            notes: Vec::new(),
        }
    }

    /// A source of text whose layout a file format tells.
    pub fn with_layout(name: impl Into<String>, text: impl Into<String>, layout: Layout) -> Source {
        let source = Source::from_text(name, text, Encoding::Utf8);
        debug_assert!(layout.fits(&source), "pieces stand on whole lines, in order");
        Source { layout: Arc::new(layout), ..source }
    }

    /// What a file format made of a file.
    pub fn from_reading(name: impl Into<String>, reading: Reading) -> Source {
        Source { notes: reading.notes, ..Source::with_layout(name, reading.text, reading.layout) }
    }

    /// The same source with one more thing that a user should know.
    pub fn with_note(mut self, note: impl Into<String>) -> Source {
        self.notes.push(note.into());
        self
    }

    /// The name as the caller gave it: a path or `-`.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// What the file format says about the text; empty for plain text.
    pub fn layout(&self) -> &Arc<Layout> {
        &self.layout
    }

    /// What a user should know about how the file was read, in Chinese.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// How many places of the file could not be decoded; U+FFFD stands for them.
    pub fn replaced(&self) -> usize {
        super::decode::replaced(&self.text)
    }

    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.start()..span.end()]
    }

    pub fn whole(&self) -> Span {
        Span::new(0, self.text.len() as u32)
    }

    /// A span of this text. Panics unless both ends are character boundaries inside the text.
    pub fn span(&self, start: usize, end: usize) -> Span {
        assert!(self.text.is_char_boundary(start) && self.text.is_char_boundary(end), "a span lies on boundaries");
        Span::new(start as u32, end as u32)
    }

    pub fn lines(&self) -> impl Iterator<Item = Line> + '_ {
        let mut next = Some(0);
        (1..).map_while(move |number| {
            let start = next?;
            next = self.text[start..].find('\n').map(|at| start + at + 1);
            Some(self.line(number, start, next.unwrap_or(self.text.len())))
        })
    }

    fn line(&self, number: u32, start: usize, end: usize) -> Line {
        let content = self.text[start..end].trim_end_matches('\n').trim_end_matches('\r');
        let span = Span::new(start as u32, (start + content.len()) as u32);
        Line { number, span, whole: Span::new(start as u32, end as u32) }
    }

    fn line_starts(&self) -> &[u32] {
        let after_each_end = || self.text.match_indices('\n').map(|(at, _)| at as u32 + 1);
        self.line_starts.get_or_init(|| std::iter::once(0).chain(after_each_end()).collect())
    }

    /// The line that a byte offset stands on.
    pub fn line_at(&self, offset: usize) -> Line {
        let (index, starts) = (self.line_index(offset), self.line_starts());
        let end = starts.get(index + 1).map_or(self.text.len(), |start| *start as usize);
        self.line(index as u32 + 1, starts[index] as usize, end)
    }

    fn line_index(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|start| *start as usize <= offset) - 1
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: usize) -> Position {
        let index = self.line_index(offset);
        let before = &self.text[self.line_starts()[index] as usize..offset];
        Position { line: index as u32 + 1, column: before.chars().count() as u32 + 1 }
    }
}
