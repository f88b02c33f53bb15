//! Who can be proposed as sheets: every honour with its numbers, and the subjects of one honour.

use documents::sheet::{Cell, Column, Sheet};
use rules::ask::Verdict;
use rules::facts::Subject;

use crate::language::Language;
use crate::prospects::count::{self, Row};
use crate::prospects::judged::Mark;
use crate::prospects::missing::Told;

/// The key of the word for a kind of subject.
pub fn subject_key(subject: Subject) -> &'static str {
    match subject {
        Subject::CaNhan => "prospects-people",
        Subject::TapThe => "prospects-collectives",
        Subject::HoGiaDinh => "households-title",
    }
}

/// The key of the words for what an honour comes to; where the law of the day is not loaded, of what the rules before say.
pub fn verdict_key(mark: Mark) -> &'static str {
    match (mark.is_provisional(), mark.verdict()) {
        (false, Verdict::Met) => "verdict-met",
        (false, Verdict::NotMet) => "verdict-not-met",
        (false, Verdict::Unknown) => "verdict-unknown",
        (true, Verdict::Met) => "prospects-before-met",
        (true, Verdict::NotMet) => "prospects-before-not-met",
        (true, Verdict::Unknown) => "prospects-before-unknown",
    }
}

/// Every honour by its name with its numbers, under the lines given.
pub fn counted(language: Language, rows: &[(&str, &Row)], above: Vec<String>) -> Sheet {
    let text = |key: &str| language.text(key).into_owned();
    let heads = count::heads(language, rows.iter().any(|(_, row)| row.provisional));
    let heads = [(text("prospects-subject"), 14.0), (text("prospects-honour"), 50.0)]
        .into_iter()
        .chain(heads.map(|head| (head, 18.0)));
    let row = |(name, row): &(&str, &Row)| {
        let names = [text(subject_key(row.subject)), (*name).to_owned()];
        names.map(Cell::Text).into_iter().chain(row.tally.0.map(|count| Cell::Number(f64::from(count)))).collect()
    };
    Sheet {
        name: text("prospects-title"),
        above,
        columns: heads.map(|(name, width)| Column { name, width }).collect(),
        rows: rows.iter().map(row).collect(),
    }
}

/// The subjects of one honour with what is in the way of each, under the lines given.
pub fn subjects(language: Language, subjects: &[Told], name: String, above: Vec<String>) -> Sheet {
    let heads = [
        ("prospects-name", 32.0),
        ("prospects-unit", 40.0),
        ("prospects-verdict", 30.0),
        ("prospects-missing", 60.0),
        ("prospects-short", 12.0),
        ("prospects-earliest", 14.0),
    ];
    let text = |key: &str| language.text(key).into_owned();
    let row = |told: &Told| {
        let line = &told.line;
        vec![
            Cell::Text(line.standing.name.clone()),
            Cell::Text(told.unit.clone()),
            Cell::Text(text(verdict_key(line.mark))),
            Cell::Text(told.missing.join("; ")),
            if line.lacking > 0 { Cell::Number(f64::from(line.lacking)) } else { Cell::Empty },
            line.earliest.map_or(Cell::Empty, Cell::Day),
        ]
    };
    Sheet {
        name,
        above,
        columns: heads.map(|(key, width)| Column { name: text(key), width }).into(),
        rows: subjects.iter().map(row).collect(),
    }
}
