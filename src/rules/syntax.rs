//! The language of formulas, in the words of the people who audit.
//!
//! ```text
//! 凡 列举
//! 当 合计 为 三公经费
//! 应 合计 = 和(各项)
//! 报 “{合计}与各项之和{和(各项)}不符，相差{差}”
//! ```
//!
//! A block without figures is a requirement on words: `应有 “公开”、“公示”`.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::{char, one_of};
use nom::combinator::{map, opt, recognize, value};
use nom::multi::many0;
use nom::sequence::{delimited, pair, preceded};
use nom::{IResult, Parser};

use super::page::{Line, PageError};
use super::surroundings::{Reach, Surroundings, WordTest};
use super::terms::Terms;
use super::wording::Wording;
use crate::exact::Exact;
use crate::facts::{ClaimKind, ReportKind, Role};
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

/// What a block of a page requires.
#[derive(Debug)]
pub(super) enum Block {
    Formula(Formula, Surroundings),
    Wording(Wording),
}

/// The requirement of a page's block.
pub(super) fn parse(source: &Source, block: &[Line], family: Family) -> Result<Block, PageError> {
    let end = block.last().map_or("", |line| line.text);
    let read = Statements::of(block).and_then(|statements| match statements.words {
        Some(_) => statements.wording(end).map(Block::Wording),
        None => statements.formula(end, family).map(|(formula, around)| Block::Formula(formula, around)),
    });
    read.map_err(|(message, at)| {
        let start = at.as_ptr() as usize - source.text().as_ptr() as usize;
        PageError { message, span: source.span(start, start + at.len()) }
    })
}

/// The lines of a block by what they open with; pieces are still text.
#[derive(Default)]
struct Statements<'a> {
    kind: Option<&'a str>,
    conditions: Vec<Condition>,
    surroundings: Surroundings,
    /// 应有, 应无
    words: Option<(bool, Vec<String>)>,
    /// 应 and 报 lines, in order.
    figures: Vec<(bool, &'a str)>,
}

