//! Running text to facts and claims.

mod accounts;
mod analogy;
mod balance;
mod breakdown;
mod change;
mod context;
mod count;
mod counted;
mod execution;
mod mention;
mod partition;
mod planned;
mod points;
mod product;
mod record;
mod saving;
mod score;
mod share;

use std::sync::LazyLock;

use context::{Context, Contexts};
use mention::{Class, Mention};
pub(super) use record::{Group as RecordGroup, place as record_place};

use super::index::Index;
use super::label::{Label, When, normal_name};
use super::parts::Parts;
use super::{
    Claim, Concept, Entity, Fact, Key, Measure, Number, NumberId, Operand, Period, ReportInfo, Role, Scope, Stage,
};
use crate::document::literal::Dimension;
use crate::document::words::Finder;
use crate::document::{Document, Paragraph};
use crate::source::FlowRange;

/// A paragraph with its mentions and what each of them measures.
pub(super) struct Passage<'d> {
    block: usize,
    paragraph: &'d Paragraph,
    mentions: Vec<Mention<'d>>,
    /// For each mention, what it measures, where that is known.
    keys: Vec<Option<Key>>,
    /// The concept that the heading over it names.
    heading: Option<Concept>,
    /// The heading over it divides a total anew.
    under_division: bool,
}

/// More numbers of one paragraph than this are read piece by piece: what stands so far apart is not related, and every
/// number is looked at beside every other.
const MOST_MENTIONS: usize = 400;

/// Reads every paragraph: its numbers and what they measure.
pub(super) fn read<'d>(
    document: &'d Document,
    report: &ReportInfo,
    numbers: &[Number],
    parts: &Parts,
) -> Vec<Passage<'d>> {
    let contexts = Contexts::read(document);
    let mut passages = Vec::new();
    for (block, paragraph) in document.paragraphs() {
        let id = |literal: &crate::document::Literal| super::id_at(numbers, literal.span);
        let mut rest = mention::mentions(paragraph, id);
        let over = contexts.of(document.blocks[block].section);
        let own = context::opening(paragraph.flow.text()).map(|topic| Context { topic: Some(topic), ..over.clone() });
        let context = own.as_ref().unwrap_or(over);
        let binder = Binder { report, paragraph, context, part: parts.of(block) };
        while !rest.is_empty() {
            let next = rest.split_off(rest.len().min(MOST_MENTIONS));
            let mentions = std::mem::replace(&mut rest, next);
            let keys = binder.keys(&mentions);
            passages.push(Passage {
                block,
                paragraph,
                mentions,
                keys,
                heading: context.concept,
                under_division: context.divides,
            });
        }
    }
    passages
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
        let name = super::label::trim_edges(words);
        // 审定金额 is no 审定金.
        let end = name.as_ptr() as usize - words.as_ptr() as usize + name.len();
        let whole = name.ends_with('金') && words[end..].starts_with('额');
        // 教育支出（类）keeps its second bracket.
        let open = name.matches('（').count() > name.matches('）').count() && words[end..].starts_with('）');
        let more = if whole || open { words[end..].chars().next().map_or(0, char::len_utf8) } else { 0 };
        let name = &words[end - name.len()..end + more];
        name[..name.char_indices().nth(24).map_or(name.len(), |(end, _)| end)].to_owned()
    }

    /// The level that a mention says something about: the nearest before it in its sentence, under as few brackets.
    fn subject(&self, at: usize) -> Option<usize> {
        let mention = &self.mentions[at];
        (0..at)
            .rev()
            .take_while(|&i| self.mentions[i].sentence == mention.sentence)
            .find(|&i| self.is_level(i) && self.mentions[i].depth <= mention.depth)
    }

    /// 本年收入中：…: the whole that a sentence announces before its first number.
    fn announced(&self, sentence: usize) -> Option<Label> {
        let first = self.mentions.iter().find(|mention| mention.sentence == sentence)?;
        let opening = self.words(&first.gap_range).trim_end_matches(['，', ',', '：', ':']);
        let clause = opening.rsplit(['。', '；', '，']).next()?;
        clause
            .ends_with('中')
            .then(|| Label::read(clause.trim_end_matches('中'), &[]))
            .filter(|label| label.concept.is_some())
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
        headed_list(passage, index, &mut claims);
        change::read(passage, index, &mut claims);
        points::read(passage, &mut claims);
        points::read_percentages(passage, &mut claims);
        share::read(passage, index, &mut claims);
        execution::read(document, passage, index, &mut claims);
        planned::read(passage, &mut claims);
        breakdown::read(passage, index, &mut claims);
        score::read(passage, &mut claims);
        product::read(passage, &mut claims);
        balance::read(passage, &mut claims);
        saving::read(passage, &mut claims);
        count::read(passage, &mut claims);
    }
    record::read(document, passages, index, &mut claims);
    count::read_lists(document, passages, &mut claims);
    points::read_named(passages, &mut claims);
    accounts::read(passages, index, &mut claims);
    partition::read(passages, &mut claims);
    analogy::read(passages, &mut claims);
    claims
}

