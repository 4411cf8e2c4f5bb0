//! Paragraphs that stand more than once.

use std::collections::BTreeMap;

use super::{Context, Sink};
use crate::document::Document;
use crate::rules::reading::{Stretch, bodies, head, is_han};

/// The shortest paragraph that counts, in Chinese characters.
const SHORTEST: usize = 40;
/// So many Chinese characters tell most paragraphs apart.
const BEGINNING: usize = 12;
/// No more places than this are marked.
const MOST_PLACES: usize = 20;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let mut groups = groups(context);
    groups.sort_by_key(|group| group[0].block);
    let mut at = 0;
    while at < groups.len() {
        let run = 1 + groups[at..].windows(2).take_while(|pair| follows(&pair[0], &pair[1])).count();
        report(&groups[at..at + run], sink);
        at += run;
    }
}

type Group<'d> = Vec<Stretch<'d>>;

/// The paragraphs that occur at least twice, each group in order.
fn groups<'d>(context: &Context<'d>) -> Vec<Group<'d>> {
    let mut seen: BTreeMap<(u64, usize), Group> = BTreeMap::new();
    for stretch in beginning_alike(context.document) {
        let (hash, count) = digest(han(&stretch));
        if count >= SHORTEST && !is_note(stretch.text()) {
            let group = seen.entry((hash, count)).or_default();
            // What a second report repeats of the first is that report's fault.
            if !group.first().is_some_and(|first| context.shared.are_apart(first.block, stretch.block)) {
                group.push(stretch);
            }
        }
    }
    let same = |group: &Group| group.iter().all(|stretch| letters(stretch).eq(letters(&group[0])));
    seen.into_values().filter(|group| group.len() > 1 && same(group)).collect()
}

/// The long paragraphs that begin as another one does, in order.
fn beginning_alike(document: &Document) -> Vec<Stretch<'_>> {
    let long = bodies(document).filter(|stretch| stretch.text().len() >= SHORTEST * '。'.len_utf8());
    let mut long: Vec<_> = long.map(|stretch| (digest(han(&stretch).take(BEGINNING)), stretch)).collect();
    long.sort_by_key(|(beginning, _)| *beginning);
    let groups = long.chunk_by(|(one, _), (other, _)| one == other).filter(|group| group.len() > 1);
    let mut alike: Vec<Stretch> = groups.flatten().map(|(_, stretch)| *stretch).collect();
    alike.sort_by_key(|stretch| stretch.block);
    alike
}

fn han<'d>(stretch: &Stretch<'d>) -> impl Iterator<Item = char> + use<'d> {
    stretch.text()[stretch.start..].chars().filter(|c| is_han(*c))
}

/// A hash of Chinese characters, and their number.
fn digest(han: impl Iterator<Item = char>) -> (u64, usize) {
    han.fold((0, 0), |(hash, count): (u64, usize), c| (hash.wrapping_mul(0x0100_0000_01b3) ^ u64::from(c), count + 1))
}

/// What must be equal: Chinese characters and figures, not punctuation.
fn letters<'d>(stretch: &Stretch<'d>) -> impl Iterator<Item = char> + 'd {
    stretch.text()[stretch.start..].chars().filter(|c| is_han(*c) || c.is_ascii_digit())
}

fn is_note(text: &str) -> bool {
    ["注：", "注:", "说明：", "备注"].iter().any(|head| text.starts_with(head))
}

/// Whether each paragraph of one group is followed by that of the other: the same run of paragraphs was copied.
fn follows(one: &Group, other: &Group) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.block < b.block && b.block <= a.block + 2)
}

fn report(groups: &[Group], sink: &mut Sink) {
    let whole = |stretch: &Stretch| stretch.span(stretch.start..stretch.text().len());
    let first = &groups[0];
    let (original, copy) = (&first[0], &first[1]);
    let words = &original.text()[original.start..];
    let message = match (first.len(), groups.len()) {
        (2, 1) => format!("“{}…”整段重复", head(words, 14)),
        (places, 1) => format!("“{}…”整段在{places}处出现", head(words, 14)),
        (places, run) => format!("“{}…”起连续{run}段在{places}处出现", head(words, 14)),
    };
    let mut added = sink.report(whole(copy), "重复的段落", message);
    let places = groups.iter().flatten().filter(|stretch| stretch.block != copy.block);
    for stretch in places.take(MOST_PLACES) {
        let role = if stretch.block == original.block { "首次出现" } else { "重复的段落" };
        added = added.with(whole(stretch), role);
    }
}
