//! The subjects of an office as of one day, in columns: years as bits, days in packed lists.

use std::ops::Range;

use chrono::Datelike;
use rayon::prelude::*;

use crate::ask::title_day;
use crate::facts::{Day, Facts, Subject, Year};
use crate::scan::names::Names;
use crate::scan::pack::{Numbers, pack};
use crate::scan::panel::Panel;
use crate::scan::reads::Reads;
use crate::scan::records::Records;

/// How many years the bits of a column hold; the last is the year of the day.
pub(crate) const BITS: i32 = 64;
/// How many years the record can be declared whole.
pub(crate) const WHOLE_BITS: i32 = 128;
/// How many subjects stand together in one panel: a column of theirs fits the near caches.
pub(crate) const PANEL: usize = 4096;

/// What the law is asked about, for many subjects, as known on one day.
#[derive(Debug)]
pub struct Snapshot {
    day: Day,
    reads: Reads,
    names: Names,
    /// By kind of subject; all panels are full but the last.
    panels: [Vec<Panel>; 3],
}

/// Where a subject stands in a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub subject: Subject,
    pub row: u32,
}

impl Place {
    /// The panel of the subject and its place in it.
    fn parts(self) -> (usize, usize) {
        (self.row as usize / PANEL, self.row as usize % PANEL)
    }
}

impl Snapshot {
    /// An empty snapshot as of a day, for every question.
    pub fn new(day: Day) -> Self {
        Snapshot::reading(day, Reads::everything())
    }

    /// An empty snapshot as of a day that keeps only what some questions read.
    pub fn reading(day: Day, reads: Reads) -> Self {
        Snapshot { day, reads, names: Names::default(), panels: Default::default() }
    }

    /// The day as of which the records are known.
    pub fn day(&self) -> Day {
        self.day
    }

    /// How many subjects of a kind.
    pub fn count(&self, subject: Subject) -> usize {
        let panels = &self.panels[subject as usize];
        panels.last().map_or(0, |last| (panels.len() - 1) * PANEL + last.count())
    }

    /// Adds subjects behind those that are there, packed on all threads of the pool.
    pub fn extend(&mut self, records: &Records) {
        let numbers = Numbers::of(records, &mut self.names, &self.reads);
        let (day, reads) = (self.day, &self.reads);
        let packed = |subjects: Range<u32>| pack(records, subjects, day, reads, &numbers);
        let panels = &mut self.panels[records.subject() as usize];
        let (count, mut first) = (records.count(), 0);
        if let Some(last) = panels.last_mut().filter(|last| last.count() < PANEL) {
            first = count.min((PANEL - last.count()) as u32);
            last.lay(last.count()..last.count(), packed(0..first));
        }
        let begins: Vec<u32> = (first..count).step_by(PANEL).collect();
        panels.par_extend(begins.into_par_iter().map(|begin| packed(begin..count.min(begin + PANEL as u32))));
    }

    /// Adds a subject.
    pub fn push(&mut self, facts: &Facts) -> Place {
        let place = Place { subject: facts.subject, row: self.count(facts.subject) as u32 };
        let mut records = Records::new(facts.subject);
        records.push(facts);
        self.extend(&records);
        place
    }

    /// Replaces what is known of a subject; the facts must be of the same kind of subject.
    pub fn set(&mut self, place: Place, facts: &Facts) {
        let mut records = Records::new(place.subject);
        records.push(facts);
        let numbers = Numbers::of(&records, &mut self.names, &self.reads);
        let packed = pack(&records, 0..1, self.day, &self.reads, &numbers);
        let (panel, at) = place.parts();
        self.panels[place.subject as usize][panel].lay(at..at + 1, packed);
    }

    /// Whether a subject was ever given an honour, by the day.
    ///
    /// # Panics
    /// When the snapshot was made for questions that do not ask this.
    pub fn holds(&self, place: Place, award: &str) -> bool {
        assert!(self.reads.has_held(award), "the snapshot was made for other questions");
        let Some(number) = self.names.awards.find(award) else { return false };
        let (panel, at) = place.parts();
        let panel = &self.panels[place.subject as usize][panel];
        if let Some(facts) = panel.odd.get(&(at as u32)) {
            return facts.titles.iter().any(|fact| fact.award == award && title_day(fact) <= self.day)
                || facts.awards.iter().any(|fact| fact.award == award && fact.decided <= self.day);
        }
        panel.titles.get(usize::from(number)).is_some_and(|years| years.get(at).is_some_and(|years| *years != 0))
            || panel.awards(at).any(|fact| fact.award == number)
    }

    /// The bytes that the columns take for the subjects of a kind, names and ids not counted.
    pub fn bytes(&self, subject: Subject) -> usize {
        self.panels[subject as usize].iter().map(Panel::bytes).sum()
    }

    /// The panel of a row with the place of the row in it.
    pub(crate) fn panel(&self, subject: Subject, row: u32) -> (&Panel, usize) {
        let (panel, at) = Place { subject, row }.parts();
        (&self.panels[subject as usize][panel], at)
    }

    pub(crate) fn reads(&self) -> &Reads {
        &self.reads
    }

    pub(crate) fn names(&self) -> &Names {
        &self.names
    }

    pub(crate) fn year(&self) -> Year {
        self.day.year()
    }
}
