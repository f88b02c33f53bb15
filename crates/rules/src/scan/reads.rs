//! Which columns a question reads: a snapshot made for it holds no others.

use std::collections::BTreeSet;

use crate::facts::{Day, Subject};
use crate::law::{Award, Law};
use crate::scan::award::Compiler;
use crate::scan::packed::{self, LISTS};
use crate::scan::snapshot::Snapshot;

/// Columns that are packed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// The day of recruitment.
    Recruited,
    /// The first year in which there can be records.
    Life,
    /// Sex and group.
    Who,
    Grades,
    Registered,
    Members,
    /// One of the packed lists, see [`crate::scan::packed`].
    List(usize),
}

impl Part {
    /// Every part; grades before the members who are counted by them.
    pub fn all() -> impl Iterator<Item = Part> {
        let bare = [Part::Recruited, Part::Life, Part::Who, Part::Grades, Part::Registered, Part::Members];
        bare.into_iter().chain((0..LISTS).map(Part::List))
    }
}

/// What is read of the records; for which years they are whole is always known.
#[derive(Debug, Clone, Default)]
pub struct Reads {
    everything: bool,
    parts: BTreeSet<Part>,
    /// The honours whose years are read.
    titles: BTreeSet<String>,
}

impl Reads {
    /// Every column.
    pub fn everything() -> Self {
        Reads { everything: true, ..Reads::default() }
    }

    /// What the honours of the law that `wanted` keeps read of one kind of subject on a day.
    pub fn of(law: &Law, day: Day, subject: Subject, wanted: impl Fn(&Award) -> bool) -> Self {
        let nobody = Snapshot::new(day);
        let compiler = Compiler::new(law, &nobody, subject);
        compiler.awards(wanted);
        compiler.compiled().1
    }

    /// The same, and whether subjects were ever given some honours.
    pub fn with_held<'t>(mut self, awards: impl IntoIterator<Item = &'t str>) -> Self {
        self.add(Part::List(packed::AWARDS));
        self.add_titles(awards);
        self
    }

    /// What either reads.
    pub fn and(mut self, other: Reads) -> Self {
        self.everything |= other.everything;
        self.parts.extend(other.parts);
        self.titles.extend(other.titles);
        self
    }

    pub(crate) fn add(&mut self, part: Part) {
        self.parts.insert(part);
        if part == Part::Members {
            // Whose numbers count hangs on whether this year is graded.
            self.parts.insert(Part::Grades);
        }
    }

    pub(crate) fn add_titles<'t>(&mut self, awards: impl IntoIterator<Item = &'t str>) {
        self.titles.extend(awards.into_iter().map(str::to_owned));
    }

    pub(crate) fn has(&self, part: Part) -> bool {
        self.everything || self.parts.contains(&part)
    }

    pub(crate) fn has_titles(&self, award: &str) -> bool {
        self.everything || self.titles.contains(award)
    }

    /// Whether it is read who was ever given an honour.
    pub(crate) fn has_held(&self, award: &str) -> bool {
        self.has(Part::List(packed::AWARDS)) && self.has_titles(award)
    }

    /// Whether everything that another question reads is read.
    pub(crate) fn covers(&self, other: &Reads) -> bool {
        self.everything
            || !other.everything && self.parts.is_superset(&other.parts) && self.titles.is_superset(&other.titles)
    }
}
