//! The rows of one XLSX sheet, parsed while they are asked for.

use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use crate::merges::{Filling, Merge, Merges};
use crate::package::{Stream, damaged};
use crate::raw::{self, Cell, Content, Row};
use crate::refusal::Refusal;
use crate::xlsx::{Book, SheetPart};
use crate::xml::{Xml, attribute, count, is_set, referred};

/// The most columns that merged cells fill; a title may be merged over a whole sheet.
const FILLED: u32 = 200;
/// The last column that a sheet can have, from 0.
const WIDEST: u32 = 16_383;
/// The last row that is counted, so that the next has a number too.
pub(crate) const LAST_ROW: u32 = u32::MAX - 1;
/// Bytes of one cell's XML text; what goes beyond no spreadsheet program wrote.
const MOST_TEXT: usize = 4 * 32_767;

/// The merged cells of a sheet, found in a first walk because they stand after the rows that they change.
pub(crate) fn merges(book: &Book, sheet: &SheetPart) -> Result<Merges, Refusal> {
    let mut xml = Xml::new(&sheet.part, book.package.stream(&sheet.part)?);
    let mut merges = Vec::new();
    loop {
        match xml.event()? {
            Event::Start(start) if start.local_name().as_ref() == "mergeCell" => {
                merges.extend(attribute(&start, "ref").and_then(|span| Merge::named(&span)));
            }
            Event::Eof => return Ok(Merges::new(merges)),
            _ => {}
        }
    }
}

/// Rows in the order of the file.
pub(crate) struct XlsxRows {
    book: Arc<Book>,
    xml: Xml<Stream>,
    filling: Filling,
    row: u32,
    done: bool,
}

impl XlsxRows {
    pub(crate) fn open(book: Arc<Book>, sheet: &SheetPart, merges: Merges) -> Result<XlsxRows, Refusal> {
        let xml = Xml::new(&sheet.part, book.package.stream(&sheet.part)?);
        Ok(XlsxRows { book, xml, filling: Filling::of(merges), row: 0, done: false })
    }

    fn row(&mut self) -> Result<Option<Row>, Refusal> {
        loop {
            match self.xml.event()? {
                Event::Start(start) if start.local_name().as_ref() == "row" => {
                    let number = count(&start, "r").unwrap_or(self.row + 1).min(LAST_ROW);
                    let hidden = is_set(&start, "hidden");
                    self.row = number;
                    let cells = self.cells()?;
                    let mut row = Row { number, hidden, cells };
                    self.filling.fill(&mut row, FILLED);
                    return Ok(Some(row));
                }
                Event::End(end) if end.local_name().as_ref() == "sheetData" => return Ok(None),
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    fn cells(&mut self) -> Result<Vec<Cell>, Refusal> {
        let mut cells = Vec::new();
        let mut next = 0;
        loop {
            match self.xml.event()? {
                Event::Start(start) if start.local_name().as_ref() == "c" => {
                    let head = CellHead::of(&start, next);
                    next = head.column.saturating_add(1);
                    let cell = self.content(&head)?;
                    let column = head.column as usize;
                    if head.column <= WIDEST && (cell.formula || cell.content != Content::Empty) {
                        if cells.len() <= column {
                            cells.resize(column + 1, Cell::default());
                        }
                        cells[column] = cell;
                    }
                }
                Event::End(end) if end.local_name().as_ref() == "row" => return Ok(cells),
                Event::Eof => return Err(damaged("sheet", "ends inside a row")),
                _ => {}
            }
        }
    }

    fn content(&mut self, head: &CellHead) -> Result<Cell, Refusal> {
        let mut value = None::<String>;
        let (mut formula, mut inside, mut aside) = (false, false, false);
        let add = |value: &mut Option<String>, piece: &str| {
            let text = value.get_or_insert_default();
            if text.len() + piece.len() <= MOST_TEXT {
                text.push_str(piece);
            }
        };
        loop {
            match self.xml.event()? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "f" => formula = true,
                    "rPh" => aside = true,
                    "v" | "t" => inside = !aside,
                    _ => {}
                },
                Event::Text(piece) if inside => add(&mut value, &piece.xml10_content()),
                Event::CData(piece) if inside => add(&mut value, &piece),
                Event::GeneralRef(reference) if inside => {
                    if let Some(letter) = referred(&reference) {
                        add(&mut value, letter.encode_utf8(&mut [0; 4]));
                    }
                }
                Event::End(end) => match end.local_name().as_ref() {
                    "v" | "t" => inside = false,
                    "rPh" => aside = false,
                    "c" => break,
                    _ => {}
                },
                Event::Eof => return Err(damaged("sheet", "ends inside a cell")),
                _ => {}
            }
        }
        Ok(self.cell(head, value, formula))
    }

    fn cell(&self, head: &CellHead, value: Option<String>, formula: bool) -> Cell {
        let style = self.book.styles.get(head.style as usize).copied().unwrap_or_default();
        let content = match (value, head.sort.as_str()) {
            (None, _) => Content::Empty,
            (Some(value), "s") => {
                let shared = value.trim().parse().ok().and_then(|at: usize| self.book.texts.get(at));
                shared.map_or(Content::Fault("#TEXT".into()), |text| raw::text(text))
            }
            (Some(value), "str" | "inlineStr") => raw::text(&value),
            (Some(value), "b") => Content::Bool(value.trim() == "1" || value.trim() == "true"),
            (Some(value), "e") => Content::Fault(value),
            (Some(value), "d") => raw::iso(value.trim()).map_or_else(|| raw::text(&value), Content::Day),
            (Some(value), _) => number(value, style.is_day, self.book.from_1904),
        };
        Cell { content, font: style.font, formula, merged: false }
    }
}

impl Iterator for XlsxRows {
    type Item = Result<Row, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let row = self.row().transpose();
        self.done = !matches!(row, Some(Ok(_)));
        row
    }
}

/// The attributes of a cell.
struct CellHead {
    column: u32,
    style: u32,
    sort: String,
}

impl CellHead {
    fn of(start: &BytesStart, next: u32) -> CellHead {
        let place = attribute(start, "r").and_then(|place| crate::merges::place(&place));
        CellHead {
            column: place.map_or(next, |(_, column)| column),
            style: count(start, "s").unwrap_or_default(),
            sort: attribute(start, "t").unwrap_or_default(),
        }
    }
}

fn number(value: String, is_day: bool, from_1904: bool) -> Content {
    let Ok(number) = value.trim().parse::<f64>() else {
        return if value.trim().is_empty() { Content::Empty } else { Content::Text(value) };
    };
    let shifted = if from_1904 { number + 1_462.0 } else { number };
    match is_day.then(|| raw::day(shifted)).flatten() {
        Some(day) => Content::Day(day),
        None => Content::Number(number),
    }
}
