//! Running text to facts and claims.

mod breakdown;
mod change;
mod context;
mod count;
mod execution;
mod mention;
mod product;
mod record;
mod score;
mod share;

use context::Context;
use mention::{Class, Mention};

use super::index::Index;
use super::label::{Label, When, normal_name};
use super::{
    Claim, Concept, Entity, Fact, Key, Measure, Number, NumberId, Operand, Period, ReportInfo, Role, Scope, Stage,
};
use crate::document::literal::Dimension;
use crate::document::{Document, Paragraph};
use crate::source::FlowRange;

/// A paragraph with its mentions and what each of them measures.
pub(super) struct Passage<'d> {
    block: usize,
    paragraph: &'d Paragraph,
    mentions: Vec<Mention<'d>>,
    /// For each mention, what it measures, where that is known.
    keys: Vec<Option<Key>>,
}

/// Reads every paragraph: its numbers and what they measure.
pub(super) fn read<'d>(document: &'d Document, report: &ReportInfo, numbers: &[Number]) -> Vec<Passage<'d>> {
    let passage = |(block, paragraph): (usize, &'d Paragraph)| {
        let id = |literal: &crate::document::Literal| super::id_at(numbers, literal.span);
        let mentions = mention::mentions(paragraph, id);
        let context = Context::of(document, &document.blocks[block], paragraph);
        let keys = Binder { report, paragraph, context }.keys(&mentions);
        Passage { block, paragraph, mentions, keys }
    };
    document.paragraphs().map(passage).filter(|passage| !passage.mentions.is_empty()).collect()
}

impl Passage<'_> {
    /// The facts of the paragraph.
    pub(super) fn facts(&self) -> impl Iterator<Item = Fact> + '_ {
        self.mentions.iter().zip(&self.keys).filter_map(|(mention, key)| {
            let label = self.words(&mention.label_range).to_owned();
            Some(Fact { number: mention.number, key: key.clone()?, label })
        })
    }

    fn words(&self, range: &FlowRange) -> &str {
        self.paragraph.flow.slice(range.clone())
    }

    fn is_level(&self, at: usize) -> bool {
        self.mentions[at].class == Class::Level
    }

    fn dimension(&self, at: usize) -> Dimension {
        self.mentions[at].literal.unit.dimension()
    }

    fn stage(&self, at: usize) -> Stage {
        self.keys[at].as_ref().map_or(Stage::Unstated, |key| key.stage)
    }

    /// The span of the mentions from `first` to `last`, words included.
    fn span(&self, first: usize, last: usize) -> crate::source::Span {
        let (first, last) = (&self.mentions[first], &self.mentions[last]);
        self.paragraph.flow.span(first.label_range.start..last.literal.range.end)
    }

    /// An operand for a mention, named by its words.
    fn operand(&self, at: usize) -> Operand {
        Operand::of(self.mentions[at].number).named(self.name(at))
    }

    /// How messages name a mention.
    fn name(&self, at: usize) -> String {
        let words = self.words(&self.mentions[at].label_range);
        super::label::trim_edges(words).chars().take(24).collect()
    }

    /// The level that a mention says something about: the nearest before it in its sentence, under as few brackets.
    fn subject(&self, at: usize) -> Option<usize> {
        let mention = &self.mentions[at];
        (0..at)
            .rev()
            .take_while(|&i| self.mentions[i].sentence == mention.sentence)
            .find(|&i| self.is_level(i) && self.mentions[i].depth <= mention.depth)
    }

    /// The level that a sentence begins with, or the sentence before it where it has none.
    fn head(&self, sentence: usize) -> Option<usize> {
        (0..self.mentions.len()).find(|&i| self.mentions[i].sentence == sentence && self.is_level(i))
    }
}

/// Every claim of every paragraph.
pub(super) fn claims(document: &Document, passages: &[Passage], index: &Index) -> Vec<Claim> {
    let mut claims = Vec::new();
    for passage in passages {
        change::read(passage, index, &mut claims);
        share::read(passage, index, &mut claims);
        execution::read(passage, index, &mut claims);
        breakdown::read(passage, index, &mut claims);
        score::read(passage, &mut claims);
        product::read(passage, &mut claims);
        count::read(passage, &mut claims);
    }
    record::read(document, passages, index, &mut claims);
    count::read_lists(document, passages, &mut claims);
    claims
}

/// Binds the mentions of one paragraph.
struct Binder<'a> {
    report: &'a ReportInfo,
    paragraph: &'a Paragraph,
    context: Context,
}

/// What a mention is about, before its stage and period.
#[derive(Clone, Debug)]
struct Subject {
    entity: Entity,
    concept: Concept,
    scope: Option<Scope>,
}

