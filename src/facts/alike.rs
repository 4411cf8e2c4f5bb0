//! How much alike two names are.

/// A name with what tells it from most others.
#[derive(Clone, Copy, Debug)]
pub struct Name<'n> {
    pub text: &'n str,
    /// Its characters.
    pub count: usize,
    /// Which characters it has, by their last six bits.
    letters: u64,
}

impl<'n> Name<'n> {
    pub fn new(text: &'n str) -> Name<'n> {
        let add = |(count, letters), c| (count + 1, letters | 1 << (u32::from(c) & 63));
        let (count, letters) = text.chars().fold((0, 0), add);
        Name { text, count, letters }
    }

    /// Whether this name and another one are at least so much alike.
    pub fn is_like(&self, other: &Name, least: usize) -> bool {
        let shared = |one: &Name, two: &Name| one.count - (one.letters & !two.letters).count_ones() as usize;
        let most = shared(self, other).min(shared(other, self));
        most * 100 >= least * self.count.max(other.count) && likeness(self.text, other.text) >= least
    }

    /// Whether it may be had from a longer name by leaving out characters.
    pub fn may_shorten(&self, longer: &Name) -> bool {
        self.letters & !longer.letters == 0
    }
}

/// How alike two names are: the characters that they share in order, out of a hundred of the longer one.
pub fn likeness(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    // Names of indicators are short, and names of very different length are not alike.
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if long == 0 || short * 2 < long || long > 40 {
        return 0;
    }
    let mut row = vec![0usize; b.len() + 1];
    for x in &a {
        let mut diagonal = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if x == y { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    row[b.len()] * 100 / a.len().max(b.len())
}

#[cfg(test)]
mod tests {
    use super::{Name, likeness};

    #[test]
    fn names() {
        assert_eq!(likeness("补植乔灌木", "补植乔灌木"), 100);
        assert!(likeness("提升改造村级综合服务社", "提升改造综合服务社") >= 80);
        assert!(likeness("开展健康讲座", "开展执法检查") < 80);
        let alike = |a, b, least| Name::new(a).is_like(&Name::new(b), least);
        assert!(alike("提升改造村级综合服务社", "提升改造综合服务社", 80));
        assert!(!alike("开展健康讲座", "开展执法检查", 80));
        assert!(alike("补植乔灌木", "补植乔木", 80) && !alike("补植乔灌木", "补植乔木", 81));
    }
}
