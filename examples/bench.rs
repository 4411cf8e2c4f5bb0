use gouji::{check, document::Document, facts::Facts, rules::*, source::*};
use std::time::Instant;
fn main() {
    let rules = RuleSet::builtin();
    let files: Vec<_> = std::env::args().skip(1).collect();
    let texts: Vec<Vec<u8>> = files.iter().map(|p| std::fs::read(p).unwrap()).collect();
    let n = 40;
    let bytes: usize = texts.iter().map(|t| t.len()).sum::<usize>() * n;
    let srcs = || texts.iter().map(|b| Source::from_bytes("x", b).unwrap()).collect::<Vec<_>>();
    let t = Instant::now();
    for _ in 0..n {
        std::hint::black_box(srcs());
    }
    let a = t.elapsed();
    let ss = srcs();
    let t = Instant::now();
    for _ in 0..n {
        for s in &ss {
            std::hint::black_box(Document::parse(s));
        }
    }
    let b = t.elapsed();
    let ds: Vec<_> = ss.iter().map(Document::parse).collect();
    let t = Instant::now();
    for _ in 0..n {
        for (s, d) in ss.iter().zip(&ds) {
            std::hint::black_box(Facts::extract(s, d));
        }
    }
    let c = t.elapsed();
    let t = Instant::now();
    for _ in 0..n {
        for s in &ss {
            std::hint::black_box(check::audit(s.clone(), &rules));
        }
    }
    let d = t.elapsed();
    let mb = |t: std::time::Duration| bytes as u128 * 1000 / t.as_nanos().max(1);
    println!(
        "MB/s: read {} parse {} facts {} all {} ; per report all {:?}",
        mb(a),
        mb(b),
        mb(c),
        mb(d),
        d / (n as u32 * files.len() as u32)
    );
}
