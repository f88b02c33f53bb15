//! From the tables of records to the columns of a panel: only those that are read, each in one pass over its table.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use crate::facts::{Day, Grade, Year};
use crate::scan::names::Names;
use crate::scan::packed::{self, PackedAward, PackedConfirmation, PackedInitiative};
use crate::scan::panel::{KINDS, List, Panel, Whole};
use crate::scan::reads::{Part, Reads};
use crate::scan::records::{Complete, Records, Table};
use crate::scan::snapshot::{BITS, WHOLE_BITS};

/// The most awards of one subject: their places fit a byte beside [`crate::scan::asked::NO_ANCHOR`].
const MOST_AWARDS: u32 = 255;

/// The numbers in a snapshot of the words of records, by their numbers there; none where a word has none.
pub(crate) struct Numbers {
    awards: Vec<Option<u16>>,
    posts: Vec<Option<u16>>,
    confirmed: Vec<Option<u16>>,
    uses: Vec<Option<u16>>,
    /// Whether the years of a title are read.
    titles: Vec<bool>,
}

impl Numbers {
    /// Numbers the words of records among those of a snapshot.
    pub fn of(records: &Records, names: &mut Names, reads: &Reads) -> Self {
        let known = &records.names;
        Numbers {
            awards: names.awards.join(&known.awards, u16::MAX),
            posts: names.posts.join(&known.posts, u16::MAX),
            confirmed: names.confirmed.join(&known.confirmed, i16::MAX as u16),
            uses: names.uses.join(&known.uses, u16::MAX),
            titles: known.awards.texts().iter().map(|award| reads.has_titles(award)).collect(),
        }
    }
}

/// The columns of some subjects as known on a day.
pub(crate) fn pack(records: &Records, subjects: Range<u32>, day: Day, reads: &Reads, numbers: &Numbers) -> Panel {
    let first = day.year() - BITS + 1;
    let mut packing = Packing { records, subjects, day, first, numbers, odd: BTreeSet::new() };
    let mut panel = Panel::default();
    packing.whole(&mut panel);
    packing.titles(&mut panel);
    for part in Part::all().filter(|part| reads.has(*part)) {
        match part {
            Part::Recruited => panel.recruited = packing.recruited(),
            Part::Life => panel.life = packing.life(),
            Part::Who => panel.who = packing.who(),
            Part::Grades => packing.grades(&mut panel),
            Part::Registered => packing.registered(&mut panel),
            Part::Members => packing.members(&mut panel),
            Part::List(which) => panel.lists[which] = packing.list_of(which),
        }
    }
    let begin = packing.subjects.start;
    panel.odd = packing.odd.into_iter().map(|at| (at, records.facts(begin + at))).collect();
    panel
}

struct Packing<'r> {
    records: &'r Records,
    subjects: Range<u32>,
    day: Day,
    /// The year of the lowest bit.
    first: Year,
    numbers: &'r Numbers,
    /// Those with a record that does not fit.
    odd: BTreeSet<u32>,
}

