//! The form that a report follows, told by its headings.

use super::Own;
use crate::check::Audit;
use crate::corpus::copies::fingerprint;

/// A fingerprint of the outermost headings of which there are several, without numbers and the unit's name; `None` for a
/// report that has none.
pub(super) fn of(audit: &Audit) -> Option<u64> {
    let own = Own::of(audit);
    let sections = &audit.document.sections;
    let several = |level: &u8| sections.iter().filter(|section| section.level == *level).count() > 1;
    let level = sections.iter().map(|section| section.level).filter(several).min()?;
    let titles = sections.iter().filter(|section| section.level == level).map(|section| own.masked(&section.title));
    let headings: Vec<String> = titles.collect();
    Some(fingerprint(&headings.join("\n")))
}
