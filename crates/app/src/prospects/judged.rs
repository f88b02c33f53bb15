//! The answers of the scan kept small: one byte for each honour and subject.

use rules::ask::Verdict;
use rules::facts::Subject;
use rules::scan::rulebook::{Block, Progress};
use rules::scan::snapshot::Place;

use crate::prospects::SUBJECTS;
use crate::prospects::kept::Kept;
use crate::prospects::laws;

/// What one honour comes to for one subject; not met where the law of the subject has no such honour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mark(u8);

const MET: u8 = 2;
const UNKNOWN: u8 = 1;
const NOT_MET: u8 = 0;
/// The law of the day is not loaded: the verdict is the one under the last loaded values.
const PROVISIONAL: u8 = 4;
/// One condition alone stands in the way, it asks for one more, and with it the standard would hold.
const CLOSE: u8 = 8;
/// The subject was given the honour before.
const HELD: u8 = 16;

impl Mark {
    /// What an honour, by its place in the book of the block, comes to for a row.
    fn of(block: &Block<'_, '_>, award: usize, row: u32) -> Self {
        let (verdict, provisional) = block.verdict(award, row);
        let nearest = block.nearest(award, row).unwrap_or(provisional.unwrap_or(verdict));
        let verdict = match nearest {
            Verdict::Met => MET,
            Verdict::Unknown => UNKNOWN,
            Verdict::NotMet => NOT_MET,
        };
        let close = verdict == NOT_MET && block.is_one_short(award, row);
        let bit = |holds: bool, bit: u8| if holds { bit } else { 0 };
        let held = block.is_held(award, row);
        Mark(verdict | bit(provisional.is_some(), PROVISIONAL) | bit(close, CLOSE) | bit(held, HELD))
    }

    /// What the nearest standard comes to under the last loaded values.
    pub fn verdict(self) -> Verdict {
        match self.0 & 3 {
            MET => Verdict::Met,
            UNKNOWN => Verdict::Unknown,
            _ => Verdict::NotMet,
        }
    }

    /// Whether the verdict is that of the last loaded values.
    pub fn is_provisional(self) -> bool {
        self.0 & PROVISIONAL != 0
    }

    /// Whether only one thing of one kind is missing.
    pub fn is_close(self) -> bool {
        self.0 & CLOSE != 0
    }

    pub fn is_held(self) -> bool {
        self.0 & HELD != 0
    }
}

/// Every answer, by kind of subject, honour and row.
#[derive(Debug, Default)]
pub struct Judged {
    people: Answers,
    collectives: Answers,
    households: Answers,
}

/// The answers for one kind of subject.
#[derive(Debug, Default)]
pub struct Answers {
    /// The ids of the honours in the order of the law.
    pub awards: Vec<String>,
    /// By row and honour.
    marks: Vec<Mark>,
}

impl Answers {
    /// What an honour, by its place in `awards`, comes to for a row.
    pub fn mark(&self, award: usize, row: u32) -> Mark {
        self.marks[row as usize * self.awards.len() + award]
    }

    fn all(kept: &Kept, subject: Subject) -> Self {
        let number = |row: u32| kept.at(Place { subject, row }).law;
        let read = |block: &Block<'_, '_>, place: usize, row: u32| Mark::of(block, place, row);
        let found = kept.laws().judge(
            &kept.snapshot,
            subject,
            |award| kept.is_asked(award),
            number,
            &Progress::default(),
            read,
        );
        // Nothing stops this run, so it always comes to its end.
        found.map_or_else(Answers::default, |found| Answers { awards: found.awards, marks: found.kept })
    }

    fn again(&mut self, kept: &Kept, subject: Subject, rows: impl Iterator<Item = u32>) {
        let books = kept.laws().books(&kept.snapshot, subject, |award| kept.is_asked(award));
        let places: Vec<_> = books.iter().map(|book| laws::places(book, &self.awards)).collect();
        let width = self.awards.len();
        for row in rows {
            let number = kept.at(Place { subject, row }).law;
            let block = books[number].block(row);
            let begin = row as usize * width;
            if self.marks.len() < begin + width {
                self.marks.resize(begin + width, Mark(UNKNOWN));
            }
            for (mark, place) in self.marks[begin..begin + width].iter_mut().zip(&places[number]) {
                *mark = place.map_or_else(Mark::default, |place| Mark::of(&block, place, row));
            }
        }
    }
}

impl Judged {
    /// Judges every subject of an office.
    pub fn all(kept: &Kept) -> Self {
        let [people, collectives, households] = SUBJECTS.map(|subject| Answers::all(kept, subject));
        Judged { people, collectives, households }
    }

    /// Judges some subjects again.
    pub fn again(&mut self, kept: &Kept, places: &[Place]) {
        for subject in SUBJECTS {
            let answers = match subject {
                Subject::CaNhan => &mut self.people,
                Subject::TapThe => &mut self.collectives,
                Subject::HoGiaDinh => &mut self.households,
            };
            let mut rows = places.iter().filter(|place| place.subject == subject).map(|place| place.row).peekable();
            if rows.peek().is_some() {
                answers.again(kept, subject, rows);
            }
        }
    }

    /// The answers for a kind of subject.
    pub fn of(&self, subject: Subject) -> &Answers {
        match subject {
            Subject::CaNhan => &self.people,
            Subject::TapThe => &self.collectives,
            Subject::HoGiaDinh => &self.households,
        }
    }
}