/// Under a heading 项目支出情况: 维修费400万元；物业费513.12万元；…: items whose total the heading names.
fn headed_list(passage: &Passage, index: &Index, claims: &mut Vec<Claim>) {
    let Some(concept) = passage.heading else { return };
    let is_item = |at: &usize| {
        let key = passage.keys[*at].as_ref();
        passage.is_level(*at)
            && passage.dimension(*at) == Dimension::Money
            && key.is_some_and(|key| matches!(key.entity, Entity::Item(_)))
    };
    let levels: Vec<usize> = (0..passage.mentions.len()).filter(|&at| passage.is_level(at)).collect();
    if levels.len() >= 3 && levels.iter().all(is_item) {
        breakdown::elsewhere(passage, index, levels[0], concept, claims);
    }
}

/// The name under which amounts of several listed projects go: not comparable elsewhere.
pub(super) const LISTED: &str = "所列项目";

/// Binds the mentions of one paragraph.
struct Binder<'a> {
    report: &'a ReportInfo,
    paragraph: &'a Paragraph,
    context: &'a Context,
    /// The project that this part of the file is about, in the place of the whole unit.
    part: Option<&'a Entity>,
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
        self.align(mentions, &mut keys);
        self.plan(mentions, &mut keys);
        keys
    }

    /// 货物、工程、服务分别为a、b、c: each number is of the name at its place; where the counts differ, of none.
    fn align(&self, mentions: &[Mention], keys: &mut [Option<Key>]) {
        static APART: LazyLock<Finder> = LazyLock::new(|| Finder::new(["分别", "依次"]));
        if !APART.any(self.paragraph.flow.text()) {
            return;
        }
        for at in 0..mentions.len() {
            let words = self.paragraph.flow.slice(mentions[at].label_range.clone());
            let Some((names, _)) = words.split_once("分别").or_else(|| words.split_once("依次")) else { continue };
            // 支出100万元，分别为维修费40万元、物业费60万元: each name stands before its number.
            if names.trim_matches(['，', '、', '：', '；', ',', ':']).is_empty() {
                continue;
            }
            let joined = |i: usize| {
                ["、", "和", "及", "与", "以及"].contains(&self.paragraph.flow.slice(mentions[i].label_range.clone()))
            };
            let end = (at + 1..mentions.len()).find(|&i| !joined(i)).unwrap_or(mentions.len());
            let names: Vec<&str> = names.split(['、', '和', '及', '与']).collect();
            for i in at..end {
                let name = if names.len() == end - at { names[i - at] } else { "" };
                keys[i] = keys[i].take().and_then(|key| self.renamed(key, name));
            }
        }
    }

    /// 安排42.90万元，实际支出42.90万元: what was set aside, where what was spent of it follows.
    fn plan(&self, mentions: &[Mention], keys: &mut [Option<Key>]) {
        for at in 1..mentions.len() {
            let (set, spent) = (&mentions[at - 1], &mentions[at]);
            let words = self.paragraph.flow.slice(set.label_range.clone());
            let follows = set.sentence == spent.sentence && spent.label.stage == Some(Stage::Final);
            let one = |a: &Key, b: &Key| a.entity == b.entity && a.concept == b.concept && a.stage == b.stage;
            let of_one = keys[at - 1].as_ref().zip(keys[at].as_ref()).is_some_and(|(a, b)| one(a, b));
            if words == "安排" && follows && of_one {
                keys[at - 1] = keys[at - 1].take().map(|key| Key { stage: Stage::Budget, ..key });
            }
        }
    }

    /// The key of what a name of a list measures.
    fn renamed(&self, key: Key, name: &str) -> Option<Key> {
        let label = Label::read(name, &[]);
        match label.concept {
            Some(concept) => Some(Key { entity: Entity::Unit, concept, ..key }),
            None if !label.item.is_empty() => {
                Some(Key { entity: item(&label.item)?.entity, concept: Concept(""), ..key })
            }
            None => None,
        }
    }

    fn key(&self, mentions: &[Mention], at: usize, before: &[Option<Key>]) -> Option<Key> {
        let mention = &mentions[at];
        let measure = measure(mention)?;
        let last = (0..at).rev().find(|&i| {
            mentions[i].sentence == mention.sentence
                && mentions[i].class == Class::Level
                && mentions[i].depth <= mention.depth
        });
        // 编制41名，实有39人，预算100万元，支出98万元，执行率98%: what is executed is money.
        let executed = matches!(mention.class, Class::Rate { .. }) && mention.label.measure == Some(Measure::Rate);
        let last = last.and_then(|last| {
            let counted =
                |&i: &usize| matches!(mentions[i].literal.unit.dimension(), Dimension::People | Dimension::Count);
            let level = |&i: &usize| mentions[i].sentence == mention.sentence && mentions[i].class == Class::Level;
            if executed { (0..=last).rev().filter(level).find(|i| !counted(i)) } else { Some(last) }
        });
        let last = self.head_of_lists(mentions, at).or_else(|| self.raised(mentions, at, before)).or(last);
        let inherited = last.and_then(|i| before[i].as_ref());
        let words = self.paragraph.flow.slice(mention.label_range.clone());
        // 由610元提高到640元: what it is of stands before.
        if mention::is_reached(words) && mention.label.concept.is_none() {
            return None;
        }
        // 预算合计a，支出合计b: the same things' spending, not the unit's.
        if let Some(key) = inherited.filter(|key| words == "支出合计" && key.stage != Stage::Final) {
            return Some(Key { stage: Stage::Final, measure, ..key.clone() });
        }
        let resumed = mentions[..at]
            .iter()
            .zip(before)
            .find(|(m, _)| m.class == Class::Level && m.depth == 0)
            .and_then(|(_, key)| key.as_ref());
        // 人才引进项目…，实际到位300万元。实际支出280万元: the next sentence goes on about the one project.
        let goes_on = ["实际支出", "实际使用", "实际执行"].contains(&words);
        let before_it = if goes_on { self.project_before(mentions, before, mention.sentence) } else { None };
        let subject = self.subject(mention, inherited, resumed, before_it)?;
        let level = |i: &usize| mentions[*i].class == Class::Level && mentions[*i].depth == 0;
        let last = (0..at).rev().find(level).map(|i| mentions[i].sentence);
        let head = last.and_then(|sentence| self.whole_before(mentions, before, at, sentence));
        let before = head.and_then(|i| before[i].as_ref()).filter(|_| inherited.is_none());
        let stage = self.stage(mention, inherited, before, &subject);
        let period = self.period(mention, inherited);
        let scope = mention.label.scope.or(subject.scope).or(self.context.scope).unwrap_or(Scope::Unstated);
        // 总支出 beside 本年支出 is the grand total.
        let grand = subject.concept.0 == "exp.total"
            && words.contains("总支出")
            && self.paragraph.flow.text().contains("本年支出");
        let concept = if grand { Concept("exp.grand") } else { subject.concept };
        // In the report on one project its total is the project's own amount, as in its form.
        let (entity, concept) = match (self.part, subject.entity) {
            (Some(part), Entity::Unit) if matches!(concept.0, "exp.total" | "exp.project") => {
                (part.clone(), Concept(""))
            }
            (Some(part), Entity::Unit) => (part.clone(), concept),
            (_, entity) => (entity, concept),
        };
        Some(Key { entity, concept, measure, scope, stage, period })
    }

    /// 年初预算a，年中增拨专款b，全年预算c: what was raised is what the budget before it was of, however the raise is called.
    /// 年初预算a，其中项目支出b；年中追加c，全年预算d: where the raise is known to be of the whole, so is the budget after it.
    fn raised(&self, mentions: &[Mention], at: usize, before: &[Option<Key>]) -> Option<usize> {
        let mention = &mentions[at];
        if !mention.label.is_bare() || mention.label.stage != Some(Stage::Adjusted) {
            return None;
        }
        let initial = |i: &usize| {
            let near = mentions[*i].sentence == mention.sentence && mentions[*i].depth == mention.depth;
            near && before[*i].as_ref().is_some_and(|key| key.stage == Stage::Initial && key.measure == Measure::Level)
        };
        let subject = |i: usize| before[i].as_ref().map(|key| (&key.entity, key.concept));
        let raise = (0..at)
            .rev()
            .find(|&i| mentions[i].sentence == mention.sentence && mentions[i].label.stage == Some(Stage::Adjustment));
        let of_raise = |i: &usize| raise.is_some_and(|raise| subject(*i) == subject(raise));
        let mut initials = (0..at).rev().filter(initial);
        let nearest = initials.clone().next();
        initials.find(of_raise).or(nearest)
    }

    /// 全年预算数a，其中…；全年执行数b，其中…: what stands before the second list is of the whole, not of the last part. So is
    /// what follows a list of one number for each part: 预算a，由…构成；实际支出b
    fn head_of_lists(&self, mentions: &[Mention], at: usize) -> Option<usize> {
        let words = |range: &std::ops::Range<usize>| self.paragraph.flow.slice(range.clone());
        let opens = |i: usize| {
            words(&mentions[i].gap_range).contains("其中") || words(&mentions[i].label_range).contains("其中")
        };
        let level = |i: &usize| {
            mentions[*i].sentence == mentions[at].sentence
                && mentions[*i].class == Class::Level
                && mentions[*i].depth <= mentions[at].depth
        };
        let label = &mentions[at].label;
        let raises = label.stage == Some(Stage::Adjustment) && label.concept.is_none();
        let bare = (label.is_bare() || raises) && label.scope.is_none();
        let anew = words(&mentions[at].gap_range).contains(['；', ';']);
        if !bare || !anew {
            return None;
        }
        let next = (at + 1..mentions.len()).find(level);
        let earlier = (0..at).filter(level).find(|&i| opens(i));
        let composed = ["构成", "组成"].iter().any(|word| words(&mentions[at].gap_range).starts_with(word));
        let of_parts = |i: usize| (i..at).filter(level).any(|i| mentions[i].label.is_bare());
        let heads = composed || earlier.is_some_and(|i| next.is_some_and(opens) || !of_parts(i));
        heads.then(|| (0..at).find(level)).flatten()
    }

    /// The one project that every amount of the sentence before is of.
    fn project_before<'k>(&self, mentions: &[Mention], keys: &'k [Option<Key>], sentence: usize) -> Option<&'k Key> {
        let earlier = sentence.checked_sub(1)?;
        let level = |i: &usize| mentions[*i].sentence == earlier && mentions[*i].class == Class::Level;
        let mut amounts = (0..keys.len()).filter(level).map(|i| keys[i].as_ref());
        let first = amounts.next()??;
        let one = matches!(first.entity, Entity::Item(_)) && first.concept == Concept("");
        let all = amounts.all(|key| key.is_some_and(|key| key.entity == first.entity));
        (one && all).then_some(first)
    }

    /// The number of a sentence that parts in the next one are parts of: at the final stage, where it states several.
    fn whole_before(&self, mentions: &[Mention], keys: &[Option<Key>], at: usize, sentence: usize) -> Option<usize> {
        let levels: Vec<usize> = (0..at)
            .filter(|&i| {
                mentions[i].sentence == sentence && mentions[i].class == Class::Level && mentions[i].depth == 0
            })
            .collect();
        let first = *levels.first()?;
        let subject = |i: usize| keys[i].as_ref().map(|key| (&key.entity, key.concept));
        let stated_final =
            |i: &usize| keys[*i].as_ref().is_some_and(|key| key.stage == Stage::Final) && subject(*i) == subject(first);
        levels.iter().copied().find(stated_final).or(Some(first))
    }

    /// What the mention is about: its own words, the clause before it, the number before it, the title over it.
    fn subject(
        &self,
        mention: &Mention,
        inherited: Option<&Key>,
        resumed: Option<&Key>,
        before_it: Option<&Key>,
    ) -> Option<Subject> {
        let named = |concept, scope| Some(Subject { entity: Entity::Unit, concept, scope });
        let label = &mention.label;
        // 政法专项编制112人，实有108人: of those posts, not of the whole unit.
        let of_posts = |key: &&Key| matches!(&key.entity, Entity::Item(name) if name.contains("编制"));
        if let Some(key) = inherited.filter(of_posts).filter(|_| label.concept == Some(Concept("hc.actual"))) {
            return Some(Subject { entity: key.entity.clone(), concept: Concept("hc.actual"), scope: None });
        }
        // 招商专项资金年初结余a，本年收入b，本年支出c: of that fund.
        let of_fund = |key: &&Key| matches!(&key.entity, Entity::Item(name) if balance::is_carried_in(name));
        if let (Some(key), Some(concept)) = (inherited.filter(of_fund), label.concept) {
            return Some(Subject { entity: key.entity.clone(), concept, scope: label.scope });
        }
        if let Some(concept) = label.concept {
            let of_project = matches!(concept.0, "exp.project" | "exp.total");
            return match &self.context.topic {
                Some(topic) if of_project && topic.entity != Entity::Unit && !topic.is_body => self.of_topic(topic),
                Some(topic) if topic.is_body => {
                    Some(Subject { entity: topic.entity.clone(), concept, scope: label.scope })
                }
                _ => named(concept, label.scope),
            };
        }
        if let Some(key) = inherited.filter(|_| label.stage == Some(Stage::Adjustment)) {
            return Some(Subject { entity: key.entity.clone(), concept: key.concept, scope: Some(key.scope) });
        }
        if !label.item.is_empty()
            && matches!(mention.class, Class::Level | Class::Rate { named: true, .. } | Class::Score)
        {
            return item(&label.item);
        }
        if let Some(topic) = self.clause_topic(mention) {
            return Some(topic);
        }
        // 基金收入3.12亿元；支出1.85亿元, and 预期目标…；一般公共预算支出安排…: spending is no income and no item before it.
        let words = self.paragraph.flow.slice(mention.label_range.clone());
        let other = |key: &Key| {
            let income = key.concept.is_income() && label.stage.is_some();
            let own_scope = label.scope.is_some() && label.stage.is_some() && matches!(key.entity, Entity::Item(_));
            words.contains("支出") && (income || own_scope)
        };
        if let Some(key) = inherited.filter(|key| other(key)) {
            return named(Concept("exp.total"), label.scope.or(Some(key.scope)));
        }
        if let Some(key) = inherited {
            return Some(Subject { entity: key.entity.clone(), concept: key.concept, scope: Some(key.scope) });
        }
        // 2024年预算…。2024年决算…: a new sentence goes on about what the paragraph began with.
        if let Some(key) = resumed.filter(|key| {
            (key.concept == Concept("exp.total") || self.is_subject_line()) && mention.label.stage.is_some()
        }) {
            return Some(Subject { entity: key.entity.clone(), concept: key.concept, scope: Some(key.scope) });
        }
        if let Some(key) = before_it {
            return Some(Subject { entity: key.entity.clone(), concept: key.concept, scope: Some(key.scope) });
        }
        if self.counts_projects(mention) {
            return Some(Subject { entity: Entity::Item(LISTED.into()), concept: Concept(""), scope: None });
        }
        if let Some(topic) = self.context.topic.as_ref().filter(|_| !names_unit(words)) {
            return self.of_topic(topic);
        }
        let money = mention.literal.unit.dimension() == Dimension::Money;
        let total = (money && label.stage.is_some() || label.measure.is_some()) && self.opens_plainly(mention);
        if total { named(Concept("exp.total"), label.scope) } else { None }
    }

    /// Whether the clauses before a bare label name nothing else that it could be about.
    fn opens_plainly(&self, mention: &Mention) -> bool {
        let gap = self.paragraph.flow.slice(mention.gap_range.clone());
        let last = gap
            .trim_end_matches(['，', ',', '：', ':'])
            .rsplit(['，', ',', '；', '。', '：', ':'])
            .next()
            .unwrap_or("");
        let label = Label::read(last, &[]);
        // 根据财政预算安排，全额拨款指标40万元
        let ground = ["根据", "按照", "依据", "经"].iter().any(|word| last.starts_with(word));
        ground || names_unit(last) || label.item.chars().count() < 4 || last.contains("年度") || last.ends_with("情况")
    }

    /// 1.教育支出（类）普通教育（款）小学教育（项）…: the paragraph is about one budget subject.
    fn is_subject_line(&self) -> bool {
        super::label::subject_line(self.paragraph.flow.text()).is_some()
    }

    /// 实施项目五个，预算合计…; 五个专项预算…: amounts of the projects that are counted right before.
    fn counts_projects(&self, mention: &Mention) -> bool {
        let sentence = self.paragraph.sentences.get(mention.sentence).map_or(0, |s| s.range.start);
        let before = &self.paragraph.flow.text()[sentence..mention.literal.range.start];
        let literals = || self.paragraph.literals_in(&(sentence..mention.literal.range.start));
        mention.literal.unit.dimension() == Dimension::Money
            && literals().any(|literal| literal.unit.dimension() == Dimension::Count)
            && ["项目", "专项"].iter().any(|word| before.contains(word))
    }

    fn of_topic(&self, topic: &context::Topic) -> Option<Subject> {
        Some(Subject { entity: topic.entity.clone(), concept: topic.concept, scope: None })
    }

    /// 机关运转（含会议专项），预算支出…: a clause without numbers that opens the sentence names the subject.
    fn clause_topic(&self, mention: &Mention) -> Option<Subject> {
        let gap = self.paragraph.flow.slice(mention.gap_range.clone());
        // ；节水改造：安排42.90万元, 老年大学（预算379.02万元、支出344.53万元）
        let bracketed = gap.strip_suffix(['（', '(']);
        let listed = gap.strip_suffix(['：', ':']).filter(|gap| gap.starts_with(['；', ';', '，']));
        if let Some(named) = bracketed.or(listed) {
            let name = named.rsplit(['；', ';', '，', '。', '：', ':']).next().unwrap_or_default();
            let label = Label::read(name, &[]);
            let nominal = (3..=20).contains(&name.chars().count()) && !name.contains(|c: char| c.is_ascii_digit());
            if nominal && label.concept.is_none() && !label.item.is_empty() && label.stage.is_none() {
                return item(&label.item);
            }
        }
        let clause = gap.strip_suffix(['，', ',', '：', ':'])?;
        let name = clause.split(['（', '(']).next().unwrap_or(clause);
        let opens =
            self.paragraph.sentences.get(mention.sentence).is_some_and(|s| s.range.start == mention.gap_range.start);
        let nominal = (3..=24).contains(&name.chars().count())
            && !name.contains(['，', '。', '；', '、', '是', '了'])
            && !["根据", "按照", "通过", "由于", "为了", "全年", "截至", "截止"].iter().any(|word| name.contains(word));
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

    fn stage(&self, mention: &Mention, inherited: Option<&Key>, before: Option<&Key>, subject: &Subject) -> Stage {
        if let Class::Rate { stage, .. } = mention.class {
            return stage.unwrap_or(Stage::Unstated);
        }
        let words = self.paragraph.flow.slice(mention.label_range.clone());
        // 预计全年执行1980万元
        if words.contains("预计") {
            return Stage::Unstated;
        }
        let named = !mention.label.is_bare();
        let planned = inherited.or(before).filter(|key| key.stage != Stage::Final);
        if let Some(stage) = mention.label.stage {
            return planned.filter(|_| mention.label.weak_stage && named).map_or(stage, |key| key.stage);
        }
        let money = mention.literal.unit.dimension() == Dimension::Money;
        if !money {
            return Stage::Unstated;
        }
        match inherited {
            // 预算资金总计a，实际总支出b: another number of the same thing is of another stage.
            Some(key) if key.concept == subject.concept && key.entity == subject.entity && !mention.label.is_bare() => {
                Stage::Final
            }
            Some(_) if matches!(subject.concept.0, "procurement.small" | "procurement.micro") => Stage::Final,
            Some(_) if words.contains("实际") || subject.concept.0.starts_with("carry") => Stage::Final,
            Some(key) => key.stage,
            // 应配套939.86万元: nothing that was spent.
            None if is_expected(words) => Stage::Unstated,
            // 年初预算按支出性质划分：…
            None if let Some(stage) = self.divided_stage(mention) => stage,
            // 按功能分类：…: a new sentence that names no stage goes on at the stage of the one before.
            None => before.filter(|_| named && self.opens_partition(mention)).map_or(Stage::Final, |key| key.stage),
        }
    }

    /// The stage of what the words before a list divide.
    fn divided_stage(&self, mention: &Mention) -> Option<Stage> {
        let gap = self.paragraph.flow.slice(mention.gap_range.clone());
        let (whole, _) = gap.split_once('按').filter(|_| mention.divides)?;
        Label::read(whole.rsplit(['，', '。', '；']).next().unwrap_or(whole), &[]).stage
    }

    /// Whether the sentence divides what the paragraph spoke of before: 按支出性质分类：…
    fn opens_partition(&self, mention: &Mention) -> bool {
        let sentence = self.paragraph.sentences.get(mention.sentence);
        let opening = sentence.map_or("", |s| &self.paragraph.flow.text()[s.range.start..mention.literal.range.start]);
        mention::partitions(opening) || opening.contains("其中")
    }

    fn period(&self, mention: &Mention, inherited: Option<&Key>) -> Period {
        let year = |year: Option<u16>| year.map_or(Period::Unstated, Period::Year);
        let of_item = !mention.label.item.is_empty();
        // 2022年末债务余额, 年初债务余额: what there was then, not a name with a year in it.
        let words = self.paragraph.flow.slice(mention.label_range.clone());
        let at_start = words.contains("年初") || words.contains("期初");
        if of_item && at_start && !mention.label.stage.is_some_and(Stage::is_budget) {
            return Period::Unstated;
        }
        let of_item = of_item && !words.contains("年末") && !words.contains("年底");
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
        let literals = self.paragraph.literals_in(&mention.gap_range);
        let date = literals.filter(|literal| literal.kind == crate::document::LiteralKind::Date).last()?;
        Label::read(self.paragraph.flow.slice(date.range.clone()), std::slice::from_ref(&(0..date.range.len())))
            .when
            .filter(|when| *when != When::Part)
    }
}

