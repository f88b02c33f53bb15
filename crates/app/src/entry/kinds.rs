//! Every kind of record that a form enters or a history tells, in the order of a page.

mod attestation;
mod complete_range;
mod conferral;
mod discipline;
mod grade;
mod hold;
mod household;
mod identity;
mod initiative;
mod initiative_use;
mod leave;
mod membership;
mod person;
mod post;
mod registration;
mod roster_exception;
mod unit;
mod unit_lineage;
mod unit_name;

use store::entry::Named;

use super::{Choices, Kind};

/// On the staff of the unit or seconded to it.
pub const MEMBERSHIPS: Choices = membership::KINDS;
/// The yearly grades.
pub const GRADES: Choices = grade::GRADES;

/// The registry: a kind of record is one file and one line.
pub const KINDS: &[&Kind] = &[
    &person::KIND,
    &household::KIND,
    &identity::KIND,
    &unit::KIND,
    &unit_name::KIND,
    &unit_lineage::KIND,
    &membership::KIND,
    &post::KIND,
    &grade::KIND,
    &conferral::KIND,
    &initiative::KIND,
    &initiative_use::KIND,
    &discipline::KIND,
    &hold::KIND,
    &leave::KIND,
    &registration::KIND,
    &roster_exception::KIND,
    &attestation::KIND,
    &complete_range::KIND,
];

/// The kind with a word in an address.
pub fn by_word(word: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.word == word)
}

/// The kind of a table.
pub fn by_noun(noun: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.noun == noun)
}

/// The kinds that are about such a subject.
pub fn of(whose: &Named) -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().copied().filter(|kind| kind.of.suits(whose.subject, whose.household))
}
