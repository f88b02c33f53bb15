//! The people written to show a finding: their records lead to it.

use std::collections::BTreeSet;

use super::{DEMONSTRATION, person};

#[test]
fn every_case_is_a_person_of_the_demonstration() {
    for (code, finding) in &DEMONSTRATION.findings {
        assert_eq!(person(code).remark, finding.because);
    }
}

#[test]
fn every_verdict_is_shown_by_somebody() {
    let verdicts: BTreeSet<&str> = DEMONSTRATION.findings.iter().map(|(_, finding)| finding.verdict.as_str()).collect();
    assert_eq!(verdicts, BTreeSet::from(["met", "not_met", "unknown"]));
}