impl Binder<'_> {
    fn keys(&self, mentions: &[Mention]) -> Vec<Option<Key>> {
        let mut keys: Vec<Option<Key>> = Vec::with_capacity(mentions.len());
        for at in 0..mentions.len() {
            let key = self.key(mentions, at, &keys);
            keys.push(key);
        }
        keys
    }

    fn key(&self, mentions: &[Mention], at: usize, before: &[Option<Key>]) -> Option<Key> {
        let mention = &mentions[at];
        let measure = measure(&mention.class)?;
        let last = (0..at).rev().find(|&i| {
            mentions[i].sentence == mention.sentence
                && mentions[i].class == Class::Level
                && mentions[i].depth <= mention.depth
        });
        let inherited = last.and_then(|i| before[i].as_ref());
        let subject = self.subject(mention, inherited)?;
        let stage = self.stage(mention, inherited, &subject);
        let period = self.period(mention, inherited);
        let scope = mention.label.scope.or(subject.scope).or(self.context.scope).unwrap_or(Scope::Unstated);
        Some(Key { entity: subject.entity, concept: subject.concept, measure, scope, stage, period })
    }

    /// What the mention is about: its own words, the clause before it, the number before it, the title over it.
    fn subject(&self, mention: &Mention, inherited: Option<&Key>) -> Option<Subject> {
        let named = |concept, scope| Some(Subject { entity: Entity::Unit, concept, scope });
        let label = &mention.label;
        if let Some(concept) = label.concept {
            let of_project = matches!(concept.0, "exp.project" | "exp.total");
            return match &self.context.topic {
                Some(topic) if of_project && topic.entity != Entity::Unit => self.of_topic(topic),
                _ => named(concept, label.scope),
            };
        }
        if !label.item.is_empty() && matches!(mention.class, Class::Level | Class::Rate { .. } | Class::Score) {
            return item(&label.item);
        }
        if let Some(topic) = self.clause_topic(mention) {
            return Some(topic);
        }
        if let Some(key) = inherited {
            return Some(Subject { entity: key.entity.clone(), concept: key.concept, scope: Some(key.scope) });
        }
        if let Some(topic) = &self.context.topic {
            return self.of_topic(topic);
        }
        let money = mention.literal.unit.dimension() == Dimension::Money;
        let total = money && label.stage.is_some() || label.measure.is_some();
        if total { named(Concept("exp.total"), label.scope) } else { None }
    }

    fn of_topic(&self, topic: &context::Topic) -> Option<Subject> {
        Some(Subject { entity: topic.entity.clone(), concept: topic.concept, scope: None })
    }

    /// 机关运转（含会议专项），预算支出…: a clause without numbers that opens the sentence names the subject.
    fn clause_topic(&self, mention: &Mention) -> Option<Subject> {
        let gap = self.paragraph.flow.slice(mention.gap_range.clone());
        let clause = gap.strip_suffix(['，', ',', '：', ':'])?;
        let name = clause.split(['（', '(']).next().unwrap_or(clause);
        let opens =
            self.paragraph.sentences.get(mention.sentence).is_some_and(|s| s.range.start == mention.gap_range.start);
        let nominal = (3..=24).contains(&name.chars().count()) && !name.contains(['，', '。', '；', '、', '是', '了']);
        if !opens || !nominal {
            return None;
        }
        let label = Label::read(name, &[]);
        match label.concept {
            Some(concept) => Some(Subject { entity: Entity::Unit, concept, scope: label.scope }),
            None if !label.item.is_empty() => item(&label.item),
            None => None,
        }
    }

    fn stage(&self, mention: &Mention, inherited: Option<&Key>, subject: &Subject) -> Stage {
        if let Class::Rate { stage, .. } = mention.class {
            return stage.unwrap_or(Stage::Unstated);
        }
        if let Some(stage) = mention.label.stage {
            return stage;
        }
        let money = mention.literal.unit.dimension() == Dimension::Money;
        if !money {
            return Stage::Unstated;
        }
        match inherited {
            Some(key) if subject.concept.0 != "carry.out" && subject.concept.0 != "carry.in" => key.stage,
            _ => Stage::Final,
        }
    }

    fn period(&self, mention: &Mention, inherited: Option<&Key>) -> Period {
        let year = |year: Option<u16>| year.map_or(Period::Unstated, Period::Year);
        let of_item = !mention.label.item.is_empty();
        match mention.label.when.or_else(|| self.gap_when(mention)) {
            Some(When::Year(_)) if of_item => year(self.report.year),
            Some(When::Year(named)) => Period::Year(named),
            Some(When::ThisYear) => year(self.report.year),
            Some(When::LastYear) => year(self.report.year.map(|year| year - 1)),
            Some(When::Part) => Period::Unstated,
            None => inherited.map_or_else(|| year(self.report.year), |key| key.period),
        }
    }

    /// The year that the clauses before the label name.
    fn gap_when(&self, mention: &Mention) -> Option<When> {
        let inside = |range: &FlowRange| range.start >= mention.gap_range.start && range.end <= mention.gap_range.end;
        let dates = self.paragraph.literals.iter().filter(|l| l.kind == crate::document::LiteralKind::Date);
        let date = dates.filter(|literal| inside(&literal.range)).last()?;
        Label::read(self.paragraph.flow.slice(date.range.clone()), &[0..date.range.len()])
            .when
            .filter(|when| *when != When::Part)
    }
}

fn item(name: &str) -> Option<Subject> {
    let name = normal_name(name);
    (name.chars().count() >= 2).then(|| Subject { entity: Entity::Item(name), concept: Concept(""), scope: None })
}

fn measure(class: &Class) -> Option<Measure> {
    Some(match class {
        Class::Level => Measure::Level,
        Class::Change { .. } => Measure::Change,
        Class::Growth { .. } => Measure::Growth,
        Class::Share { .. } => Measure::Share,
        Class::Rate { .. } => Measure::Rate,
        Class::Score => Measure::Score,
        Class::Reference(_) | Class::Weight | Class::Price | Class::Average | Class::Other => return None,
    })
}

/// A claim of these roles, without the empty ones.
fn claim(
    kind: super::ClaimKind,
    span: crate::source::Span,
    subject: String,
    roles: Vec<(Role, Vec<Operand>)>,
) -> Claim {
    let roles = roles.into_iter().filter(|(_, operands)| !operands.is_empty()).collect();
    Claim { kind, roles, span, subject }
}

/// The id of a number, for claims that look one up.
fn looked_up(id: Option<NumberId>, name: &str) -> Vec<Operand> {
    id.map(|id| Operand::of(id).named(name)).into_iter().collect()
}
