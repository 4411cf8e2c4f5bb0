//! The language of formulas, in the words of the people who audit.
//!
//! ```text
//! 凡 列举
//! 当 合计 为 三公经费
//! 应 合计 = 和(各项)
//! 报 “{合计}与各项之和{和(各项)}不符，相差{差}”
//! ```

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::{char, one_of};
use nom::combinator::{map, opt, recognize, value};
use nom::multi::many0;
use nom::sequence::{delimited, pair, preceded};
use nom::{IResult, Parser};

use super::page::{Line, PageError};
use super::terms::Terms;
use crate::exact::Exact;
use crate::facts::{ClaimKind, Role};
use crate::finding::Family;
use crate::relations::Formula;
use crate::relations::formula::{Compare, Condition, Expr, Over, Piece, Requirement, Template, Test};
use crate::source::Source;

/// An expression with its words still words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RawExpr<'a> {
    Number(&'a str, bool),
    Word(&'a str),
    Call(&'a str, Vec<RawExpr<'a>>),
    Binary(Box<RawExpr<'a>>, char, Box<RawExpr<'a>>),
}

/// What stands in the way, and at which piece of the text.
pub(super) type Fault<'a> = (String, &'a str);

/// The formula of a page's block.
pub(super) fn parse(source: &Source, block: &[Line], family: Family) -> Result<Formula, PageError> {
    lines(block, family).map_err(|(message, at)| {
        let start = at.as_ptr() as usize - source.text().as_ptr() as usize;
        PageError { message, span: source.span(start, start + at.len()) }
    })
}

fn lines<'a>(block: &[Line<'a>], family: Family) -> Result<Formula, Fault<'a>> {
    let statements: Vec<&str> = block.iter().map(|line| line.text.trim()).filter(|text| !text.is_empty()).collect();
    let kind = statements.iter().find_map(|text| text.strip_prefix("凡")).map(str::trim);
    let over_claims =
        kind.map(|word| ClaimKind::from_word(word).ok_or(("没有这一种说法".to_owned(), word))).transpose()?;
    let mut terms = Terms::new(over_claims.is_some());
    let mut conditions = Vec::new();
    let mut requirements: Vec<(Compare, Expr, Vec<Expr>, Option<Template>)> = Vec::new();
    for statement in statements {
        let keyword = statement.chars().next().map_or("", |first| &statement[..first.len_utf8()]);
        let rest = &statement[keyword.len()..];
        match keyword {
            "凡" => {}
            "当" => conditions.push(condition(rest)?),
            "应" => {
                let (left, compare, right) = comparison(rest)?;
                let left = terms.resolve(&left)?;
                let right = right.iter().map(|each| terms.resolve(each)).collect::<Result<Vec<_>, _>>()?;
                requirements.push((compare, left, right, None));
            }
            "报" => {
                let template = template(rest, &mut terms)?;
                for requirement in requirements.iter_mut().filter(|requirement| requirement.3.is_none()) {
                    requirement.3 = Some(template.clone());
                }
            }
            _ => return Err(("每行应以 凡、当、应 或 报 开头".into(), statement)),
        }
    }
    let end = block.last().map_or("", |line| line.text);
    if requirements.is_empty() {
        return Err(("缺 应 一行".into(), end));
    }
    let requirements = requirements
        .into_iter()
        .map(|(compare, left, right, message)| Some(Requirement { left, compare, right, message: message? }))
        .collect::<Option<Vec<_>>>()
        .ok_or(("每个 应 之后要有 报 一行".to_owned(), end))?;
    let over = match over_claims {
        Some(kind) => Over::Claims { kind, conditions },
        None if conditions.is_empty() => Over::Concepts,
        None => return Err(("没有 凡 的公式不能有 当".into(), end)),
    };
    Ok(Formula { page: 0, family, over, terms: terms.into_terms(), requirements })
}

