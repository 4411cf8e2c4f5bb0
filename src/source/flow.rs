//! Text as the grammar reads it: wrapped lines joined, blanks dropped, full-width digits folded, every byte traceable.

use super::{Source, Span};

/// A byte range of a flow's text (not of the report: see [`Flow::span`]).
pub type FlowRange = std::ops::Range<usize>;

/// A stretch of a report in the form that the grammar reads.
///
/// White space of every kind is dropped, except that one blank stays between two ASCII letters or digits; full-width
/// digits, letters and `％．＋－＝＜＞` become ASCII; traditional characters of the domain become simplified. Punctuation
/// such as `，（）：` stays as it is. Every byte leads back to the report's text.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    text: String,
    pieces: Vec<Piece>,
    origin: Option<Span>,
}

/// A run of flow bytes and the run of source bytes that it came from. Runs of equal length correspond byte for byte;
/// others are one folded character.
#[derive(Clone, Copy, Debug)]
struct Piece {
    flow: u32,
    source: u32,
    flow_len: u32,
    source_len: u32,
}

impl Flow {
    /// The flow of these spans of `source`, one after the other.
    pub fn new(source: &Source, spans: &[Span]) -> Flow {
        let length = spans.iter().map(|span| span.len()).sum();
        let mut flow = Flow { text: String::with_capacity(length), ..Flow::default() };
        for &span in spans {
            flow.origin = Some(flow.origin.map_or(span, |origin| origin.cover(span)));
            flow.push(source, span);
        }
        flow
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn slice(&self, range: FlowRange) -> &str {
        &self.text[range]
    }

    /// Everything that the flow was made from, blanks included. `None` for a flow of nothing.
    pub fn origin(&self) -> Option<Span> {
        self.origin
    }

    /// Where a non-empty range of the flow's text stands in the report.
    pub fn span(&self, range: FlowRange) -> Span {
        assert!(range.start < range.end && range.end <= self.text.len(), "a flow range lies inside its flow");
        Span::new(self.source_start(range.start), self.source_end(range.end))
    }

    fn piece_of(&self, flow_byte: usize) -> &Piece {
        let after = self.pieces.partition_point(|piece| piece.flow as usize <= flow_byte);
        &self.pieces[after - 1]
    }

    fn source_start(&self, flow_byte: usize) -> u32 {
        let piece = self.piece_of(flow_byte);
        if piece.flow_len == piece.source_len { piece.source + (flow_byte as u32 - piece.flow) } else { piece.source }
    }

    fn source_end(&self, flow_end: usize) -> u32 {
        let piece = self.piece_of(flow_end - 1);
        if piece.flow_len == piece.source_len {
            piece.source + (flow_end as u32 - piece.flow)
        } else {
            piece.source + piece.source_len
        }
    }

    fn push(&mut self, source: &Source, span: Span) {
        let text = source.slice(span);
        let mut blank: Option<(usize, usize)> = None;
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let (here, run) = (span.start() + at, unchanged(&text[at..]));
            let folded = fold(c);
            if run == 0 && folded == Some(' ') {
                blank = Some((here, c.len_utf8()));
                at += c.len_utf8();
                continue;
            }
            if let Some((at, len)) = blank.take().filter(|_| self.needs_blank(c)) {
                self.push_piece(" ", at, len);
            }
            match folded.filter(|_| run == 0) {
                Some(to) => {
                    self.push_piece(to.encode_utf8(&mut [0; 4]), here, c.len_utf8());
                    at += c.len_utf8();
                }
                None => {
                    self.push_piece(&text[at..at + run], here, run);
                    at += run;
                }
            }
        }
    }

