//! An XLS workbook of the years before 2007, read whole: such a sheet has 65,536 rows at most.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{Data, Reader, SheetVisible, Xls, XlsError};

use crate::compound;
use crate::merges::{Filling, Merge, Merges};
use crate::package::damaged;
use crate::raw::{self, Cell, Content, Row};
use crate::refusal::{Limits, Refusal};

/// The last column of such a sheet and one more.
const COLUMNS: u32 = 256;

type Named = (String, bool);
type Sheets = Vec<(Named, XlsRows)>;

/// The rows of one sheet, whose merged cells are filled as the rows pass.
#[derive(Clone)]
pub(crate) struct XlsRows {
    rows: Arc<[Row]>,
    merges: Merges,
}

impl XlsRows {
    /// Every row in its order.
    pub(crate) fn all(&self) -> impl Iterator<Item = Row> + use<> {
        let (rows, mut filling) = (self.rows.clone(), Filling::of(self.merges.clone()));
        (0..rows.len()).map(move |at| {
            let mut row = rows[at].clone();
            filling.fill(&mut row, COLUMNS);
            row
        })
    }
}

/// Every sheet with its name, whether it is hidden, and its rows. The reader below is not ours, so a file that makes it
/// stumble is a damaged file.
pub(crate) fn open(bytes: Arc<[u8]>, limits: Limits) -> Result<Sheets, Refusal> {
    compound::check(&bytes, limits)?;
    let read = catch_unwind(AssertUnwindSafe(|| sheets(bytes)));
    read.unwrap_or_else(|_| Err(damaged("Workbook", "cannot be parsed")))
}

fn sheets(bytes: Arc<[u8]>) -> Result<Sheets, Refusal> {
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => Refusal::Locked,
        other => damaged("Workbook", other),
    })?;
    let hidden = |sheet: &calamine::Sheet| sheet.visible != SheetVisible::Visible;
    let named: Vec<Named> = book.sheets_metadata().iter().map(|sheet| (sheet.name.clone(), hidden(sheet))).collect();
    let mut sheets = Vec::with_capacity(named.len());
    for (name, hidden) in named {
        let rows = rows(&mut book, &name)?;
        sheets.push(((name, hidden), rows));
    }
    Ok(sheets)
}

fn rows(book: &mut Xls<Cursor<Arc<[u8]>>>, name: &str) -> Result<XlsRows, Refusal> {
    let range = book.worksheet_range(name).map_err(|error| damaged(name, error))?;
    let formulas = book.worksheet_formula(name).unwrap_or_default();
    let merges = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    let merge = |merge: &calamine::Dimensions| Merge {
        top: merge.start.0,
        left: merge.start.1,
        bottom: merge.end.0,
        right: merge.end.1,
    };
    let merges = Merges::new(merges.iter().map(merge).collect());
    let (top, left) = range.start().unwrap_or_default();
    let row = |(at, values): (u32, &[Data])| {
        let is_formula = |column| formulas.get_value((at, column)).is_some_and(|formula: &String| !formula.is_empty());
        let lead = std::iter::repeat_n(Cell::default(), left as usize);
        let cells = values.iter().zip(left..).map(|(value, column)| cell(value, is_formula(column)));
        Row { number: at + 1, hidden: false, cells: lead.chain(cells).collect() }
    };
    Ok(XlsRows { rows: (top..).zip(range.rows()).map(row).collect(), merges })
}

fn cell(value: &Data, formula: bool) -> Cell {
    let content = match value {
        Data::Empty => Content::Empty,
        Data::String(text) => raw::text(text),
        Data::Int(number) => Content::Number(*number as f64),
        Data::Float(number) => Content::Number(*number),
        Data::Bool(truth) => Content::Bool(*truth),
        Data::DateTime(moment) => raw::day(moment.as_f64()).map_or(Content::Number(moment.as_f64()), Content::Day),
        Data::DateTimeIso(text) => raw::iso(text).map_or_else(|| raw::text(text), Content::Day),
        Data::Error(fault) => Content::Fault(fault.to_string()),
        Data::DurationIso(text) => raw::text(text),
    };
    Cell { content, font: None, formula, merged: false }
}