impl<'a> Statements<'a> {
    fn of(block: &[Line<'a>]) -> Result<Statements<'a>, Fault<'a>> {
        let mut read = Statements::default();
        for statement in block.iter().map(|line| line.text.trim()).filter(|text| !text.is_empty()) {
            let keyword = statement.chars().next().map_or("", |first| &statement[..first.len_utf8()]);
            let rest = &statement[keyword.len()..];
            match keyword {
                "凡" => read.kind = Some(rest.trim()),
                "当" => read.condition(rest)?,
                "应" => match on_words(rest)? {
                    Some(words) => read.words = Some(words),
                    None => read.figures.push((true, rest)),
                },
                "报" => read.figures.push((false, rest)),
                _ => return Err(("每行应以 凡、当、应 或 报 开头".into(), statement)),
            }
        }
        Ok(read)
    }

    /// `合计 为 三公经费`, `全文 有 “追加”`, `报告 为 部门整体`; 时 may end it.
    fn condition(&mut self, text: &'a str) -> Result<(), Fault<'a>> {
        let text = text.trim();
        let text = text.strip_suffix('时').map_or(text, str::trim_end);
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        match word {
            "全文" => self.surroundings.words.push(word_test(Reach::Report, rest.trim())?),
            "本段" => self.surroundings.words.push(word_test(Reach::Paragraph, rest.trim())?),
            "报告" => self.surroundings.kinds = families(rest.trim())?,
            _ => self.conditions.push(condition(text)?),
        }
        Ok(())
    }

    fn wording(self, end: &'a str) -> Result<Wording, Fault<'a>> {
        if let Some(kind) = self.kind {
            return Err(("只查文字的规则没有 凡".into(), kind));
        }
        if !self.conditions.is_empty() {
            return Err((ONLY_AROUND.into(), end));
        }
        let Some((wanted, words)) = self.words else { return Err(("缺 应 一行".into(), end)) };
        match self.figures.as_slice() {
            [(false, message)] => {
                let message = quoted(message)?.to_owned();
                Ok(Wording { wanted, words, surroundings: self.surroundings, message })
            }
            _ => Err(("应有、应无 之后要有 报 一行，不能再有别的 应".into(), end)),
        }
    }

    fn formula(self, end: &'a str, family: Family) -> Result<(Formula, Surroundings), Fault<'a>> {
        let kind = self.kind.map(|word| ClaimKind::from_word(word).ok_or(("没有这一种说法".to_owned(), word)));
        let kind = kind.transpose()?;
        let mut terms = Terms::new(kind);
        let mut requirements: Vec<(Compare, Expr, Vec<Expr>, Option<Template>)> = Vec::new();
        for (is_requirement, text) in self.figures {
            if is_requirement {
                let (left, compare, right) = comparison(text)?;
                let left = terms.resolve(&left)?;
                let right = right.iter().map(|each| terms.resolve(each)).collect::<Result<Vec<_>, _>>()?;
                if right.iter().any(|right| !terms.may_compare(&left, right)) {
                    return Err(("两边不是同一种量，不能加减或比较".into(), text.trim()));
                }
                requirements.push((compare, left, right, None));
            } else {
                let bound = terms.count();
                let template = template(text, &mut terms)?;
                if let (Some(word), true) = (terms.word(bound), kind.is_none()) {
                    return Err((format!("应 里没有用到“{word}”，不知道填哪个数"), text.trim()));
                }
                for requirement in requirements.iter_mut().filter(|requirement| requirement.3.is_none()) {
                    requirement.3 = Some(template.clone());
                }
            }
        }
        if requirements.is_empty() {
            return Err(("缺 应 一行".into(), end));
        }
        let requirements = requirements
            .into_iter()
            .map(|(compare, left, right, message)| Some(Requirement { left, compare, right, message: message? }))
            .collect::<Option<Vec<_>>>()
            .ok_or(("每个 应 之后要有 报 一行".to_owned(), end))?;
        let over = match kind {
            Some(kind) => Over::Claims { kind, conditions: self.conditions },
            None if self.conditions.is_empty() => match terms.without_concept() {
                Some(word) => return Err((format!("“{word}”没有说是哪个科目的，写成 科目（{word}）"), end)),
                None => Over::Concepts,
            },
            None => return Err((ONLY_AROUND.into(), end)),
        };
        let formula = Formula { page: 0, family, over, terms: terms.into_terms(), requirements };
        Ok((formula, self.surroundings))
    }
}

const ONLY_AROUND: &str = "没有 凡 的公式没有角色，当 只能说 全文、本段 或 报告";

/// `有 “公开”、“公示”` after 应: whether the words must stand there, and the words. `None` for an equation.
fn on_words(text: &str) -> Result<Option<(bool, Vec<String>)>, Fault<'_>> {
    let text = text.trim();
    let rest = text.strip_prefix(['有', '无']).map(str::trim_start).filter(|rest| rest.starts_with(['“', '"']));
    rest.map(|rest| Ok((text.starts_with('有'), word_list(rest)?))).transpose()
}

/// `有 “追加”、“调整”`, `无 “约”`
fn word_test(reach: Reach, text: &str) -> Result<WordTest, Fault<'_>> {
    let rest = text.strip_prefix(['有', '无']).ok_or(("这里应是 有 或 无，再是加引号的词".to_owned(), text))?;
    Ok(WordTest { reach, present: text.starts_with('有'), words: word_list(rest.trim())? })
}

/// `“追加”、“调整”`
fn word_list(text: &str) -> Result<Vec<String>, Fault<'_>> {
    text.split('、')
        .map(|word| match quoted(word)? {
            "" => Err(("引号里没有词".to_owned(), word)),
            several if several.contains(['“', '”', '"']) => Err(("词与词之间用顿号“、”分开".to_owned(), word)),
            word => Ok(word.to_owned()),
        })
        .collect()
}

/// What stands between quotation marks.
fn quoted(text: &str) -> Result<&str, Fault<'_>> {
    let text = text.trim();
    let inner = text.strip_prefix(['“', '"']).and_then(|text| text.strip_suffix(['”', '"']));
    inner.ok_or(("这里应是加引号的话".to_owned(), text))
}

/// What is wrong with what follows an expression: most often a unit.
fn unread(rest: &str) -> String {
    match rest.starts_with(['元', '万', '亿', '千', '人', '个', '次', '分', '项', '天']) {
        true => "数后面不写单位；金额以元计，1万元写 10000".into(),
        false => "读不懂这里".into(),
    }
}

/// `为 部门整体、决算公开`
fn families(text: &str) -> Result<Vec<ReportKind>, Fault<'_>> {
    let rest = text.strip_prefix('为').ok_or(("报告 之后应是 为 和报告的种类".to_owned(), text))?;
    rest.split('、')
        .map(str::trim)
        .map(|word| match word {
            "部门整体" => Ok(ReportKind::Department),
            "项目" => Ok(ReportKind::Project),
            "决算公开" => Ok(ReportKind::FinalAccounts),
            "预算公开" => Ok(ReportKind::Budget),
            _ => Err(("报告的种类应是 部门整体、项目、决算公开 或 预算公开".to_owned(), word)),
        })
        .collect()
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
                _ => return Err((format!("“{verb}”不是条件，应是 为、非、有、有值 或 无值"), verb)),
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
            None => return Err((unread(after.trim()), after.trim())),
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
    let mut rest = quoted(text)?;
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
