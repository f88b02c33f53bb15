//! The subjects of an office as of one day, in columns: years as bits, days in packed lists.

use std::collections::{BTreeMap, HashMap};

use chrono::Datelike;

use crate::ask::title_day;
use crate::facts::{Day, Facts, MembersFact, Subject, Year};
use crate::scan::names::{NO_USE, Names};
use crate::scan::packed::{self, Packed, PackedAward};

/// How many years the bits of a column hold; the last is the year of the day.
pub(crate) const BITS: i32 = 64;
/// How many years the record can be declared whole.
pub(crate) const WHOLE_BITS: i32 = 128;
/// The kinds of record that can be declared whole.
pub(crate) const KINDS: usize = 10;

/// In which years each kind of record is whole, as bits; the last bit is the year of the day.
pub(crate) type Whole = [u128; KINDS];

/// Everything that the law is asked about, for many subjects, as known on one day.
#[derive(Debug)]
pub struct Snapshot {
    day: Day,
    names: Names,
    panels: [Panel; 3],
}

/// Where a subject stands in a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub subject: Subject,
    pub row: u32,
}

impl Snapshot {
    /// An empty snapshot as of a day.
    pub fn new(day: Day) -> Self {
        let mut names = Names::default();
        names.uses.take("", NO_USE);
        Snapshot { day, names, panels: Default::default() }
    }

    /// The day as of which the records are known.
    pub fn day(&self) -> Day {
        self.day
    }

    /// How many subjects of a kind.
    pub fn count(&self, subject: Subject) -> usize {
        self.panel(subject).tail.len()
    }

    /// Adds a subject.
    pub fn push(&mut self, facts: &Facts) -> Place {
        let subject = facts.subject;
        let panel = &mut self.panels[subject as usize];
        let row = panel.tail.len() as u32;
        panel.grow();
        self.set(Place { subject, row }, facts);
        Place { subject, row }
    }

    /// Replaces what is known of a subject; the facts must be of the same kind of subject.
    pub fn set(&mut self, place: Place, facts: &Facts) {
        let panel = &mut self.panels[place.subject as usize];
        panel.odd.remove(&place.row);
        panel.members.remove(&place.row);
        match packed::pack(&mut self.names, facts, self.day) {
            Some(packed) => panel.write(place.row, packed),
            None => {
                panel.write(place.row, Packed::default());
                panel.odd.insert(place.row, facts.clone());
            }
        }
        if panel.spare > panel.words.len() / 2 && panel.words.len() > 4096 {
            panel.compact();
        }
    }

    /// Whether a subject was ever given an honour, by the day.
    pub fn holds(&self, place: Place, award: &str) -> bool {
        let (panel, row) = (self.panel(place.subject), place.row as usize);
        if let Some(facts) = panel.odd.get(&place.row) {
            return facts.titles.iter().any(|fact| fact.award == award && title_day(fact) <= self.day)
                || facts.awards.iter().any(|fact| fact.award == award && fact.decided <= self.day);
        }
        let Some(number) = self.names.awards.find(award) else { return false };
        panel.titles.get(usize::from(number)).is_some_and(|years| years.get(row).is_some_and(|years| *years != 0))
            || panel.awards(row).any(|fact| fact.award == number)
    }

    /// The bytes that the columns take for the subjects of a kind, names and ids not counted.
    pub fn bytes(&self, subject: Subject) -> usize {
        self.panel(subject).bytes()
    }

    pub(crate) fn panel(&self, subject: Subject) -> &Panel {
        &self.panels[subject as usize]
    }

    pub(crate) fn names(&self) -> &Names {
        &self.names
    }

    pub(crate) fn year(&self) -> Year {
        self.day.year()
    }
}

/// The columns of one kind of subject.
#[derive(Debug)]
pub(crate) struct Panel {
    /// Years with a grade, and with each grade from `hoan-thanh` upwards or better.
    pub graded: [Vec<u64>; 4],
    /// By number of the honour: the years of the title; an empty list where nobody holds it.
    pub titles: Vec<Vec<u64>>,
    pub registered: Vec<u64>,
    /// Days since the start of the era; [`i32::MIN`] where not known.
    pub recruited: Vec<i32>,
    /// The first year in which there can be records; [`i16::MIN`] where not known.
    pub life: Vec<i16>,
    /// Sex and group, see [`packed`].
    pub who: Vec<u8>,
    /// The place of the years for which records are whole in `wholes`.
    pub whole: Vec<u32>,
    /// Where the lists of a subject begin in `words`.
    pub tail: Vec<u32>,
    pub wholes: Vec<Whole>,
    numbers: HashMap<Whole, u32>,
    pub words: Vec<u32>,
    /// How many of `words` nobody points to any more.
    spare: usize,
    /// Of a collective: its members in the year under review.
    pub members: BTreeMap<u32, MembersFact>,
    /// Subjects whose records do not fit the columns; the explainer answers for them.
    pub odd: BTreeMap<u32, Facts>,
}

