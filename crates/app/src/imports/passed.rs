//! Why rows of a file are passed over: heads repeated, sections, sums, titles, signatures, other tables.

use intake::below::Part;
use intake::cell::Row;
use intake::field::Field;
use store::error::StoreError;
use store::imports::files::ImportFile;
use store::imports::{Problem, rows};

use super::choices::Choices;
use crate::language::Language;
use crate::session::OFFICE;
use crate::state::App;

/// The reasons, in the order in which they are told.
pub const REASONS: [&str; 7] = ["head-again", "section", "section-unread", "total", "title", "foot", "other-table"];
/// Letters shown of a row that is passed over.
const SHOWN: usize = 120;

/// Why a row is passed over; nothing for a record.
pub fn why(part: &Part, row: &Row, choices: &Choices) -> Option<Problem> {
    let why = match part {
        Part::Record | Part::Blank => return None,
        Part::HeadAgain => "head-again",
        Part::Section(_) if choices.sections_unread => "section-unread",
        Part::Section(name) => return Some(Problem::passed("section", name)),
        Part::Total => "total",
        Part::Title => "title",
        Part::Foot => "foot",
        Part::OtherTable => "other-table",
    };
    Some(Problem::passed(why, &shown(row, choices)))
}

/// How many rows of a file were passed over for which reason, as one sentence; empty where there are none.
pub async fn told(app: &App, file: &ImportFile, language: Language) -> Result<String, StoreError> {
    let counted = rows::passed(&app.store, OFFICE, file.id, &REASONS).await?;
    let each = REASONS.iter().zip(&counted).filter(|(_, rows)| **rows > 0);
    let each = each.map(|(why, rows)| language.text_with(&format!("import-passed-{why}"), &[("rows", rows)]));
    let each = each.collect::<Vec<_>>().join(", ");
    let total: u32 = counted.iter().sum();
    if total == 0 {
        return Ok(String::new());
    }
    Ok(language.text_with("import-passed", &[("rows", &total), ("each", &each)]))
}

/// The texts of a row, each once, without the numbers by which the State knows a person.
fn shown(row: &Row, choices: &Choices) -> String {
    let hidden = [Field::IdNumber, Field::OfficialNumber].map(|field| choices.column(field.word()));
    let texts = row.cells.iter().enumerate().filter(|(column, _)| !hidden.contains(&Some(*column)));
    let mut texts: Vec<&str> = texts.map(|(_, cell)| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
    texts.dedup();
    let all = texts.join(", ");
    match all.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &all[..end]),
        None => all,
    }
}
