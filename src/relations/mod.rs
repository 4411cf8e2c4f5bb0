//! Evaluation: claims and required formulas become relations with verdicts, by exact interval arithmetic.
//! Knows formulas; does not know how a finding looks.