impl Default for Panel {
    fn default() -> Self {
        Panel {
            graded: Default::default(),
            titles: Vec::new(),
            registered: Vec::new(),
            recruited: Vec::new(),
            life: Vec::new(),
            who: Vec::new(),
            whole: Vec::new(),
            tail: Vec::new(),
            wholes: Vec::new(),
            numbers: HashMap::new(),
            // The lists of a subject that has none.
            words: vec![0, 0],
            spare: 0,
            members: BTreeMap::new(),
            odd: BTreeMap::new(),
        }
    }
}

impl Panel {
    /// One of the packed lists of a subject, see [`packed`].
    #[inline(always)]
    pub fn list(&self, at: usize, which: usize) -> &[u32] {
        let begin = self.tail[at] as usize;
        if begin == 0 { &[] } else { packed::list(&self.words[begin..], which) }
    }

    /// The awards of a subject decided by the day, in the order of the record.
    pub fn awards(&self, at: usize) -> impl Iterator<Item = PackedAward> {
        self.list(at, packed::AWARDS).chunks_exact(2).map(PackedAward::read)
    }

    fn grow(&mut self) {
        self.graded.iter_mut().for_each(|column| column.push(0));
        self.titles.iter_mut().filter(|column| !column.is_empty()).for_each(|column| column.push(0));
        self.registered.push(0);
        self.recruited.push(i32::MIN);
        self.life.push(i16::MIN);
        self.who.push(0);
        self.whole.push(0);
        self.tail.push(0);
    }

    fn write(&mut self, row: u32, packed: Packed) {
        let at = row as usize;
        for (column, years) in self.graded.iter_mut().zip(packed.graded) {
            column[at] = years;
        }
        self.titles.iter_mut().filter(|column| !column.is_empty()).for_each(|column| column[at] = 0);
        for (award, years) in packed.titles {
            let award = usize::from(award);
            if self.titles.len() <= award {
                self.titles.resize_with(award + 1, Vec::new);
            }
            let column = &mut self.titles[award];
            if column.is_empty() {
                column.resize(self.tail.len(), 0);
            }
            column[at] = years;
        }
        self.registered[at] = packed.registered;
        self.recruited[at] = packed.recruited.map_or(i32::MIN, |day| day.num_days_from_ce());
        self.life[at] = packed.life;
        self.who[at] = packed.who;
        self.whole[at] = self.whole_number(packed.whole);
        if let Some(members) = packed.members {
            self.members.insert(row, members);
        }
        self.write_tail(at, &packed.tail);
    }

    fn whole_number(&mut self, whole: Whole) -> u32 {
        let next = self.wholes.len() as u32;
        let number = *self.numbers.entry(whole).or_insert(next);
        if number == next {
            self.wholes.push(whole);
        }
        number
    }

    /// Keeps the lists of a subject in the place of the former ones where they fit, else at the end.
    fn write_tail(&mut self, at: usize, tail: &[u32]) {
        let begin = self.tail[at] as usize;
        let before = if begin == 0 { 0 } else { packed::length(&self.words[begin..]) };
        if tail.is_empty() {
            self.spare += before;
            self.tail[at] = 0;
        } else if tail.len() <= before {
            self.words[begin..begin + tail.len()].copy_from_slice(tail);
            self.spare += before - tail.len();
        } else {
            self.spare += before;
            self.tail[at] = self.words.len() as u32;
            self.words.extend_from_slice(tail);
        }
    }

    /// Copies the lists that are in use and drops the rest.
    fn compact(&mut self) {
        let mut words = vec![0, 0];
        for begin in self.tail.iter_mut().filter(|begin| **begin != 0) {
            let from = *begin as usize;
            let length = packed::length(&self.words[from..]);
            *begin = words.len() as u32;
            words.extend_from_slice(&self.words[from..from + length]);
        }
        self.words = words;
        self.spare = 0;
    }

    fn bytes(&self) -> usize {
        let years = self.graded.iter().chain(&self.titles).map(Vec::len).sum::<usize>() + self.registered.len();
        let small = self.who.len() + 2 * self.life.len();
        let fours = self.recruited.len() + self.whole.len() + self.tail.len() + self.words.len();
        8 * years + small + 4 * fours + self.wholes.len() * size_of::<Whole>()
    }
}
