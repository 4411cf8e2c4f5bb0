//! Who uses a text: a unit, in reports of one form. From how many of them use it follows whether a text is template.

use std::collections::BTreeMap;

use super::template::limit;

/// Fewer units cannot tell template from copy.
const FEWEST_UNITS: usize = 8;
/// Of the units that share a form, so many at least have to use a text before it counts as part of the form.
const FORM: usize = 3;

/// The users of the texts of a corpus, numbered as they come.
#[derive(Debug, Default)]
pub struct Users {
    known: BTreeMap<(u64, u32), u32>,
    forms: BTreeMap<u64, u32>,
    /// Of each user, its unit and its form.
    units: Vec<u32>,
    form: Vec<u32>,
    /// Of each form, how many units use it.
    sizes: Vec<u32>,
    /// Text that more units use is template, whatever their forms.
    limit: usize,
    enough: bool,
}

impl Users {
    /// The user of a unit in reports of a form. Reports of no form are of a form of their own.
    pub fn number(&mut self, form: Option<u64>, unit: u32) -> u32 {
        let key = form.unwrap_or(u64::MAX - u64::from(unit));
        let next = self.forms.len() as u32;
        let form = *self.forms.entry(key).or_insert(next);
        if form == next {
            self.sizes.push(0);
        }
        let number = self.units.len() as u32;
        let user = *self.known.entry((key, unit)).or_insert(number);
        if user == number {
            self.units.push(unit);
            self.form.push(form);
            self.sizes[form as usize] += 1;
        }
        user
    }

    /// Every user is known, and there are so many units.
    pub(super) fn settle(&mut self, units: usize) {
        self.limit = limit(units);
        self.enough = units >= FEWEST_UNITS;
    }

    /// Whether there are enough units to tell template from copies.
    pub fn enough(&self) -> bool {
        self.enough
    }

    /// Whether words of these users are template: very many units use them, or most of those that share a form.
    pub(super) fn common(&self, users: &[u32]) -> bool {
        if users.len() < FORM {
            return false;
        }
        let distinct = |of: &[u32]| {
            let mut all: Vec<u32> = users.iter().map(|user| of[*user as usize]).collect();
            all.sort_unstable();
            all
        };
        let mut units = distinct(&self.units);
        units.dedup();
        let form = |users: &[u32]| users.len() >= FORM && users.len() * 2 > self.sizes[users[0] as usize] as usize;
        units.len() > self.limit || distinct(&self.form).chunk_by(|a, b| a == b).any(form)
    }

    /// Whether what two users share can be told from template: many units use their form, or they use two forms.
    pub(super) fn tells(&self, a: u32, b: u32) -> bool {
        let [x, y] = [a, b].map(|user| self.form[user as usize]);
        self.enough && (x != y || self.sizes[x as usize] as usize >= FEWEST_UNITS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_most_users_of_a_form_share_is_template() {
        let mut users = Users::default();
        let rare: Vec<u32> = (0..4).map(|unit| users.number(Some(7), unit)).collect();
        let usual: Vec<u32> = (4..60).map(|unit| users.number(Some(8), unit)).collect();
        users.settle(60);
        assert!(users.common(&rare[..3]) && !users.common(&rare[..2]));
        assert!(!users.common(&usual[..7]) && users.common(&usual[..8]));
        assert_eq!(users.number(Some(8), 5), usual[1]);
        assert!(users.tells(usual[0], usual[1]) && users.tells(rare[0], usual[0]) && !users.tells(rare[0], rare[1]));
    }
}
