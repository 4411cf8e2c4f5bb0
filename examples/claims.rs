use gouji::{document::*, facts::*, source::*};
fn main() {
    for p in std::env::args().skip(1) {
        let b = std::fs::read(&p).unwrap();
        let s = Source::from_bytes(&*p, &b).unwrap();
        let d = Document::parse(&s);
        let f = Facts::extract(&s, &d);
        println!("{:?}", f.report);
        let show = |id: NumberId| {
            let n = f.number(id);
            format!("{}@{}", s.slice(n.literal.span), s.position(n.literal.span.start()).line)
        };
        if std::env::var("FACTS").is_ok() {
            for x in &f.facts {
                println!("F {} {:?} | {}", show(x.number), x.key, x.label);
            }
        }
        for c in &f.claims {
            println!(
                "{} 〔{}〕 {}",
                c.kind.word(),
                c.subject,
                c.roles
                    .iter()
                    .map(|(r, o)| format!(
                        "{}={}",
                        r.word(),
                        o.iter()
                            .map(|o| match &o.kind {
                                OperandKind::Number(n) => format!("{}{}", if o.negative { "-" } else { "" }, show(*n)),
                                OperandKind::Counted { count, .. } => format!("#{count}"),
                                OperandKind::Constant(e) => format!("const {e}"),
                            })
                            .collect::<Vec<_>>()
                            .join(" + ")
                    ))
                    .collect::<Vec<_>>()
                    .join("  ")
            );
        }
        let used: std::collections::BTreeSet<_> =
            f.claims.iter().flat_map(|c| c.numbers().collect::<Vec<_>>()).collect();
        println!("--- unbound:");
        for (i, n) in f.numbers.iter().enumerate() {
            if n.literal.kind == LiteralKind::Measure && !used.contains(&NumberId(i as u32)) {
                print!("{} ", show(NumberId(i as u32)));
            }
        }
        println!();
    }
}
