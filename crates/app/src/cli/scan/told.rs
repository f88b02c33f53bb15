//! The answer of a scan as JSON, as lines and as a workbook.

use documents::sheet::{self, Cell, Column, Sheet};
use rules::ask::Verdict;
use serde_json::{Value, json};

use crate::cli::evaluate::sign;
use crate::cli::scan::answer::{Answer, Honour, Office};
use crate::failure::{Failure, Fault};
use crate::language::Language;
use crate::prospects::count::{self, Which};
use crate::prospects::missing::Told;
use crate::prospects::sheets::{self, subject_key};

/// `{"on", "awards"}`, and where several offices were asked, `"offices"` beside the sums.
pub fn json(answer: &Answer) -> Value {
    let mut told = json!({"on": answer.day, "awards": answer.whole.iter().map(honour).collect::<Vec<_>>()});
    if !answer.offices.is_empty() {
        let office = |office: &Office| {
            let awards: Vec<Value> = office.honours.iter().map(honour).collect();
            json!({"code": office.code, "name": office.name, "awards": awards})
        };
        told["offices"] = answer.offices.iter().map(office).collect();
    }
    told
}

fn honour(honour: &Honour) -> Value {
    let row = &honour.row;
    json!({
        "award": row.award,
        "name": honour.name,
        "subject": row.subject,
        "eligible": row.tally.of(Which::Eligible),
        "never_given": row.tally.of(Which::Never),
        "one_short": row.tally.of(Which::Close),
        "unknown": row.tally.of(Which::Unknown),
        "provisional": row.provisional,
        "subjects": honour.subjects.as_ref().map(|subjects| subjects.iter().map(subject).collect::<Vec<_>>()),
    })
}

fn subject(told: &Told) -> Value {
    let line = &told.line;
    json!({
        "id": line.standing.id,
        "name": line.standing.name,
        "unit": line.standing.unit,
        "verdict": verdict(line.mark.verdict()),
        "provisional": line.mark.is_provisional(),
        "held": line.mark.is_held(),
        "blocking": line.blocking,
        "lacking": line.lacking,
        "earliest": line.earliest,
    })
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::NotMet => "not_met",
        Verdict::Unknown => "unknown",
    }
}

/// The numbers and the subjects of the whole, then those of each office under its name.
pub fn text(answer: &Answer, language: Language) -> String {
    let mut lines = table(&answer.whole, language);
    for office in &answer.offices {
        lines.push(format!("\n{} – {}", office.code, language.pick(&office.name)));
        lines.extend(table(&office.honours, language));
    }
    if answer.is_provisional() {
        lines.push(format!("\n{}", language.text("prospects-provisional")));
    }
    lines.push(format!("\n{}", language.text("prospects-legend")));
    lines.join("\n")
}

fn table(honours: &[Honour], language: Language) -> Vec<String> {
    let provisional = honours.iter().any(|honour| honour.row.provisional);
    let heads = count::heads(language, provisional).map(|head| format!("{head:>30}")).concat();
    let mut lines = vec![format!("{:<52}{heads}", language.text("prospects-honour"))];
    for honour in honours {
        let counts = honour.row.tally.0.map(|count| format!("{count:>30}")).concat();
        let (name, subject) = (language.pick(&honour.name), language.text(subject_key(honour.row.subject)));
        lines.push(format!("{:<52}{counts}", format!("{name} ({subject})")));
    }
    for honour in honours {
        let Some(subjects) = &honour.subjects else { continue };
        lines.push(format!("\n{}", language.pick(&honour.name)));
        for told in subjects {
            let (sign, name) = (sign(told.line.mark.verdict()), &told.line.standing.name);
            lines.push(format!("{sign} {name} {}", told.missing.join("; ")));
        }
    }
    lines
}

/// The numbers of the whole and of each office, then the subjects of each honour that was asked for.
pub fn workbook(answer: &Answer, language: Language) -> Result<Vec<u8>, Failure> {
    let day = language.text_with("prospects-as-of", &[("day", &language.day(answer.day))]);
    let any = answer.offices.iter().any(|office| office.illustrative);
    let mut sheets = vec![counted(language, &answer.whole, above(language, &[&day], any))];
    for office in &answer.offices {
        let above = above(language, &[language.pick(&office.name), &day], office.illustrative);
        sheets.push(Sheet { name: office.code.clone(), ..counted(language, &office.honours, above) });
    }
    for honour in &answer.whole {
        let name = language.pick(&honour.name).to_owned();
        let above = above(language, &[&name, &day], any);
        match &honour.subjects {
            Some(subjects) => sheets.push(sheets::subjects(language, subjects, name, above)),
            None => sheets.extend(by_office(language, &answer.offices, honour, name, above)),
        }
    }
    sheet::write(&sheets).map_err(|flaw| Failure::said(Fault::Machine, flaw.0))
}

fn counted(language: Language, honours: &[Honour], above: Vec<String>) -> Sheet {
    let rows: Vec<_> = honours.iter().map(|honour| (language.pick(&honour.name), &honour.row)).collect();
    sheets::counted(language, &rows, above)
}

/// The lines above a table, with the one that says that its data are made up where they are.
fn above(language: Language, lines: &[&str], illustrative: bool) -> Vec<String> {
    let notice = illustrative.then(|| language.text("print-illustrative").into_owned());
    lines.iter().map(|line| (*line).to_owned()).chain(notice).collect()
}

/// The subjects of one honour in all offices with the office of each; none where they were not asked for.
fn by_office(
    language: Language,
    offices: &[Office],
    honour: &Honour,
    name: String,
    above: Vec<String>,
) -> Option<Sheet> {
    let mut rows = Vec::new();
    for office in offices {
        for found in office.honours.iter().filter(|found| found.is_same(honour)) {
            let cells = sheets::subjects(language, found.subjects.as_ref()?, String::new(), Vec::new()).rows;
            let office = Cell::Text(language.pick(&office.name).to_owned());
            rows.extend(cells.into_iter().map(|row| [vec![office.clone()], row].concat()));
        }
    }
    let mut sheet = sheets::subjects(language, &[], name, above);
    sheet.columns.insert(0, Column { name: language.text("prospects-office").into_owned(), width: 32.0 });
    Some(Sheet { rows, ..sheet })
}
