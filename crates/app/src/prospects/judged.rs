//! The answers of the scan kept small: one byte for each honour and subject.

use rules::ask::Verdict;
use rules::facts::Subject;
use rules::law::Law;
use rules::scan::rulebook::{Block, Progress, Rulebook};
use rules::scan::snapshot::{Place, Snapshot};

/// What one honour comes to for one subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    fn of(block: &Block<'_, '_>, award: usize, row: u32, held: bool) -> Self {
        let (verdict, provisional) = block.verdict(award, row);
        let nearest = block.nearest(award, row).unwrap_or(provisional.unwrap_or(verdict));
        let verdict = match nearest {
            Verdict::Met => MET,
            Verdict::Unknown => UNKNOWN,
            Verdict::NotMet => NOT_MET,
        };
        let close = verdict == NOT_MET && block.is_one_short(award, row);
        let bit = |holds: bool, bit: u8| if holds { bit } else { 0 };
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

    fn all(law: &Law, snapshot: &Snapshot, subject: Subject) -> Self {
        let book = Rulebook::new(law, snapshot, subject, |_| true);
        let awards: Vec<String> = book.awards().map(|award| award.id.clone()).collect();
        let blocks = book.run(&Progress::default(), |block| marks(block, snapshot, subject, &awards));
        Answers { marks: blocks.unwrap_or_default().concat(), awards }
    }

    fn again(&mut self, law: &Law, snapshot: &Snapshot, subject: Subject, rows: impl Iterator<Item = u32>) {
        let book = Rulebook::new(law, snapshot, subject, |_| true);
        let width = self.awards.len();
        for row in rows {
            let fresh = marks(&book.block(row, 1), snapshot, subject, &self.awards);
            let begin = row as usize * width;
            if self.marks.len() < begin + width {
                self.marks.resize(begin + width, Mark(UNKNOWN));
            }
            self.marks[begin..begin + width].copy_from_slice(&fresh);
        }
    }
}

fn marks(block: &Block<'_, '_>, snapshot: &Snapshot, subject: Subject, awards: &[String]) -> Vec<Mark> {
    let one = |row: u32| {
        let held = move |award: &String| snapshot.holds(Place { subject, row }, award);
        awards.iter().enumerate().map(move |(place, award)| Mark::of(block, place, row, held(award)))
    };
    block.rows().flat_map(one).collect()
}

impl Judged {
    /// Judges every subject.
    pub fn all(law: &Law, snapshot: &Snapshot) -> Self {
        Judged {
            people: Answers::all(law, snapshot, Subject::CaNhan),
            collectives: Answers::all(law, snapshot, Subject::TapThe),
        }
    }

    /// Judges some subjects again.
    pub fn again(&mut self, law: &Law, snapshot: &Snapshot, places: &[Place]) {
        for (subject, answers) in [(Subject::CaNhan, &mut self.people), (Subject::TapThe, &mut self.collectives)] {
            let mut rows = places.iter().filter(|place| place.subject == subject).map(|place| place.row).peekable();
            if rows.peek().is_some() {
                answers.again(law, snapshot, subject, rows);
            }
        }
    }

    /// The answers for a kind of subject; households are not kept.
    pub fn of(&self, subject: Subject) -> &Answers {
        if subject == Subject::TapThe { &self.collectives } else { &self.people }
    }
}
