//! A look into a file: its sheets, its head, what each column seems to hold, and why it cannot be read.

use std::ops::ControlFlow;
use std::path::Path;

use intake::below::{Below, Part};
use intake::cell::Row;
use intake::field::{Field, Kind as Brought};
use intake::legacy::Script;
use intake::refusal::{Limits, Refusal};
use intake::shape::{self, Column, Shape};
use intake::workbook::Workbook;
use store::imports::Kind;

use super::choices::{Choices, Letters};
use crate::language::Language;

/// Rows that are looked at and shown before a file is read.
const LOOKED_AT: usize = 60;
/// Different values shown of a column.
const SAMPLES: usize = 3;

/// What a file looks like, read as chosen or as found.
#[derive(Debug)]
pub struct Look {
    pub sheets: Vec<intake::workbook::Sheet>,
    pub shape: Option<Shape>,
    pub choices: Choices,
    /// Values of each column below the head, each once.
    pub samples: Vec<Vec<String>>,
    /// The ending of its name, where that is not the one of its kind.
    pub wrong_ending: Option<String>,
    pub fingerprint: String,
    /// The old letters that the program judges the texts of the sheet to be in, each once.
    pub judged: Vec<Letters>,
}

/// Looks into a file. `chosen` goes before what is found; a file may not be larger than the limits.
pub fn look(path: &Path, name: &str, chosen: Option<&Choices>) -> Result<Look, Refusal> {
    let mut book = open(path, name)?;
    let (sheet, rows, judged) = looked_at(&mut book, chosen)?;
    let found = shape::detect(&rows);
    let fingerprint = found.as_ref().map(|shape| shape.fingerprint.clone()).unwrap_or_default();
    let choices = match chosen {
        Some(chosen) if !chosen.columns.is_empty() => chosen.clone(),
        Some(Choices { head_from: Some(_), .. }) | None | Some(_) => {
            let given = chosen.filter(|chosen| chosen.head_from.is_some());
            let shape = given.map(|chosen| headed(&rows, chosen)).or(found);
            let kept = Choices {
                sheet,
                year: chosen.and_then(|chosen| chosen.year),
                letters: chosen.and_then(|chosen| chosen.letters),
                sections_unread: chosen.is_some_and(|chosen| chosen.sections_unread),
                ..Choices::default()
            };
            match &shape {
                Some(shape) => chosen_by(shape, kept),
                None => kept,
            }
        }
    };
    let shape = shape_of(&rows, &choices);
    let width = shape.columns.len();
    let below = examples(&rows, &shape);
    let samples = (0..width).map(|column| {
        let mut texts: Vec<String> = Vec::new();
        for text in below.iter().map(|row| row.text(column)).filter(|text| !text.is_empty()) {
            if texts.len() < SAMPLES && !texts.iter().any(|known| known == text) {
                texts.push(text.to_owned());
            }
        }
        texts
    });
    let samples = samples.collect();
    let shape = (!shape.columns.is_empty()).then_some(shape);
    Ok(Look { sheets: book.sheets, shape, choices, samples, wrong_ending: book.wrong_ending, fingerprint, judged })
}

/// The records below the head; where none is told as such, every row there.
fn examples<'r>(rows: &'r [Row], shape: &Shape) -> Vec<&'r Row> {
    let mut below = Below::of(shape, rows);
    let told = rows.iter().filter(|row| shape.is_below(row)).map(|row| (row, below.part(row)));
    let told: Vec<(&Row, Part)> = told.collect();
    let has_records = told.iter().any(|(_, part)| *part == Part::Record);
    told.into_iter().filter(|(_, part)| !has_records || *part == Part::Record).map(|(row, _)| row).collect()
}

/// Opens a file to be read in the letters that were chosen, where they were.
pub fn open_as(path: &Path, name: &str, choices: &Choices) -> Result<Workbook, Refusal> {
    let mut book = open(path, name)?;
    say_letters(&mut book, choices)?;
    Ok(book)
}

/// Opens the bytes of a file for reading.
pub fn open(path: &Path, name: &str) -> Result<Workbook, Refusal> {
    let bytes = std::fs::read(path).map_err(|why| Refusal::Damaged(why.to_string()))?;
    Workbook::open(bytes, name, Limits::default())
}

/// The shape that choices give a sheet, for telling its records from its totals and signatures.
pub fn shape_of(rows: &[Row], choices: &Choices) -> Shape {
    let head = match (choices.head_from, choices.head_to) {
        (Some(from), Some(to)) => (from..=to).collect(),
        _ => Vec::new(),
    };
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let heads: Vec<&Row> = rows.iter().filter(|row| head.contains(&row.number)).collect();
    let columns = (0..width).map(|column| {
        let mut parts: Vec<&str> =
            heads.iter().map(|row| row.text(column)).filter(|text| !text.is_empty() && !is_number(text)).collect();
        parts.dedup();
        let field = choices.field(column).and_then(Field::of);
        Column { heading: parts.join(" / "), field, score: 0, like: None }
    });
    Shape { head, columns: columns.collect(), fingerprint: String::new() }
}