    /// Whether a blank before `next` keeps two ASCII words apart.
    fn needs_blank(&self, next: char) -> bool {
        next.is_ascii_alphanumeric() && self.text.chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric())
    }

    fn push_piece(&mut self, text: &str, source: usize, source_len: usize) {
        let (flow, flow_len) = (self.text.len() as u32, text.len() as u32);
        self.text.push_str(text);
        self.pieces.push(Piece { flow, source: source as u32, flow_len, source_len: source_len as u32 });
    }
}

/// How many bytes of a text, from its first one on, stay what they are.
fn unchanged(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        at += match bytes[at..] {
            [b'!'..=b')' | b'+'..=b'~', ..] => 1,
            [a @ 0xe4..=0xe9, b, c, ..]
                if !may_be_traditional(u32::from(a & 15) << 12 | u32::from(b & 63) << 6 | u32::from(c & 63)) =>
            {
                3
            }
            _ => match text[at..].chars().next().filter(|c| fold(*c).is_none()) {
                Some(c) => c.len_utf8(),
                None => break,
            },
        };
    }
    at
}

/// What a character becomes in a flow: itself (`None`), another, or a blank.
fn fold(c: char) -> Option<char> {
    match c {
        '\u{3400}'..='\u{9fff}' => simplified(c),
        // Markdown's emphasis: **合计**
        '*' => Some(' '),
        '!'..='~' => None,
        '\0'..=' '
        | '\u{7f}'
        | '\u{85}'
        | '\u{a0}'
        | '\u{ad}'
        | '\u{2000}'..='\u{200f}'
        | '\u{2028}'..='\u{202f}'
        | '\u{205f}'..='\u{206f}'
        | '\u{3000}'
        | '\u{feff}' => Some(' '),
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '．' | '＋' | '－' | '＝' | '＜' | '＞' => {
            char::from_u32(c as u32 - 0xfee0)
        }
        '\u{fe52}' => Some('.'),
        '−' | '﹣' => Some('-'),
        _ => None,
    }
}

/// Traditional characters that reports of this field use, and their simplified forms; sorted.
const TRADITIONAL: &[(char, char)] = &[
    ('佔', '占'),
    ('個', '个'),
    ('億', '亿'),
    ('務', '务'),
    ('員', '员'),
    ('單', '单'),
    ('執', '执'),
    ('實', '实'),
    ('專', '专'),
    ('撥', '拨'),
    ('數', '数'),
    ('會', '会'),
    ('標', '标'),
    ('決', '决'),
    ('減', '减'),
    ('滿', '满'),
    ('為', '为'),
    ('稅', '税'),
    ('結', '结'),
    ('經', '经'),
    ('維', '维'),
    ('編', '编'),
    ('總', '总'),
    ('績', '绩'),
    ('與', '与'),
    ('萬', '万'),
    ('補', '补'),
    ('計', '计'),
    ('評', '评'),
    ('調', '调'),
    ('議', '议'),
    ('護', '护'),
    ('財', '财'),
    ('費', '费'),
    ('質', '质'),
    ('購', '购'),
    ('車', '车'),
    ('較', '较'),
    ('轉', '转'),
    ('運', '运'),
    ('長', '长'),
    ('際', '际'),
    ('項', '项'),
    ('預', '预'),
    ('餘', '余'),
];

/// Which characters may be traditional, by their last twelve bits.
const MAYBE_TRADITIONAL: [u64; 64] = {
    let mut bits = [0; 64];
    let mut at = 0;
    while at < TRADITIONAL.len() {
        let code = TRADITIONAL[at].0 as usize;
        bits[code >> 6 & 63] |= 1 << (code & 63);
        at += 1;
    }
    bits
};

fn may_be_traditional(code: u32) -> bool {
    MAYBE_TRADITIONAL[code as usize >> 6 & 63] >> (code & 63) & 1 != 0
}

fn simplified(c: char) -> Option<char> {
    if !may_be_traditional(c as u32) {
        return None;
    }
    TRADITIONAL.binary_search_by_key(&c, |(from, _)| *from).ok().map(|at| TRADITIONAL[at].1)
}
