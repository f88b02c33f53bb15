//! How far the loaded law reaches: for every honour and every regime whether records can decide, and what is missing.

use std::collections::{BTreeMap, BTreeSet};

use rules::facts::Day;
use rules::law::{Award, Law, Role};

use crate::standing::{self, Loaded, Standing};

/// One honour through the regimes.
pub struct Coverage<'l> {
    pub award: &'l Award,
    /// One for each day of [`regimes`].
    pub cells: Vec<Cell<'l>>,
}

/// What the loaded law can say of an honour under one regime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<'l> {
    pub reach: Reach,
    /// Conditions that records or confirmations decide, by whether the text was checked.
    pub verified: usize,
    pub unverified: usize,
    /// From the id of a text to the number of conditions that wait for it.
    pub waiting: BTreeMap<&'l str, usize>,
}

/// How far an answer reaches under one regime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// The law of the day does not have the honour.
    NotGiven,
    /// Every condition can be decided.
    Decided,
    /// Some conditions or ways wait for a text.
    Partly,
    /// The last values are loaded, but the text has been changed by one that is not at hand.
    ToCheck,
    /// No condition is loaded.
    Unknown,
}

impl Reach {
    /// The word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotGiven => "not_given",
            Self::Decided => "decided",
            Self::Partly => "partly",
            Self::ToCheck => "to_check",
            Self::Unknown => "unknown",
        }
    }

    /// The key of the word for a reader.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotGiven => "coverage-not-given",
            Self::Decided => "coverage-decided",
            Self::Partly => "coverage-partly",
            Self::ToCheck => "coverage-to-check",
            Self::Unknown => "coverage-unknown",
        }
    }
}

/// The first day of every regime: the first law that is loaded, then each change of the law that divides dossiers.
pub fn regimes(law: &Law) -> Vec<Day> {
    let first = law.awards.iter().flat_map(|award| &award.names).map(|row| row.from).min();
    let days: BTreeSet<Day> = first.into_iter().chain(law.transitions.iter().map(|change| change.change)).collect();
    days.into_iter().collect()
}

/// Every honour through the regimes, in the order of lists; names under which classes are only grouped are left out.
pub fn of(law: &Law) -> Vec<Coverage<'_>> {
    let regimes = regimes(law);
    let own = law.awards.iter().filter(|award| award.family.as_ref() != Some(&award.id));
    let covered = |award| Coverage { award, cells: regimes.iter().map(|day| cell(law, award, *day)).collect() };
    own.map(covered).collect()
}

fn cell<'l>(law: &'l Law, award: &'l Award, day: Day) -> Cell<'l> {
    let mut cell = Cell { reach: reach(law, award, day), verified: 0, unverified: 0, waiting: BTreeMap::new() };
    let standards = award.standards.iter().filter(|standard| standard.touches(day));
    for (leaf, value) in standards.flat_map(|standard| standing::values(standard, day)) {
        match standing::of_value(law, leaf, value, day) {
            Standing::Waits { text, .. } => *cell.waiting.entry(text).or_default() += 1,
            _ if leaf.role == Role::Judgement => {}
            Standing::Verified => cell.verified += 1,
            Standing::Unverified => cell.unverified += 1,
        }
    }
    cell
}

fn reach(law: &Law, award: &Award, day: Day) -> Reach {
    if !award.names.iter().any(|row| row.holds(day)) {
        return Reach::NotGiven;
    }
    match standing::loaded(law, award, day) {
        Loaded::Whole => Reach::Decided,
        Loaded::Partly => Reach::Partly,
        Loaded::ToCheck { .. } => Reach::ToCheck,
        Loaded::Nothing => Reach::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::{Reach, of, regimes};
    use crate::law::built_in;

    #[test]
    fn the_regimes_are_the_days_on_which_the_law_changed() {
        let days: Vec<String> = regimes(&built_in()).iter().map(ToString::to_string).collect();
        assert_eq!(days.last().map(String::as_str), Some("2026-10-01"));
        assert!(days.is_sorted());
    }

    #[test]
    fn after_the_last_loaded_text_nothing_is_said_to_be_decided_and_the_text_is_named() {
        let law = built_in();
        for coverage in of(&law) {
            let last = coverage.cells.last().expect("a cell for each regime");
            assert_ne!(last.reach, Reach::Decided, "{}", coverage.award.id);
            if last.reach == Reach::ToCheck {
                assert_ne!(last.waiting.len(), 0, "{}", coverage.award.id);
            }
        }
    }
}
