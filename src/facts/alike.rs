//! How much alike two names are.

/// Whether two names are at least so much alike; most are told apart by their lengths.
pub fn are_alike(a: &str, b: &str, least: usize) -> bool {
    let (m, n) = (a.chars().count(), b.chars().count());
    m.min(n) * 100 >= least * m.max(n) && likeness(a, b) >= least
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
    use super::likeness;

    #[test]
    fn names() {
        assert_eq!(likeness("补植乔灌木", "补植乔灌木"), 100);
        assert!(likeness("提升改造村级综合服务社", "提升改造综合服务社") >= 80);
        assert!(likeness("开展健康讲座", "开展执法检查") < 80);
    }
}