impl<'r> Packing<'r> {
    /// The rows of a table about the subjects, each with the place of its subject.
    #[inline(always)]
    fn rows<R>(&self, table: &'r Table<R>) -> impl ExactSizeIterator<Item = (usize, &'r R)> + use<'r, R> {
        let begin = self.subjects.start;
        table.of(self.subjects.clone()).map(move |(subject, row)| ((subject - begin) as usize, row))
    }

    /// The subjects in a column of who they are.
    fn bare<T>(&self, column: &'r [T]) -> &'r [T] {
        &column[self.subjects.start as usize..self.subjects.end as usize]
    }

    fn whole(&mut self, panel: &mut Panel) {
        // By number in the records the number in the panel, and whether it fits.
        let mut wholes: Vec<Option<(u32, bool)>> = vec![None; self.records.complete.len()];
        let numbers = self.bare(&self.records.bare.complete);
        panel.whole.reserve(numbers.len());
        for (at, complete) in numbers.iter().map(|number| *number as usize).enumerate() {
            let (number, fits) = *wholes[complete].get_or_insert_with(|| {
                let whole = whole(&self.records.complete[complete], self.day);
                panel.wholes.push(whole.unwrap_or_default());
                (panel.wholes.len() as u32 - 1, whole.is_some())
            });
            panel.whole.push(number);
            if !fits {
                self.odd.insert(at as u32);
            }
        }
    }

    fn recruited(&self) -> Vec<i32> {
        let days = self.bare(&self.records.bare.recruited).iter();
        days.map(|day| day.map_or(i32::MIN, |day| day.num_days_from_ce())).collect()
    }

    fn life(&mut self) -> Vec<i16> {
        let bare = &self.records.bare;
        let first = self.bare(&bare.recruited).iter().zip(self.bare(&bare.born)).map(|(day, born)| day.or(*born));
        let year = |(at, first): (usize, Option<Day>)| match first.map(|first| i16::try_from(first.year())) {
            None => i16::MIN,
            Some(Ok(year)) if year != i16::MIN => year,
            Some(_) => {
                self.odd.insert(at as u32);
                i16::MIN
            }
        };
        first.enumerate().map(year).collect()
    }

    fn who(&self) -> Vec<u8> {
        let bare = &self.records.bare;
        let both = self.bare(&bare.sex).iter().zip(self.bare(&bare.group));
        both.map(|(sex, group)| packed::who(*sex, *group)).collect()
    }

    /// The bit of a year; where it does not fit, the subject is odd.
    #[inline(always)]
    fn bit(&mut self, at: usize, year: Year) -> u64 {
        packed::bit(year, self.first).unwrap_or_else(|| {
            self.odd.insert(at as u32);
            0
        })
    }

    fn grades(&mut self, panel: &mut Panel) {
        panel.graded = std::array::from_fn(|_| vec![0; self.subjects.len()]);
        let day = self.day;
        for (at, row) in self.rows(&self.records.grades).filter(|(_, row)| row.decided <= day) {
            let bit = self.bit(at, row.year);
            let reached = [true, row.grade >= Grade::HoanThanh, row.grade >= Grade::Tot, row.grade >= Grade::XuatSac];
            for (column, reached) in panel.graded.iter_mut().zip(reached) {
                column[at] = if reached { column[at] | bit } else { column[at] & !bit };
            }
        }
    }

    fn titles(&mut self, panel: &mut Panel) {
        let (numbers, day) = (self.numbers, self.day);
        // By number of the honour in the records; none where its years are not read.
        let mut columns: Vec<Option<Vec<u64>>> = numbers.titles.iter().map(|read| read.then(Vec::new)).collect();
        for (at, row) in self.rows(&self.records.titles) {
            let Some(column) = &mut columns[row.award as usize] else { continue };
            if row.decided <= day {
                if column.is_empty() {
                    column.resize(self.subjects.len(), 0);
                }
                column[at] |= self.bit(at, row.year);
            }
        }
        for (award, column) in columns.into_iter().enumerate() {
            let Some(column) = column.filter(|column| !column.is_empty()) else { continue };
            match numbers.awards[award].map(usize::from) {
                Some(number) => {
                    panel.titles.resize_with(panel.titles.len().max(number + 1), Vec::new);
                    panel.titles[number] = column;
                }
                None => self.odd.extend((0..).zip(column).filter(|(_, years)| *years != 0).map(|(at, _)| at)),
            }
        }
    }

    fn registered(&mut self, panel: &mut Panel) {
        panel.registered = vec![0; self.subjects.len()];
        // A registration for a year to come is asked for by nothing on the day.
        let this_year = self.day.year();
        for (at, year) in self.rows(&self.records.registrations).filter(|(_, year)| **year <= this_year) {
            panel.registered[at] |= self.bit(at, *year);
        }
    }

    fn members(&self, panel: &mut Panel) {
        for (at, fact) in self.rows(&self.records.members) {
            let review = self.day.year() - i32::from(panel.graded[0][at] >> (BITS - 1) == 0);
            if fact.year == review && fact.total > 0 {
                panel.members.entry(at as u32).or_insert_with(|| fact.clone());
            }
        }
    }

    fn list_of(&mut self, which: usize) -> List {
        let (records, numbers, day, first) = (self.records, self.numbers, self.day, self.first);
        match which {
            packed::AWARDS => {
                let list = self.list(&records.awards, |words, row, _| {
                    if row.decided <= day {
                        words.extend(PackedAward::words(numbers.awards[row.award as usize]?, row)?);
                    }
                    Some(())
                });
                let many = list.ends.windows(2).map(|ends| (ends[1] - ends[0]) / 2 > MOST_AWARDS);
                self.odd.extend((0..).zip(many).filter(|(_, many)| *many).map(|(at, _)| at));
                list
            }
            packed::INITIATIVES => self.list(&records.initiatives, |words, row, _| {
                if row.decided <= day {
                    packed::bit(row.year, first)?;
                    words.push(PackedInitiative::of(numbers.uses[row.uses as usize]?, row)?.0);
                }
                Some(())
            }),
            packed::TITLE_DAYS => self.list(&records.titles, |words, row, begin| {
                if row.decided <= day {
                    let award = u32::from(numbers.awards[row.award as usize]?);
                    let word = award << 16 | packed::short(row.decided)?;
                    match words[begin..].iter_mut().find(|known| **known >> 16 == award) {
                        Some(known) => *known = word.max(*known),
                        None => words.push(word),
                    }
                }
                Some(())
            }),
            packed::POSTS => self.list(&records.posts, |words, row, _| {
                if row.from <= day {
                    let post = u32::from(numbers.posts[row.post as usize]?);
                    words.extend([packed::between(row.from, row.to)?, post]);
                }
                Some(())
            }),
            packed::CONFIRMED => self.list(&records.attested, |words, row, _| {
                if row.on <= day {
                    words.push(PackedConfirmation::of(numbers.confirmed[row.condition as usize]?, row)?.0);
                }
                Some(())
            }),
            packed::LEAVE => {
                let review = NaiveDate::from_ymd_opt(day.year() - 1, 1, 1).unwrap_or(day);
                self.list(&records.leave, |words, row, _| {
                    if row.from <= day && row.to.is_none_or(|to| to >= review) {
                        words.extend([packed::between(row.from, row.to)?, row.kind as u32]);
                    }
                    Some(())
                })
            }
            packed::DISCIPLINES => self.list(&records.disciplines, |words, row, _| {
                if row.from <= day {
                    words.extend([packed::between(row.from, row.to)?, row.kind as u32]);
                }
                Some(())
            }),
            _ => self.list(&records.holds, |words, row, _| {
                if row.from <= day && row.to.is_none_or(|to| to >= day) {
                    words.push((row.kind as u32) << 16 | packed::until(row.to)?);
                }
                Some(())
            }),
        }
    }

    /// A list from a table: `write` adds the words of a row and knows where those of its subject begin; none where the
    /// row does not fit.
    #[inline(always)]
    fn list<R>(&mut self, table: &'r Table<R>, write: impl Fn(&mut Vec<u32>, &R, usize) -> Option<()>) -> List {
        let rows = self.rows(table);
        let mut list = List { ends: vec![0; self.subjects.len() + 1], words: Vec::with_capacity(rows.len()) };
        let (mut subject, mut begin) = (usize::MAX, 0);
        for (at, row) in rows {
            if at != subject {
                (subject, begin) = (at, list.words.len());
            }
            if write(&mut list.words, row, begin).is_none() {
                self.odd.insert(at as u32);
            }
            list.ends[at + 1] = list.words.len() as u32;
        }
        let mut last = 0;
        for end in &mut list.ends {
            last = last.max(*end);
            *end = last;
        }
        list
    }
}

/// The years of the records that are whole as bits; none where they reach too far back.
fn whole(complete: &Complete, day: Day) -> Option<Whole> {
    let mut whole = [0; KINDS];
    let first = day.year() - WHOLE_BITS + 1;
    for (kind, ranges) in complete {
        for (from, to) in ranges.iter().map(|&(from, to)| (from, to.min(day.year()))) {
            if from > to {
                continue;
            }
            if from < first {
                return None;
            }
            whole[*kind as usize] |= packed::run((from - first) as u32, (to - first) as u32);
        }
    }
    Some(whole)
}
