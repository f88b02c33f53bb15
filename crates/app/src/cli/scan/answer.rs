//! What a scan came to, honour by honour, of an office or of several and in sum; the records themselves are no longer held.

use rules::facts::Day;
use rules::words::Words;

use crate::language::Language;
use crate::law;
use crate::prospects::count::{self, Row, Which};
use crate::prospects::kept::{Kept, Standing};
use crate::prospects::listed::{self, Filter};
use crate::prospects::missing::Told;

/// The answer to one question.
pub struct Answer {
    pub day: Day,
    /// Of the one office, or the sums of all.
    pub whole: Vec<Honour>,
    /// Where several were asked: each, in the order in which they were named.
    pub offices: Vec<Office>,
}

/// One honour with its numbers.
pub struct Honour {
    pub row: Row,
    pub name: Words,
    /// Those who meet it, fall one short or cannot be judged, in this order; none where they are not asked for, and none in
    /// a sum.
    pub subjects: Option<Vec<Told>>,
}

/// One office of several.
pub struct Office {
    pub code: String,
    pub name: Words,
    /// Whether its records only illustrate.
    pub illustrative: bool,
    pub honours: Vec<Honour>,
}

impl Answer {
    /// That of one office.
    pub fn of_office(day: Day, honours: Vec<Honour>) -> Self {
        Answer { day, whole: honours, offices: Vec::new() }
    }

    /// That of several offices, with the sums over them.
    pub fn of_country(day: Day, offices: Vec<Office>) -> Self {
        let mut whole: Vec<Honour> = Vec::new();
        for honour in offices.iter().flat_map(|office| &office.honours) {
            match whole.iter_mut().find(|known| known.is_same(honour)) {
                Some(known) => {
                    known.row.tally = known.row.tally.with(&honour.row.tally);
                    known.row.provisional |= honour.row.provisional;
                }
                None => whole.push(Honour { row: honour.row.clone(), name: honour.name.clone(), subjects: None }),
            }
        }
        // What an office has of its own comes behind what all have.
        whole.sort_by_key(|honour| honour.row.subject as u8);
        Answer { day, whole, offices }
    }

    /// Whether a number is that of the last loaded law.
    pub fn is_provisional(&self) -> bool {
        self.whole.iter().any(|honour| honour.row.provisional)
    }
}

impl Honour {
    /// Whether two offices give the same honour: one of the nation, or two of their own that are called the same.
    pub fn is_same(&self, other: &Honour) -> bool {
        let of_the_nation = || law::built_in().award(&self.row.award).is_some();
        (self.row.subject, &self.row.award) == (other.row.subject, &other.row.award)
            && (of_the_nation() || self.name == other.name)
    }
}

/// Every honour over the subjects that `seen` keeps, with the subjects themselves where they are `listed`.
pub fn honours(kept: &Kept, listed: bool, seen: impl Fn(&Standing) -> bool + Copy, language: Language) -> Vec<Honour> {
    let honour = |row: Row| Honour {
        name: kept.name(&row.award),
        subjects: listed.then(|| subjects(kept, &row, seen, language)),
        row,
    };
    count::by_award(kept, seen).into_iter().map(honour).collect()
}

fn subjects(kept: &Kept, row: &Row, seen: impl Fn(&Standing) -> bool + Copy, language: Language) -> Vec<Told> {
    let mut found = Vec::new();
    for which in [Which::Eligible, Which::Close, Which::Unknown] {
        let filter = Filter { which, units: None, leaders: None, sex: None };
        let rows = listed::rows(kept, row.subject, &row.award, &filter, seen);
        let lines = listed::lines(kept, row.subject, &row.award, &rows);
        found.extend(lines.into_iter().map(|line| {
            let unit = kept.unit_name(line.standing.unit).to_owned();
            Told::of(kept, line, unit, language)
        }));
    }
    found
}
