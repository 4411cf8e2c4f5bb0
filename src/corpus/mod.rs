//! Many reports together: what one report alone cannot show. Works on what was kept of finished audits. Statistics over
//! reports are of whole numbers and exact decimals, and never reach a verdict on a figure.

mod anomalies;
pub mod copies;
pub mod digest;
mod gather;
mod kinds;
mod leftovers;
mod mine;
mod rank;
mod register;
mod remark;
mod reuse;
mod units;
mod years;

pub use digest::Level;
pub use gather::{Corpus, Report, Stake};
pub use kinds::{KINDS, Kind};
pub use mine::{Miner, Proposal};
pub use rank::{Ranked, Ranking, reports_by_rule};
pub use remark::Remark;
pub use units::Units;

use copies::{Copies, Known, Texts};

/// What comparing the reports of a corpus found.
#[derive(Debug, Default)]
pub struct Findings {
    pub copies: Copies,
    /// In their one order.
    pub remarks: Vec<Remark>,
}

/// Compares the reports of a corpus, once it is settled. `text` gives the words of some of its passages; `register`
/// lists, line by line, the units that should have reported; `known` holds the similarities that the last scan computed.
pub fn compare(corpus: &Corpus, text: &Texts<'_>, register: Option<&str>, known: &mut Known) -> Findings {
    let copies = corpus.passages.compare(text, &corpus.units.names, known);
    let mut remarks = reuse::remarks(corpus, &copies, text);
    remarks.extend(leftovers::remarks(corpus, &copies, text));
    remarks.extend(years::remarks(corpus));
    remarks.extend(anomalies::remarks(corpus));
    remarks.extend(register.into_iter().flat_map(|list| register::remarks(corpus, list)));
    remarks.sort();
    Findings { copies, remarks }
}
