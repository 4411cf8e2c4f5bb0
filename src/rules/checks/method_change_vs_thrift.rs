//! 减少系口径调整却称节约: the fall is put down to thrift, and further on to something no longer counted in.

use super::{Context, Sink};
use crate::rules::reading::{bodies, first_of, sentence_around};

const THRIFT: &[&str] = &["厉行节约", "勤俭节约", "压减开支", "严格控制", "节约开支"];
/// What is no longer counted in.
const METHOD: &[&str] = &["未计算", "未计入", "未纳入", "不再计入", "不再纳入", "转列", "改列", "口径调整", "口径变化"];
const CAUSED: &[&str] = &["导致", "使得", "造成", "致使", "所以"];
const FALL: &[&str] = &["减少", "下降", "降低"];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let concordance = context.shared.concordance();
    if !concordance.holds_any(THRIFT) || !concordance.holds_any(METHOD) {
        return;
    }
    for stretch in bodies(context.document) {
        let text = stretch.text();
        let Some((thrift, saying)) = first_of(text, THRIFT) else { continue };
        let Some((method, word)) = first_of(text, METHOD) else { continue };
        let sentence = &text[sentence_around(text, method)];
        let has = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
        let reason = text[sentence_around(text, thrift)].contains("原因");
        if reason && has(CAUSED) && has(FALL) {
            let message = format!("既说减少是因为{saying}，又说是因为{word}");
            let added = sink.report(stretch.span(method..method + word.len()), "口径", message);
            added.with(stretch.span(thrift..thrift + saying.len()), "节约");
        }
    }
}