/// `合计 为 三公经费、公务接待费`, `各项 有 基本支出`, `增减率 有值`
fn condition(text: &str) -> Result<Condition, Fault<'_>> {
    let text = text.trim();
    let (word, rest) = text.split_once(char::is_whitespace).ok_or(("当 之后应是角色和条件".to_owned(), text))?;
    let role = Role::from_word(word).ok_or(("没有这个角色".to_owned(), word))?;
    let rest = rest.trim();
    let test = match rest {
        "有值" => Test::Bound,
        "无值" => Test::Unbound,
        _ => {
            let (verb, words) = rest.split_once(char::is_whitespace).ok_or(("条件不完整".to_owned(), rest))?;
            let words = words.split('、').map(|word| super::terms::meaning(word.trim()));
            let words = words.collect::<Result<Vec<_>, _>>()?;
            match verb {
                "为" => Test::Is(words),
                "非" => Test::IsNot(words),
                "有" => Test::Has(words),
                _ => return Err(("条件应是 为、非、有、有值 或 无值".into(), verb)),
            }
        }
    };
    Ok(Condition { role, test })
}

/// `执行率 = 执行数 / 全年预算数 或 执行数 / 年初预算数`
fn comparison(text: &str) -> Result<(RawExpr<'_>, Compare, Vec<RawExpr<'_>>), Fault<'_>> {
    let (rest, left) = expr(text).map_err(|_| ("读不懂这个算式".to_owned(), text.trim()))?;
    let (rest, compare) = compare(rest).map_err(|_| ("这里应是 =、≤、≥、<、> 或 ≠".to_owned(), rest.trim()))?;
    let mut right = Vec::new();
    let mut rest = rest;
    loop {
        let (after, each) = expr(rest).map_err(|_| ("读不懂这个算式".to_owned(), rest.trim()))?;
        right.push(each);
        match after.trim_start().strip_prefix('或') {
            Some(more) => rest = more,
            None if after.trim().is_empty() => return Ok((left, compare, right)),
            None => return Err(("读不懂这里".into(), after.trim())),
        }
    }
}

fn compare(input: &str) -> IResult<&str, Compare> {
    let sign = alt((
        value(Compare::AtMost, alt((tag("≤"), tag("<=")))),
        value(Compare::AtLeast, alt((tag("≥"), tag(">=")))),
        value(Compare::NotEqual, tag("≠")),
        value(Compare::Equal, alt((tag("="), tag("＝")))),
        value(Compare::Below, alt((tag("<"), tag("＜")))),
        value(Compare::Above, alt((tag(">"), tag("＞")))),
    ));
    preceded(blank, sign).parse(input)
}

/// `基本支出 + 项目支出 − 结余`
fn expr(input: &str) -> IResult<&str, RawExpr<'_>> {
    let (rest, first) = product(input)?;
    let (rest, more) = many0(pair(operator("+＋-－−"), product)).parse(rest)?;
    Ok((rest, joined(first, more)))
}

/// `单价 × 数量`
fn product(input: &str) -> IResult<&str, RawExpr<'_>> {
    let (rest, first) = atom(input)?;
    let (rest, more) = many0(pair(operator("×*÷/"), atom)).parse(rest)?;
    Ok((rest, joined(first, more)))
}

fn operator(signs: &'static str) -> impl Fn(&str) -> IResult<&str, char> {
    move |input| {
        let (rest, sign) = preceded(blank, one_of(signs)).parse(input)?;
        Ok((
            rest,
            match sign {
                '+' | '＋' => '+',
                '×' | '*' => '×',
                '÷' | '/' => '÷',
                _ => '-',
            },
        ))
    }
}

