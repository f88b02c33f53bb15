//! What is on record of a subject on a day, and the record kept whole in the years to come.

use crate::ask::{grade_day, title_day, year_end};
use crate::facts::{Day, Facts, RecordKind, Subject, Year};

/// Every kind of record.
const KINDS: [RecordKind; 10] = [
    RecordKind::Grades,
    RecordKind::Titles,
    RecordKind::Awards,
    RecordKind::Initiatives,
    RecordKind::Disciplines,
    RecordKind::Holds,
    RecordKind::Posts,
    RecordKind::Leave,
    RecordKind::Registrations,
    RecordKind::Members,
];

/// The facts without what was decided after the day.
pub fn on(facts: &Facts, day: Day) -> Facts {
    let mut known = facts.clone();
    known.grades.retain(|fact| grade_day(fact) <= day);
    known.titles.retain(|fact| title_day(fact) <= day);
    known.awards.retain(|fact| fact.decided <= day);
    known.initiatives.retain(|fact| fact.decided.unwrap_or_else(|| year_end(fact.year)) <= day);
    known.disciplines.retain(|fact| fact.from <= day);
    known.holds.retain(|fact| fact.from <= day);
    known.attested.retain(|fact| fact.on <= day);
    known
}

/// Declares every kind of record whole for years to come.
pub fn keep_whole(facts: &mut Facts, from: Year, to: Year) {
    for kind in KINDS {
        facts.complete.entry(kind).or_default().push((from, to));
    }
}

/// The kinds of record that are not declared whole on the day although the years to come suppose it.
pub fn supposed(facts: &Facts, year: Year) -> Vec<RecordKind> {
    let whole = |kind: &RecordKind| {
        facts.complete.get(kind).is_some_and(|ranges| ranges.iter().any(|&(from, to)| from <= year && year <= to))
    };
    let has_members = facts.subject == Subject::TapThe;
    KINDS.into_iter().filter(|kind| !whole(kind) && (*kind != RecordKind::Members || has_members)).collect()
}
