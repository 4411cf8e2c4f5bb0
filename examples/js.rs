use gouji::{check, rules::*, source::*};
fn main() {
    let rules = RuleSet::builtin();
    let mut reports = vec![];
    for p in std::env::args().skip(1) {
        let b = std::fs::read(&p).unwrap();
        let s = match Source::from_bytes(&*p, &b) {
            Ok(s) => s,
            Err(e) => {
                eprintln!("{e}");
                continue;
            }
        };
        let a = check::audit(s, &rules);
        let lab = |l: &gouji::finding::Label| {
            let pos = a.source.position(l.span.start());
            serde_json::json!({"start":l.span.start(),"end":l.span.end(),"line":pos.line,"column":pos.column,"text":a.source.slice(l.span),"role":l.role,"place":a.document.place(l.span)})
        };
        let f:Vec<_>=a.findings.iter().map(|f|serde_json::json!({"id":"x","rule":f.rule,"family":f.family.word(),"severity":f.severity.word(),"title":f.title,"message":f.message,"primary":lab(&f.primary),"related":f.related.iter().map(&lab).collect::<Vec<_>>(),"suggestion":f.suggestion.as_ref().map(|s|serde_json::json!({"with":s.with,"reason":s.reason}))})).collect();
        eprintln!("{p}: {:?} numbers {} ; rel {}", a.ledger, a.ledger.numbers(), a.relations.all.len());
        reports.push(serde_json::json!({"path":p,"findings":f}));
    }
    println!("{}", serde_json::json!({"version":1,"reports":reports}));
}