fn joined<'a>(first: RawExpr<'a>, more: Vec<(char, RawExpr<'a>)>) -> RawExpr<'a> {
    more.into_iter().fold(first, |left, (sign, right)| RawExpr::Binary(Box::new(left), sign, Box::new(right)))
}

fn atom(input: &str) -> IResult<&str, RawExpr<'_>> {
    let brackets = delimited(open, expr, preceded(blank, close));
    preceded(blank, alt((number, call, brackets, map(word, RawExpr::Word)))).parse(input)
}

/// `100`, `0.5`, `100%`
fn number(input: &str) -> IResult<&str, RawExpr<'_>> {
    let digits = |input| take_while1(|c: char| c.is_ascii_digit()).parse(input);
    let decimal = recognize(pair(digits, opt(pair(char('.'), digits))));
    map(pair(decimal, opt(one_of("%％"))), |(text, percent)| RawExpr::Number(text, percent.is_some())).parse(input)
}

/// `和(各项)`, `小(分值，分值 × 执行率)`
fn call(input: &str) -> IResult<&str, RawExpr<'_>> {
    let mut name = alt((tag("和"), tag("个数"), tag("小"), tag("大")));
    let (rest, name) = name.parse(input)?;
    let (rest, first) = preceded(open, expr).parse(rest)?;
    let comma = preceded(blank, one_of(",，"));
    let (rest, more) = many0(preceded(comma, expr)).parse(rest)?;
    let (rest, _) = preceded(blank, close).parse(rest)?;
    Ok((rest, RawExpr::Call(name, std::iter::once(first).chain(more).collect())))
}

/// `基本支出（决算）`, `因公出国（境）费`: brackets that follow a word without a blank belong to it.
fn word(input: &str) -> IResult<&str, &str> {
    let run = |input| take_while1(is_word).parse(input);
    let bracketed = recognize((open, run, close, take_while(is_word)));
    recognize((run, many0(bracketed))).parse(input)
}

fn is_word(c: char) -> bool {
    !c.is_whitespace() && !"+＋-－−×*÷/()（）,，=＝≤≥<>＜＞≠或、{}".contains(c)
}

fn open(input: &str) -> IResult<&str, char> {
    one_of("(（").parse(input)
}

fn close(input: &str) -> IResult<&str, char> {
    one_of(")）").parse(input)
}

fn blank(input: &str) -> IResult<&str, &str> {
    take_while(char::is_whitespace).parse(input)
}

/// `“{合计}与各项之和{和(各项)}不符，相差{差}”`
fn template<'a>(text: &'a str, terms: &mut Terms) -> Result<Template, Fault<'a>> {
    let text = text.trim();
    let inner = text.strip_prefix(['“', '"']).and_then(|text| text.strip_suffix(['”', '"']));
    let mut rest = inner.ok_or(("报 之后应是一句加引号的话".to_owned(), text))?;
    let mut pieces = Vec::new();
    while let Some((before, after)) = rest.split_once('{') {
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        let (hole, after) = after.split_once('}').ok_or(("花括号没有合上".to_owned(), after))?;
        pieces.push(piece(hole.trim(), terms)?);
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Ok(Template(pieces))
}

fn piece<'a>(hole: &'a str, terms: &mut Terms) -> Result<Piece, Fault<'a>> {
    Ok(match hole {
        "差" => Piece::Difference,
        "应为" => Piece::Computed,
        "主体" => Piece::Subject,
        "算式" => Piece::Arithmetic,
        _ => match hole.strip_suffix(".名") {
            Some(word) => Piece::Name(terms.term(word)?),
            None => match expr(hole) {
                Ok(("", raw)) => Piece::Figure(terms.resolve(&raw)?),
                _ => return Err(("读不懂花括号里的算式".into(), hole)),
            },
        },
    })
}

/// A number of a page as an exact value.
pub(super) fn constant(text: &str, percent: bool) -> Option<Exact> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let mantissa: i128 = format!("{whole}{decimals}").parse().ok()?;
    let scale = u32::try_from(decimals.len()).ok()? + if percent { 2 } else { 0 };
    Exact::new(mantissa, scale)
}
