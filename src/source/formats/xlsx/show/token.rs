//! What a section of a number format is made of.

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A number as a cell without a format shows it.
    General,
    /// The text of a cell.
    Text,
    /// 0 # ?
    Digit(char),
    Point,
    Comma,
    Percent,
    Literal(char),
    /// A run of the same letter of a date: yyyy, mm, d.
    Date(String),
    Other(char),
}

impl Token {
    /// The kind of place for a digit that it is.
    pub(super) fn place(&self) -> Option<char> {
        if let Token::Digit(kind) = self { Some(*kind) } else { None }
    }

    /// What it shows whatever the number.
    pub(super) fn printed(&self) -> Option<char> {
        match self {
            Token::Literal(c) => Some(*c),
            Token::Percent => Some('%'),
            _ => None,
        }
    }
}

/// The names of the format that is none.
const GENERAL: [&str; 2] = ["General", "G/通用格式"];

pub(super) fn tokens(section: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = section.chars();
    loop {
        if let Some(after) = GENERAL.iter().find_map(|name| after(name, chars.as_str())) {
            tokens.push(Token::General);
            chars = after.chars();
            continue;
        }
        let Some(c) = chars.next() else { return tokens };
        match c {
            '"' => tokens.extend(chars.by_ref().take_while(|c| *c != '"').map(Token::Literal)),
            '\\' | '!' => tokens.extend(chars.next().map(Token::Literal)),
            // A blank as wide as the next character; a character that fills the cell.
            '_' | '*' => drop(chars.next()),
            // A colour, a condition, a language; [$￥-804] shows its sign.
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                let sign = inside.strip_prefix('$').map(|rest| rest.split('-').next().unwrap_or_default());
                tokens.extend(sign.unwrap_or_default().chars().map(Token::Literal));
            }
            '0' | '#' | '?' => tokens.push(Token::Digit(c)),
            '.' => tokens.push(Token::Point),
            ',' => tokens.push(Token::Comma),
            '%' => tokens.push(Token::Percent),
            '@' => tokens.push(Token::Text),
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => {
                let rest = chars.as_str();
                let more = rest.find(|next: char| !next.eq_ignore_ascii_case(&c)).unwrap_or(rest.len());
                tokens.push(Token::Date(c.to_ascii_lowercase().to_string().repeat(more + 1)));
                chars = rest[more..].chars();
            }
            'E' | 'e' if chars.as_str().starts_with(['+', '-']) => tokens.push(Token::Other('E')),
            '/' if tokens.iter().any(|token| matches!(token, Token::Digit(_))) => tokens.push(Token::Other('/')),
            _ => tokens.push(Token::Literal(c)),
        }
    }
}

/// What comes after a name at the beginning of a text.
fn after<'t>(name: &str, text: &'t str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(name.len())?;
    start.eq_ignore_ascii_case(name).then_some(rest)
}