/// What rows of a kind are called where files are read.
pub fn brought(kind: Kind) -> Brought {
    match kind {
        Kind::People => Brought::People,
        Kind::Units => Brought::Units,
        Kind::Posts => Brought::Posts,
        Kind::Grades => Brought::Grades,
        Kind::Awards => Brought::Awards,
        Kind::Initiatives => Brought::Initiatives,
        Kind::Disciplines => Brought::Disciplines,
    }
}

/// Why a file is not read, and what to do.
pub fn refusal(language: Language, refusal: &Refusal) -> String {
    let words = |key: &str, name: &str, word: String| language.text_with(key, &[(name, &word)]);
    let number = |number: u64| language.number(i64::try_from(number).unwrap_or(i64::MAX));
    match refusal {
        Refusal::Empty => language.text("import-empty").into_owned(),
        Refusal::TooLarge { limit, .. } => words("import-too-large", "limit", number(limit >> 20)),
        Refusal::TooManyRows { limit } => words("import-too-many-rows", "limit", number(u64::from(*limit))),
        Refusal::TooManyColumns { limit } => words("import-too-many-columns", "limit", number(u64::from(*limit))),
        Refusal::Bomb => language.text("import-bomb").into_owned(),
        Refusal::Macros => language.text("import-macros").into_owned(),
        Refusal::Locked => language.text("import-locked").into_owned(),
        Refusal::WrongEnding { named, found } => {
            language.text_with("import-wrong-ending", &[("named", named), ("found", &(*found).to_owned())])
        }
        Refusal::Unknown => language.text("import-unknown").into_owned(),
        Refusal::Damaged(_) => language.text("import-damaged").into_owned(),
        Refusal::NoSuchSheet => language.text("import-no-sheet").into_owned(),
    }
}

/// Of the sheets that are shown the first that looks like a list, else the first.
fn first_list(book: &mut Workbook) -> Result<(usize, Vec<Row>), Refusal> {
    let mut order: Vec<usize> = (0..book.sheets.len()).collect();
    order.sort_by_key(|sheet| book.sheets[*sheet].hidden);
    let mut first = None;
    for sheet in order {
        let rows = first_rows(book, sheet)?;
        if shape::detect(&rows).is_some() {
            return Ok((sheet, rows));
        }
        first = first.or(Some((sheet, rows)));
    }
    first.ok_or(Refusal::NoSuchSheet)
}

pub fn first_rows(book: &mut Workbook, sheet: usize) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::new();
    book.rows(sheet, |row| {
        rows.push(row);
        if rows.len() < LOOKED_AT { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok(rows)
}

/// The shape under a head that somebody chose: its columns are found among the rows from there on.
fn headed(rows: &[Row], chosen: &Choices) -> Shape {
    let head: Vec<u32> = (chosen.head_from.unwrap_or(1)..=chosen.head_to.unwrap_or(1)).collect();
    let own: Vec<Row> = rows.iter().filter(|row| head.contains(&row.number)).cloned().collect();
    let columns = shape::detect(&own).map(|shape| shape.columns).unwrap_or_default();
    Shape { head, columns, fingerprint: String::new() }
}

/// The sheet to be shown with its first rows, and the old letters that the program judges it to be in.
fn looked_at(book: &mut Workbook, chosen: Option<&Choices>) -> Result<(usize, Vec<Row>, Vec<Letters>), Refusal> {
    let Some(chosen) = chosen else {
        let (sheet, rows) = first_list(book)?;
        let judged = old_letters(book, sheet)?;
        return Ok((sheet, rows, judged));
    };
    let judged = old_letters(book, chosen.sheet)?;
    say_letters(book, chosen)?;
    Ok((chosen.sheet, first_rows(book, chosen.sheet)?, judged))
}

/// The old letters of a sheet as the program judges them, each once.
fn old_letters(book: &mut Workbook, sheet: usize) -> Result<Vec<Letters>, Refusal> {
    let mut scripts = book.scripts(sheet)?;
    scripts.sort_unstable();
    let mut letters: Vec<Letters> =
        scripts.into_iter().filter(|script| *script != Script::Unicode).map(Letters::of).collect();
    letters.dedup();
    Ok(letters)
}

/// Has the sheet read in the letters that were chosen; every column that a sheet may have.
fn say_letters(book: &mut Workbook, choices: &Choices) -> Result<(), Refusal> {
    let Some(letters) = choices.letters else { return Ok(()) };
    let mut scripts = book.scripts(choices.sheet)?;
    scripts.resize(Limits::default().columns as usize, Script::Unicode);
    book.read_as(choices.sheet, scripts.into_iter().map(|script| letters.instead_of(script)).collect());
    Ok(())
}

/// The head and the columns of a shape beside what was chosen of the rest.
fn chosen_by(shape: &Shape, kept: Choices) -> Choices {
    let columns = shape.columns.iter().enumerate().filter_map(|(place, column)| Some((place, column.field?.word())));
    Choices {
        head_from: shape.head.first().copied(),
        head_to: shape.head.last().copied(),
        columns: columns.map(|(place, field)| (place, field.to_owned())).collect(),
        ..kept
    }
}

/// Whether a heading only counts the columns.
fn is_number(text: &str) -> bool {
    text.trim_matches(['(', ')']).chars().all(|letter| letter.is_ascii_digit())
}