/// What is due or to be raised, where no word says that it was spent.
fn is_expected(words: &str) -> bool {
    let words = words.trim_start_matches(['、', '，', '；', '其', '中', '：']);
    let source = ["配套", "资本金", "自筹", "估算", "概算", "总投资"].iter().any(|word| words.contains(word));
    source || words.starts_with('应') || words.starts_with('需')
}

/// 本单位2024年预算: the whole unit, whatever the heading is about.
fn names_unit(words: &str) -> bool {
    ["本单位", "我单位", "本部门", "我部门", "部门", "单位", "我局", "我中心", "本局", "全局"]
        .iter()
        .any(|word| words.contains(word))
}

fn item(name: &str) -> Option<Subject> {
    let name = normal_name(name);
    (name.chars().count() >= 2).then_some(Subject { entity: Entity::Item(name), concept: Concept(""), scope: None })
}

fn measure(mention: &Mention) -> Option<Measure> {
    Some(match &mention.class {
        // 成活率91.6%: a rate of something else than money is a level of its own.
        Class::Rate { named: true, .. } if mention.label.measure.is_none() => Measure::Level,
        // 到位率, 控制率
        Class::Rate { .. } if mention.label.measure == Some(Measure::Arrival) => Measure::Arrival,
        Class::Rate { .. } if mention.label.measure == Some(Measure::Control) => Measure::Control,
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

/// The claim that the last of three mentions is the rate of the first two, what was done and the whole. It goes by the name of
/// one of them.
fn completion(passage: &Passage, [done, whole, rate]: [usize; 3], named: usize) -> Claim {
    let roles = vec![
        (Role::Done, vec![passage.operand(done)]),
        (Role::Budget, vec![passage.operand(whole)]),
        (Role::Rate, vec![passage.operand(rate)]),
    ];
    claim(super::ClaimKind::Completion, passage.span(done.min(whole), rate), passage.name(named), roles)
}

/// The id of a number, for claims that look one up.
fn looked_up(id: Option<NumberId>, name: &str) -> Vec<Operand> {
    id.map(|id| Operand::of(id).named(name)).into_iter().collect()
}
