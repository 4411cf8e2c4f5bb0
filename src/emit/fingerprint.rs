//! The id of a finding: what it says, not where it stands.

use std::collections::BTreeMap;

use crate::finding::{Finding, Label};
use crate::source::Source;

/// Sixteen hexadecimal digits per finding, from its rule and content. Equal findings are told apart by their order.
pub fn fingerprints(source: &Source, findings: &[Finding]) -> Vec<String> {
    let mut seen: BTreeMap<u64, u64> = BTreeMap::new();
    let mut identify = |finding: &Finding| {
        let content = hash_content(source, finding);
        let ordinal = seen.entry(content.0).and_modify(|count| *count += 1).or_insert(0);
        if *ordinal == 0 { content } else { content.field(&ordinal.to_string()) }
    };
    findings.iter().map(|finding| format!("{:016x}", identify(finding).0)).collect()
}

fn hash_content(source: &Source, finding: &Finding) -> Fnv {
    let label = |hash: Fnv, label: &Label| hash.field(&label.role).field(source.slice(label.span));
    let start = Fnv::START.field(&finding.rule).field(&finding.message);
    finding.related.iter().fold(label(start, &finding.primary), label)
}

/// FNV-1a of 64 bits: stable for ever, which the standard library's hashers do not promise.
#[derive(Clone, Copy)]
struct Fnv(u64);

impl Fnv {
    const START: Fnv = Fnv(0xcbf2_9ce4_8422_2325);

    fn byte(self, byte: u8) -> Fnv {
        Fnv((self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
    }

    /// The text and a mark that no text contains, so that fields cannot run together.
    fn field(self, text: &str) -> Fnv {
        text.bytes().fold(self, Fnv::byte).byte(0xff)
    }
}

#[cfg(test)]
mod tests {
    use super::super::report::samples;
    use super::*;

    #[test]
    fn fnv_is_the_published_one() {
        assert_eq!("foobar".bytes().fold(Fnv::START, Fnv::byte).0, 0x8594_4171_f739_67e8);
    }

    #[test]
    fn moving_a_finding_keeps_its_id() {
        let text = samples::PROSE;
        let moved = format!("新增一行\n{text}");
        let (a, b) = (samples::source(text), samples::source(&moved));
        let ids = |source: &Source| fingerprints(source, &[samples::sum(source)]);
        assert_eq!(ids(&a), ids(&b));
    }

    #[test]
    fn equal_findings_have_different_ids() {
        let source = samples::source(samples::PROSE);
        let finding = samples::sum(&source);
        let ids = fingerprints(&source, &[finding.clone(), finding]);
        assert_ne!(ids[0], ids[1]);
    }
}
