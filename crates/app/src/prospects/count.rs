//! Counts over the answers of a scan: by honour, unit, level and sex.

use std::collections::BTreeMap;

use rules::ask::Verdict;
use rules::facts::{Sex, Subject};
use uuid::Uuid;

use crate::language::Language;
use crate::prospects::SUBJECTS;
use crate::prospects::ceiling::{self, Ceiling};
use crate::prospects::judged::Mark;
use crate::prospects::kept::{Kept, Standing};

/// Which subjects of an honour are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// They meet a standard.
    Eligible,
    /// They meet a standard and were never given the honour.
    Never,
    /// One thing of one kind is missing.
    Close,
    /// A record or a text is missing.
    Unknown,
}

impl Which {
    pub const ALL: [Self; 4] = [Self::Eligible, Self::Never, Self::Close, Self::Unknown];

    /// The word of the address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Eligible => "du-dieu-kien",
            Self::Never => "chua-tung-khen",
            Self::Close => "con-thieu-mot",
            Self::Unknown => "chua-ro",
        }
    }

    /// The key of the words where the law of the day is not loaded: nobody is said to meet it, only the rules before.
    pub fn key_before(self) -> &'static str {
        match self {
            Self::Eligible => "prospects-eligible-before",
            Self::Never => "prospects-never-before",
            Self::Close => "prospects-close-before",
            Self::Unknown => "prospects-unknown",
        }
    }

    /// The key of the words for a reader.
    pub fn key(self) -> &'static str {
        match self {
            Self::Eligible => "prospects-eligible",
            Self::Never => "prospects-never",
            Self::Close => "prospects-close",
            Self::Unknown => "prospects-unknown",
        }
    }

    /// Whether a subject so marked is asked for.
    pub fn keeps(self, mark: Mark) -> bool {
        match self {
            Self::Eligible => mark.verdict() == Verdict::Met,
            Self::Never => mark.verdict() == Verdict::Met && !mark.is_held(),
            Self::Close => mark.is_close(),
            Self::Unknown => mark.verdict() == Verdict::Unknown,
        }
    }
}

/// How many subjects are asked for, one number for each of [`Which::ALL`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally(pub [u32; 4]);

impl Tally {
    fn add(&mut self, mark: Mark) {
        for (count, which) in self.0.iter_mut().zip(Which::ALL) {
            *count += u32::from(which.keeps(mark));
        }
    }

    /// Both together.
    pub fn with(self, other: &Tally) -> Tally {
        Tally(std::array::from_fn(|place| self.0[place] + other.0[place]))
    }

    pub fn of(&self, which: Which) -> u32 {
        self.0[Which::ALL.iter().position(|known| *known == which).unwrap_or_default()]
    }

    pub fn is_nothing(&self) -> bool {
        self.0 == [0; 4]
    }

    /// Whether somebody meets a standard or is one short.
    pub fn is_in_reach(&self) -> bool {
        self.of(Which::Eligible) + self.of(Which::Close) > 0
    }
}

/// The heads of the numbers, in the order of [`Which::ALL`].
pub fn heads(language: Language, provisional: bool) -> [String; 4] {
    let key = |which: Which| if provisional { which.key_before() } else { which.key() };
    Which::ALL.map(|which| language.text(key(which)).into_owned())
}

/// One honour with its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub subject: Subject,
    pub award: String,
    pub tally: Tally,
    /// Whether the numbers are those of the last loaded law.
    pub provisional: bool,
}

/// Every honour with its numbers over the subjects that `seen` keeps; people first, in the order of the law.
pub fn by_award(kept: &Kept, seen: impl Fn(&Standing) -> bool) -> Vec<Row> {
    let mut rows = Vec::new();
    for subject in SUBJECTS {
        let answers = kept.judged.of(subject);
        let mut found: Vec<Row> = answers
            .awards
            .iter()
            .map(|award| Row { subject, award: award.clone(), tally: Tally::default(), provisional: false })
            .collect();
        for (row, _) in kept.standing(subject).filter(|(_, standing)| seen(standing)) {
            for (place, line) in found.iter_mut().enumerate() {
                let mark = answers.mark(place, row);
                line.tally.add(mark);
                line.provisional |= mark.is_provisional();
            }
        }
        rows.append(&mut found);
    }
    rows
}

/// The numbers of one honour.
#[derive(Debug, Default)]
pub struct Split {
    pub all: Tally,
    /// Whether the numbers are those of the last loaded law.
    pub provisional: bool,
    pub by_unit: BTreeMap<Uuid, Tally>,
    pub leaders: Tally,
    pub staff: Tally,
    pub women: Tally,
    pub men: Tally,
}

/// One honour over the subjects that `seen` keeps, split by unit, level and sex; none where the scan has no such honour.
pub fn split(kept: &Kept, subject: Subject, award: &str, seen: impl Fn(&Standing) -> bool) -> Option<Split> {
    let answers = kept.judged.of(subject);
    let place = answers.awards.iter().position(|known| known == award)?;
    let mut split = Split::default();
    for (row, standing) in kept.standing(subject).filter(|(_, standing)| seen(standing)) {
        let mark = answers.mark(place, row);
        split.all.add(mark);
        split.provisional |= mark.is_provisional();
        split.by_unit.entry(standing.unit).or_default().add(mark);
        if standing.is_leader { &mut split.leaders } else { &mut split.staff }.add(mark);
        match standing.sex {
            Some(Sex::Nu) => split.women.add(mark),
            Some(Sex::Nam) => split.men.add(mark),
            None => {}
        }
    }
    Some(split)
}

/// The lowest ceiling of an honour over the whole office; none where the law sets none that is a share of an honour.
pub fn ceiling(kept: &Kept, subject: Subject, award: &str) -> Option<Ceiling> {
    let answers = kept.judged.of(subject);
    ceiling::lowest(kept.law(), award, kept.day(), |base| {
        let place = answers.awards.iter().position(|known| known == base);
        let met = |row: u32| place.is_some_and(|place| Which::Eligible.keeps(answers.mark(place, row)));
        kept.standing(subject).filter(|(row, _)| met(*row)).count() as u32
    })
}
