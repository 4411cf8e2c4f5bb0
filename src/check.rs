//! One report, pure: from text to findings.
