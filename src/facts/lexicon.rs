//! The words of the field: `rules/lexicon.toml`, found in text by longest match.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::key::{Concept, Measure, Scope, Stage};
use super::label::normal_name;
use crate::document::literal::Dimension;
use crate::document::words::Finder;

/// The built-in lexicon.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| Lexicon::of(&RAW))
}

/// As the file has it: `build.rs` writes it down.
const RAW: RawLexicon = include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));

/// Concepts and the words for them, for stages, scopes and measures.
pub struct Lexicon {
    concepts: Vec<ConceptEntry>,
    by_id: BTreeMap<&'static str, usize>,
    /// The concepts by what they are called.
    names: BTreeMap<&'static str, Concept>,
    words: BTreeMap<&'static str, Tag>,
    tags: Vec<Tag>,
    finder: Finder,
}

/// What a word of the lexicon says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    Concept(Concept),
    Stage(Stage),
    Scope(Scope),
    Measure(Measure),
}

/// A word of the lexicon found in a text, by byte range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub range: std::ops::Range<usize>,
    pub tag: Tag,
}

/// A concept's data.
#[derive(Clone, Debug)]
pub struct ConceptEntry {
    pub concept: Concept,
    /// The field's standard term.
    pub name: &'static str,
    /// The term as items are named.
    pub normal_name: &'static str,
    pub dimension: Dimension,
    /// What it is a part of.
    pub parent: Option<Concept>,
}

struct RawLexicon {
    concept: &'static [RawConcept],
    stage: &'static [RawWords],
    scope: &'static [RawWords],
    measure: &'static [RawWords],
}

struct RawConcept {
    id: &'static str,
    name: &'static str,
    dimension: &'static str,
    parent: Option<&'static str>,
    words: &'static [&'static str],
}

struct RawWords {
    id: &'static str,
    words: &'static [&'static str],
}

/// Normal names live as long as the program, so they are leaked once.
fn keep(word: String) -> &'static str {
    Box::leak(word.into_boxed_str())
}

impl Lexicon {
    fn of(raw: &RawLexicon) -> Lexicon {
        let mut words: BTreeMap<&'static str, Tag> = BTreeMap::new();
        let mut concepts = Vec::new();
        for concept in raw.concept {
            let id = Concept(concept.id);
            let parent = concept.parent.map(Concept);
            let dimension = dimension(concept.dimension).expect("a dimension of the lexicon is a known one");
            let (name, normal_name) = (concept.name, keep(normal_name(concept.name)));
            concepts.push(ConceptEntry { concept: id, name, normal_name, dimension, parent });
            insert(&mut words, concept.words, Tag::Concept(id));
        }
        insert_all(&mut words, raw.stage, |id| stage(id).map(Tag::Stage));
        insert_all(&mut words, raw.scope, |id| scope(id).map(Tag::Scope));
        insert_all(&mut words, raw.measure, |id| measure(id).map(Tag::Measure));
        let tags: Vec<Tag> = words.values().copied().collect();
        let finder = Finder::new(words.keys().copied());
        let by_id = concepts.iter().enumerate().map(|(index, entry)| (entry.concept.0, index)).collect();
        let names = concepts.iter().rev().map(|entry| (entry.name, entry.concept)).collect();
        Lexicon { concepts, by_id, names, words, tags, finder }
    }

    /// The concept that a word names.
    pub fn concept(&self, word: &str) -> Option<Concept> {
        match self.words.get(word) {
            Some(Tag::Concept(concept)) => Some(*concept),
            _ => self.names.get(word).copied(),
        }
    }

    pub fn stage(&self, word: &str) -> Option<Stage> {
        match self.words.get(word) {
            Some(Tag::Stage(stage)) => Some(*stage),
            _ => None,
        }
    }

    pub fn scope(&self, word: &str) -> Option<Scope> {
        match self.words.get(word) {
            Some(Tag::Scope(scope)) => Some(*scope),
            _ => None,
        }
    }

    pub fn measure(&self, word: &str) -> Option<Measure> {
        match self.words.get(word) {
            Some(Tag::Measure(measure)) => Some(*measure),
            _ => None,
        }
    }

    /// The words of the lexicon in a text, leftmost and longest first.
    pub fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Hit> + 't {
        self.finder.find(text).map(|(range, word)| Hit { range, tag: self.tags[word] })
    }

    pub fn entry(&self, concept: Concept) -> Option<&ConceptEntry> {
        self.place(concept.0).map(|index| &self.concepts[index])
    }

    /// The place among the entries of the concept with an id.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub fn entries(&self) -> &[ConceptEntry] {
        &self.concepts
    }

    /// What a concept is a part of.
    pub fn parent(&self, concept: Concept) -> Option<Concept> {
        self.entry(concept)?.parent
    }
}

fn insert(words: &mut BTreeMap<&'static str, Tag>, new: &[&'static str], tag: Tag) {
    for word in new {
        let before = words.insert(word, tag);
        debug_assert!(before.is_none_or(|before| before == tag), "{word} stands in two lists of the lexicon");
    }
}

fn insert_all(words: &mut BTreeMap<&'static str, Tag>, lists: &[RawWords], tag: impl Fn(&str) -> Option<Tag>) {
    for list in lists {
        insert(words, list.words, tag(list.id).expect("an id of the lexicon is a known one"));
    }
}

fn dimension(word: &str) -> Option<Dimension> {
    Some(match word {
        "money" => Dimension::Money,
        "people" => Dimension::People,
        "count" => Dimension::Count,
        "ratio" => Dimension::Ratio,
        "score" => Dimension::Score,
        _ => return None,
    })
}

fn stage(id: &str) -> Option<Stage> {
    Some(match id {
        "initial" => Stage::Initial,
        "adjustment" => Stage::Adjustment,
        "adjusted" => Stage::Adjusted,
        "budget" => Stage::Budget,
        "arrived" => Stage::Arrived,
        "final" => Stage::Final,
        _ => return None,
    })
}

fn scope(id: &str) -> Option<Scope> {
    Some(match id {
        "general" => Scope::General,
        "fund" => Scope::GovernmentFund,
        "capital" => Scope::StateCapital,
        "insurance" => Scope::SocialInsurance,
        "account" => Scope::SpecialAccount,
        "appropriation" => Scope::Appropriation,
        "other" => Scope::Other,
        "all" => Scope::All,
        _ => return None,
    })
}

fn measure(id: &str) -> Option<Measure> {
    Some(match id {
        "rate" => Measure::Rate,
        "arrival" => Measure::Arrival,
        "control" => Measure::Control,
        "share" => Measure::Share,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Tag, lexicon};
    use crate::facts::{Concept, Stage};

    #[test]
    fn longest_word_wins() {
        let hits: Vec<Tag> = lexicon().find("年初预算项目资金").map(|hit| hit.tag).collect();
        assert_eq!(hits, [Tag::Stage(Stage::Initial), Tag::Concept(Concept("exp.project"))]);
        let hits: Vec<Tag> = lexicon().find("公务用车购置及运行费支出决算").map(|hit| hit.tag).collect();
        assert_eq!(hits, [Tag::Concept(Concept("sangong.vehicle")), Tag::Stage(Stage::Final)]);
    }

    #[test]
    fn parents_exist() {
        for entry in lexicon().entries() {
            if let Some(parent) = entry.parent {
                assert!(lexicon().entry(parent).is_some(), "{} has no entry", parent.0);
            }
        }
    }
}
