//! The subjects of one honour that are asked for, in the order of names, each with what stands in the way.

use std::collections::HashSet;

use rules::facts::{Day, Sex, Subject};
use rules::scan::snapshot::Place;
use uuid::Uuid;

use crate::prospects::count::Which;
use crate::prospects::judged::Mark;
use crate::prospects::kept::{Kept, Standing};

/// Which subjects are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    pub which: Which,
    /// These units only.
    pub units: Option<HashSet<Uuid>>,
    pub leaders: Option<bool>,
    pub sex: Option<Sex>,
}

/// One subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub row: u32,
    pub standing: Standing,
    pub mark: Mark,
    /// The conditions that keep it from the nearest standard, as paths.
    pub blocking: Vec<String>,
    /// How many more the first of them asks for, where it counts something; 0 elsewhere.
    pub lacking: u16,
    pub earliest: Option<Day>,
}

impl Filter {
    fn keeps(&self, standing: &Standing) -> bool {
        self.units.as_ref().is_none_or(|units| units.contains(&standing.unit))
            && self.leaders.is_none_or(|leaders| leaders == standing.is_leader)
            && self.sex.is_none_or(|sex| standing.sex == Some(sex))
    }
}

/// The rows of an honour that are asked for, in the order of names.
pub fn rows(kept: &Kept, subject: Subject, award: &str, filter: &Filter, seen: impl Fn(&Standing) -> bool) -> Vec<u32> {
    let answers = kept.judged.of(subject);
    let Some(place) = answers.awards.iter().position(|known| known == award) else { return Vec::new() };
    let wanted = kept.standing(subject).filter(|(row, standing)| {
        filter.which.keeps(answers.mark(place, *row)) && filter.keeps(standing) && seen(standing)
    });
    let mut rows: Vec<u32> = wanted.map(|(row, _)| row).collect();
    rows.sort_by(|one, other| key(kept, subject, *one).cmp(&key(kept, subject, *other)));
    rows
}

fn key(kept: &Kept, subject: Subject, row: u32) -> (&[u8], Uuid) {
    let standing = kept.at(Place { subject, row });
    (&standing.sort_key, standing.id)
}

/// What the scan says of each of some rows, all of which are judged by a law that has the honour.
pub fn lines(kept: &Kept, subject: Subject, award: &str, rows: &[u32]) -> Vec<Line> {
    let books = kept.laws().books(&kept.snapshot, subject, |known| known.id == award);
    let answers = kept.judged.of(subject);
    let place = answers.awards.iter().position(|known| known == award).unwrap_or_default();
    let line = |row: &u32| {
        let standing = kept.at(Place { subject, row: *row });
        let block = books[standing.law].block(*row);
        let blocked = block.blocked(0, *row);
        Line {
            row: *row,
            standing: standing.clone(),
            mark: answers.mark(place, *row),
            lacking: blocked.as_ref().map_or(0, |blocked| blocked.lacking),
            blocking: blocked.map(|blocked| blocked.conditions).unwrap_or_default(),
            earliest: block.answered(0, *row).earliest,
        }
    };
    rows.iter().map(line).collect()
}
