//! Rows and cells as they stand in a file, before their letters are read and cleaned.

use chrono::{Days, NaiveDate};

use crate::cell::{self, Note};
use crate::legacy::{self, Script};

/// The longest text that a cell can hold; what goes beyond no spreadsheet program wrote.
const LONGEST: usize = 32_767;

/// One row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Row {
    pub(crate) number: u32,
    pub(crate) hidden: bool,
    pub(crate) cells: Vec<Cell>,
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Cell {
    pub(crate) content: Content,
    /// The old font that the cell is set in, where the file names one.
    pub(crate) font: Option<Script>,
    /// Whether a formula stands behind the content.
    pub(crate) formula: bool,
    pub(crate) merged: bool,
}

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Content {
    #[default]
    Empty,
    Text(String),
    Number(f64),
    Day(NaiveDate),
    Bool(bool),
    Fault(String),
}

impl Row {
    /// Bytes of its texts.
    pub(crate) fn weight(&self) -> u64 {
        let bytes = |cell: &Cell| match &cell.content {
            Content::Text(text) | Content::Fault(text) => text.len() as u64,
            _ => 0,
        };
        self.cells.iter().map(bytes).sum()
    }

    /// The row up to so many cells, and whether anything stands in those beyond.
    pub(crate) fn parted(mut self, columns: usize) -> (Self, bool) {
        let mut beyond = self.cells.split_off(columns.min(self.cells.len())).into_iter();
        let stands =
            |cell: Cell| (cell.formula || cell.content != Content::Empty) && !cell.read(Script::Unicode).is_empty();
        let stands = beyond.any(stands);
        (self, stands)
    }

    /// The row without the fonts that its cells name, where somebody said how it is to be read.
    pub(crate) fn without_fonts(mut self) -> Self {
        self.cells.iter_mut().for_each(|cell| cell.font = None);
        self
    }

    /// The row with its letters read; the empty cells at its end are left out.
    pub(crate) fn read(self, scripts: &[Script]) -> cell::Row {
        let script = |column: usize| scripts.get(column).copied().unwrap_or_default();
        let cells = self.cells.into_iter().enumerate();
        let mut cells: Vec<cell::Cell> = cells.map(|(column, cell)| cell.read(script(column))).collect();
        let last = cells.iter().rposition(|cell| !cell.is_empty());
        cells.truncate(last.map_or(0, |last| last + 1));
        cell::Row { number: self.number, hidden: self.hidden, cells }
    }
}

impl Cell {
    /// The cell with its letters read. In a column of an old script a cell's own font says which.
    fn read(self, script: Script) -> cell::Cell {
        let fault = matches!(self.content, Content::Fault(_));
        let text = match self.content {
            Content::Empty => String::new(),
            Content::Text(text) if script == Script::Unicode => text,
            Content::Text(text) => legacy::decode(&text, self.font.unwrap_or(script)),
            Content::Number(number) => decimal(number),
            Content::Day(day) => day.format("%Y-%m-%d").to_string(),
            Content::Bool(truth) => if truth { "TRUE" } else { "FALSE" }.to_owned(),
            Content::Fault(fault) => fault,
        };
        let cell = cell::Cell::of(&text);
        let note = match (fault, self.merged, self.formula) {
            (true, ..) => Some(Note::Error),
            (_, true, _) => Some(Note::Merged),
            (.., true) if cell.text.is_empty() => Some(Note::NotComputed),
            (.., true) => Some(Note::Computed),
            _ => None,
        };
        cell::Cell { note, ..cell }
    }
}

/// How the texts of each column are to be read, by their letters and, where the file names them, their fonts.
pub(crate) fn scripts(rows: &[Row]) -> Vec<Script> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    let whole = legacy::judge((0..width).flat_map(|column| texts(rows, column)));
    let script = |column| match legacy::judge(texts(rows, column)) {
        Script::Unicode if leans(rows, column) => whole,
        script => script,
    };
    (0..width).map(script).collect()
}

/// A text, cut where no cell can be so long.
pub(crate) fn text(text: &str) -> Content {
    match text.char_indices().nth(LONGEST) {
        _ if text.is_empty() => Content::Empty,
        Some((end, _)) => Content::Text(text[..end].into()),
        None => Content::Text(text.into()),
    }
}

/// A day as spreadsheet programs count: 1 is 1 January 1900, and a 29 February 1900 that never was.
pub(crate) fn day(serial: f64) -> Option<NaiveDate> {
    if !(1.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let whole = serial.floor() as u64;
    let start = NaiveDate::from_ymd_opt(1899, 12, if whole < 60 { 31 } else { 30 })?;
    start.checked_add_days(Days::new(whole))
}

/// A day written `2020-01-05`, whatever stands behind a `T`.
pub(crate) fn iso(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.split(['T', ' ']).next()?, "%Y-%m-%d").ok()
}

/// A whole number without a point, any other with as many digits as it needs.
fn decimal(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { number.to_string() }
}

fn texts(rows: &[Row], column: usize) -> impl Iterator<Item = (&str, Option<Script>)> {
    rows.iter().filter_map(move |row| match row.cells.get(column) {
        Some(Cell { content: Content::Text(text), font, .. }) => Some((text.as_str(), *font)),
        _ => None,
    })
}

/// Whether a column has letters beyond plain ones and none that only Unicode has, so that the sheet decides.
fn leans(rows: &[Row], column: usize) -> bool {
    let mut beyond = texts(rows, column).filter(|(text, _)| !text.is_ascii()).peekable();
    beyond.peek().is_some() && beyond.all(|(text, _)| !legacy::is_unicode(text))
}
