use gouji::document::*;
use gouji::source::*;
fn main() {
    for p in std::env::args().skip(1) {
        let b = std::fs::read(&p).unwrap();
        let s = Source::from_bytes(&*p, &b).unwrap();
        let d = Document::parse(&s);
        for bl in &d.blocks {
            let pos = s.position(bl.span.start());
            let end = s.position(bl.span.end().max(1) - 1);
            let k = match &bl.kind {
                BlockKind::Blank => continue,
                BlockKind::Title(_) => "TITLE",
                BlockKind::Heading(_) => "HEAD",
                BlockKind::Paragraph(_) => "para",
                BlockKind::Note(_) => "note",
                BlockKind::Table(_) => "TABLE",
                BlockKind::Furniture => "furn",
            };
            let lvl = bl.section.map(|i| d.section(i).level).unwrap_or(0);
            let lines =
                if pos.line == end.line { format!("{}", pos.line) } else { format!("{}-{}", pos.line, end.line) };
            if let Some(p) = bl.paragraph() {
                let t: String = p.flow.text().chars().take(60).collect();
                println!(
                    "{lines:>8} {k:5} L{lvl} {} {t}  [{}]",
                    p.title.clone().map(|r| format!("<{}>", p.flow.slice(r))).unwrap_or_default(),
                    p.literals.iter().map(|l| s.slice(l.span).to_string()).collect::<Vec<_>>().join(" ")
                );
            } else {
                println!("{lines:>8} {k}");
            }
        }
    }
}
