//! What is said of rows: their states, what is wrong, why a candidate may be meant, what the records say.

use rules::facts::{Discipline, Grade};
use serde_json::Value as Json;
use store::imports::rows::{Existing, ImportRow};
use store::imports::values::Values;
use store::imports::{FileState, Kind, Problem, RowState};
use store::matching::{Born, Candidate, Reason};
use store::words;

use crate::language::Language;
use crate::wording;

/// What the rows are.
pub fn kind(language: Language, kind: Kind) -> String {
    language.text(&format!("import-kind-{}", words::text(kind))).into_owned()
}

pub fn file_state(language: Language, state: FileState) -> String {
    language.text(&format!("import-state-{}", words::text(state))).into_owned()
}

pub fn row_state(language: Language, state: RowState) -> String {
    language.text(&format!("import-row-{}", words::text(state))).into_owned()
}

/// What is wrong with a row, as one sentence.
pub fn problem(language: Language, problem: &Problem) -> String {
    let word = problem.word.clone().unwrap_or_default();
    match problem.id.as_str() {
        // A sentence that the reading of the cell has made.
        "said" => word,
        "missing" => {
            let field = language.text(&format!("import-lacks-{word}"));
            language.text_with("import-problem-missing", &[("word", &field)])
        }
        id => language.text_with(&format!("import-problem-{id}"), &[("word", &word)]),
    }
}

/// Why a candidate may be meant: "cùng tên, cùng năm sinh, đang ở Vụ Pháp luật".
pub fn reasons(language: Language, candidate: &Candidate) -> String {
    candidate.reasons.iter().map(|it| reason(language, it)).collect::<Vec<_>>().join(", ")
}

fn reason(language: Language, reason: &Reason) -> String {
    let word = reason.word.clone().unwrap_or_default();
    language.text_with(&format!("import-why-{}", words::text(reason.why)), &[("word", &word)])
}

/// What the records, or an earlier row, already say.
pub fn existing(language: Language, kind: Kind, existing: &Existing) -> String {
    let says = match kind {
        Kind::Grades => words::parse::<Grade>(&existing.says)
            .map_or_else(|_| existing.says.clone(), |grade| wording::grade(language, grade)),
        Kind::Disciplines => words::parse::<Discipline>(&existing.says)
            .map_or_else(|_| existing.says.clone(), |kind| discipline(language, kind)),
        _ => existing.says.clone(),
    };
    let key = match (existing.record, kind, existing.same) {
        (None, Kind::Units, _) => "import-existing-unit",
        (None, _, true) => "import-existing-row",
        (None, _, false) => "import-existing-row-other",
        (Some(_), Kind::People, _) => "import-existing-person",
        (Some(_), _, true) => "import-existing-same",
        (Some(_), _, false) => "import-existing-other",
    };
    language.text_with(key, &[("says", &says)])
}

/// Everything that is to be said beside a row of the file.
pub fn complaint(language: Language, kind: Kind, row: &ImportRow) -> Option<String> {
    if let Some(passed) = row.problems.first().filter(|problem| problem.is_passed()) {
        return Some(problem(language, passed));
    }
    let mut told: Vec<String> = row.problems.iter().map(|it| problem(language, it)).collect();
    match row.state {
        RowState::Ready | RowState::New | RowState::Written => {}
        RowState::Skipped => told.push(row_state(language, row.state)),
        RowState::Known | RowState::Conflict => match &row.existing {
            Some(known) => told.push(existing(language, kind, known)),
            None => told.push(row_state(language, row.state)),
        },
        RowState::Doubtful => {
            let who = row.candidates.iter().map(|candidate| who(language, candidate));
            let who = who.collect::<Vec<_>>().join("; ");
            told.push(language.text_with("import-complaint-doubtful", &[("who", &who)]));
        }
        RowState::Wrong if told.is_empty() => told.push(row_state(language, row.state)),
        RowState::Wrong => {}
    }
    (!told.is_empty()).then(|| told.join("; "))
}

/// A candidate in one line: name, birth, post and unit.
pub fn who(language: Language, candidate: &Candidate) -> String {
    let born = candidate.born.map(|day| language.text_with("import-born", &[("born", &language.day(day))]));
    let parts = [Some(candidate.full_name.clone()), born, candidate.post.clone(), candidate.unit.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Of whom or what a row speaks.
pub fn subject(language: Language, values: &Values) -> String {
    let born = values.born.map(|born| match born {
        Born::Day(day) => language.day(day),
        Born::Year(year) => year.to_string(),
    });
    let born = born.map(|born| language.text_with("import-born", &[("born", &born)]));
    let first = values.full_name.clone().or_else(|| values.name.clone());
    [first, born, values.post.clone(), values.unit.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What a row says of it.
pub fn said(language: Language, kind: Kind, values: &Values) -> String {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| language.day(day));
    let number = values.number.as_ref().map(|number| match &values.symbol {
        Some(symbol) => format!("{number}/{symbol}"),
        None => number.clone(),
    });
    let year = values.year.map(|year| year.to_string());
    let parts = match kind {
        Kind::People => vec![values.sex.map(|sex| wording::sex(language, sex))],
        Kind::Units => vec![values.code.clone(), values.parent.clone()],
        Kind::Posts => vec![values.post.clone(), day(values.from)],
        Kind::Grades => {
            vec![year, values.grade.map(|grade| wording::grade(language, grade)), number]
        }
        Kind::Awards => vec![values.award.clone().map(|id| award(language, &id)), year, number, day(values.decided)],
        Kind::Initiatives => vec![values.name.clone(), year],
        Kind::Disciplines => vec![values.discipline.map(|kind| discipline(language, kind)), day(values.from)],
    };
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Why work came to nothing, from its outcome.
pub fn failure(language: Language, outcome: &Json) -> String {
    if let Some(said) = outcome["said"].as_str() {
        return said.to_owned();
    }
    if let Some(kept) = outcome["kept"].as_array() {
        let names = kept.iter().map(|one| one[1].as_str().unwrap_or_default().to_owned());
        let names = names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join("; ");
        return language.text_with("import-failed-kept", &[("names", &names)]);
    }
    let key = match outcome["error"].as_str() {
        Some("changed") => "import-failed-changed",
        Some("full") => "import-failed-full",
        Some("locked") => "import-failed-locked",
        Some("duplicate") => "import-failed-duplicate",
        _ => "import-failed-other",
    };
    language.text(key).into_owned()
}

fn award(language: Language, id: &str) -> String {
    let law = crate::law::built_in();
    let found = law.award(id).map(|award| language.pick(&award.name(crate::imports::words::NAMED_ON)).to_owned());
    found.unwrap_or_else(|| id.to_owned())
}

fn discipline(language: Language, kind: Discipline) -> String {
    language.text(&format!("import-discipline-{}", words::text(kind))).into_owned()
}

/// The day whose names of honours are shown beside a row.
const NAMED_ON: chrono::NaiveDate = chrono::NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day");
