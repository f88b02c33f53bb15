//! An ODS workbook: its sheets and rows, parsed while they are asked for.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::{BytesStart, Event};

use crate::package::{Package, Stream, damaged};
use crate::raw::{self, Cell, Content, Row};
use crate::refusal::{MOST_SHEETS, Refusal};
use crate::xml::{Xml, attribute, count, referred};

const PART: &str = "content.xml";
/// The most columns that repeated and merged cells fill.
const FILLED: usize = 256;
/// Bytes of one cell's XML text; what goes beyond no spreadsheet program wrote.
const MOST_TEXT: usize = 4 * 32_767;

/// The names of the sheets and whether each is hidden; a locked file says so in its manifest.
pub(crate) fn sheets(package: &Package) -> Result<Vec<(String, bool)>, Refusal> {
    let manifest = "META-INF/manifest.xml";
    if package.has(manifest) && package.text(manifest, 1 << 20)?.contains("encryption-data") {
        return Err(Refusal::Locked);
    }
    let (mut sheets, mut hidden, mut style) = (Vec::new(), BTreeSet::new(), String::new());
    let mut xml = Xml::new(PART, package.stream(PART)?);
    loop {
        match xml.event()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "style" => style = attribute(&start, "name").unwrap_or_default(),
                "table-properties" if attribute(&start, "display").as_deref() == Some("false") => {
                    hidden.insert(std::mem::take(&mut style));
                }
                "table" => {
                    let is_hidden = attribute(&start, "style-name").is_some_and(|style| hidden.contains(&style));
                    sheets.push((attribute(&start, "name").unwrap_or_default(), is_hidden));
                    if sheets.len() > MOST_SHEETS {
                        return Err(Refusal::Bomb);
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

/// Rows of one sheet in the order of the file.
pub(crate) struct OdsRows {
    xml: Xml<Stream>,
    next: u32,
    /// A row that the file says once and means several times.
    again: Option<(u32, Row)>,
    /// Cells of rows above that reach into the rows below: for each column the rows left and the content.
    falling: BTreeMap<usize, (u32, Cell)>,
    done: bool,
}

impl OdsRows {
    pub(crate) fn open(package: &Package, index: usize) -> Result<OdsRows, Refusal> {
        let mut xml = Xml::new(PART, package.stream(PART)?);
        let mut tables = 0;
        while tables <= index {
            match xml.event()? {
                Event::Start(start) if start.local_name().as_ref() == "table" => tables += 1,
                Event::Eof => return Err(Refusal::NoSuchSheet),
                _ => {}
            }
        }
        Ok(OdsRows { xml, next: 1, again: None, falling: BTreeMap::new(), done: false })
    }

    fn row(&mut self) -> Result<Option<Row>, Refusal> {
        if let Some((left, row)) = self.again.take() {
            let row = Row { number: self.next, ..row };
            self.next = self.next.saturating_add(1);
            if left > 1 {
                self.again = Some((left - 1, row.clone()));
            }
            return Ok(Some(row));
        }
        loop {
            let (repeated, hidden) = match self.xml.event()? {
                Event::Start(start) if start.local_name().as_ref() == "table-row" => {
                    (count(&start, "number-rows-repeated").unwrap_or(1).max(1), is_hidden(&start))
                }
                Event::End(end) if end.local_name().as_ref() == "table" => return Ok(None),
                Event::Eof => return Ok(None),
                _ => continue,
            };
            let cells = self.cells()?;
            let row = Row { number: self.next, hidden, cells };
            if row.cells.iter().all(|cell| cell.content == Content::Empty && !cell.formula) {
                self.next = self.next.saturating_add(repeated);
                continue;
            }
            self.next = self.next.saturating_add(1);
            if repeated > 1 {
                self.again = Some((repeated - 1, row.clone()));
            }
            return Ok(Some(row));
        }
    }

    fn cells(&mut self) -> Result<Vec<Cell>, Refusal> {
        let mut cells: Vec<Cell> = Vec::new();
        let mut column = 0_usize;
        loop {
            let (head, covered) = match self.xml.event()? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "table-cell" => (Head::of(&start), false),
                    "covered-table-cell" => (Head::of(&start), true),
                    _ => continue,
                },
                Event::End(end) if end.local_name().as_ref() == "table-row" => break,
                Event::Eof => return Err(damaged(PART, "ends inside a row")),
                _ => continue,
            };
            let cell = self.content(&head)?;
            let times = if covered { head.repeated } else { head.repeated.max(head.columns) } as usize;
            if (cell.formula || cell.content != Content::Empty) && column < FILLED {
                let end = (column + times).min(FILLED);
                cells.resize(cells.len().max(end), Cell::default());
                for (at, place) in cells[column..end].iter_mut().enumerate() {
                    *place = cell.clone();
                    place.merged = at > 0 && head.columns > 1;
                    if head.rows > 1 {
                        self.falling.insert(column + at, (head.rows, cell.clone()));
                    }
                }
            }
            column = column.saturating_add(head.repeated as usize);
        }
        self.fall(&mut cells);
        Ok(cells)
    }

    fn fall(&mut self, cells: &mut Vec<Cell>) {
        for (column, (left, cell)) in &mut self.falling {
            *left -= 1;
            if cells.len() <= *column {
                cells.resize(*column + 1, Cell::default());
            }
            let place = &mut cells[*column];
            if place.content == Content::Empty {
                *place = cell.clone();
                place.merged = true;
            }
        }
        self.falling.retain(|_, (left, _)| *left > 0);
    }

    fn content(&mut self, head: &Head) -> Result<Cell, Refusal> {
        let (mut text, mut paragraphs, mut aside) = (String::new(), 0, 0_u32);
        let mut inside = 0_u32;
        loop {
            match self.xml.event()? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "annotation" => aside += 1,
                    "p" if aside == 0 => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        paragraphs += 1;
                        inside += 1;
                    }
                    "s" | "tab" | "line-break" if inside > 0 => text.push(' '),
                    _ => {}
                },
                Event::Text(piece) if inside > 0 && aside == 0 && text.len() + piece.len() <= MOST_TEXT => {
                    text.push_str(&piece.xml10_content());
                }
                Event::GeneralRef(reference) if inside > 0 && aside == 0 => text.extend(referred(&reference)),
                Event::End(end) => match end.local_name().as_ref() {
                    "annotation" => aside = aside.saturating_sub(1),
                    "p" if aside == 0 => inside = inside.saturating_sub(1),
                    "table-cell" | "covered-table-cell" => break,
                    _ => {}
                },
                Event::Eof => return Err(damaged(PART, "ends inside a cell")),
                _ => {}
            }
        }
        Ok(self.cell(head, text))
    }

    fn cell(&self, head: &Head, text: String) -> Cell {
        let number = || head.value.as_ref().and_then(|value| value.parse().ok());
        let content = match head.sort.as_str() {
            _ if head.formula && is_fault(&text) => Content::Fault(text),
            "float" | "currency" | "percentage" => number().map_or_else(|| raw::text(&text), Content::Number),
            "date" => head.value.as_deref().and_then(raw::iso).map_or_else(|| raw::text(&text), Content::Day),
            "boolean" => Content::Bool(head.value.as_deref() == Some("true")),
            _ => raw::text(&text),
        };
        Cell { content, font: None, formula: head.formula, merged: false }
    }
}

impl Iterator for OdsRows {
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
struct Head {
    sort: String,
    value: Option<String>,
    formula: bool,
    repeated: u32,
    columns: u32,
    rows: u32,
}

impl Head {
    fn of(start: &BytesStart) -> Head {
        let value = ["value", "date-value", "boolean-value"].iter().find_map(|name| attribute(start, name));
        Head {
            sort: attribute(start, "value-type").unwrap_or_default(),
            value,
            formula: attribute(start, "formula").is_some(),
            repeated: count(start, "number-columns-repeated").unwrap_or(1).max(1),
            columns: count(start, "number-columns-spanned").unwrap_or(1).clamp(1, 1 << 14),
            rows: count(start, "number-rows-spanned").unwrap_or(1).clamp(1, 1 << 20),
        }
    }
}

fn is_hidden(start: &BytesStart) -> bool {
    attribute(start, "visibility").is_some_and(|state| state == "collapse" || state == "filter")
}

fn is_fault(text: &str) -> bool {
    text.starts_with('#') || text.starts_with("Err:")
}
