//! An XLSX whose one sheet gains a column; every other part is copied as it lies in the file.

use std::io::{BufRead, Cursor, Write};

use quick_xml::events::{BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::give_back::{Complaints, HEADING, head_row, place};
use crate::merges::{self, letters};
use crate::package::{damaged, refusal};
use crate::refusal::Refusal;
use crate::shape::Shape;
use crate::xlsx::Book;
use crate::xlsx_rows::LAST_ROW;
use crate::xml::{attribute, count};

/// How wide the column is, in characters.
const WIDTH: u32 = 60;

/// Copies the file; the sheet's part is rewritten while it is read.
pub(super) fn patched(book: &Book, sheet: usize, shape: &Shape, complaints: &Complaints) -> Result<Vec<u8>, Refusal> {
    let broken = |error: zip::result::ZipError| damaged("zip", error);
    let part = &book.sheets.get(sheet).ok_or(Refusal::NoSuchSheet)?.part;
    let mut archive = ZipArchive::new(Cursor::new(book.package.bytes())).map_err(broken)?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(broken)?;
        let name = file.name().map_err(broken)?.into_owned();
        if !name.replace('\\', "/").eq_ignore_ascii_case(part.trim_start_matches('/')) {
            zip.raw_copy_file(file).map_err(broken)?;
            continue;
        }
        zip.start_file(name, options).map_err(broken)?;
        let column =
            Adding { column: place(shape) as u32, head: head_row(shape), complaints, row: 0, style: None, done: true };
        column.rewrite(part, book.package.stream(part)?, &mut zip)?;
    }
    Ok(zip.finish().map_err(broken)?.into_inner())
}

/// An inline string: whatever its text begins with, it is never a formula.
pub(super) fn inline(place: &str, style: &str, text: &str) -> String {
    let text = escaped(text);
    format!(r#"<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#)
}

/// A text for XML, without the control characters that XML cannot hold.
pub(super) fn escaped(text: &str) -> String {
    let kept = |letter: &char| !letter.is_control() || matches!(letter, '\n' | '\t');
    let bare: String = text.chars().filter(kept).filter(|letter| !matches!(letter, '\u{FFFE}' | '\u{FFFF}')).collect();
    quick_xml::escape::escape(bare.as_str()).into_owned()
}

/// The walk over a sheet that adds the column.
struct Adding<'c> {
    column: u32,
    head: Option<u32>,
    complaints: &'c Complaints,
    row: u32,
    /// The style of the row's last cell, which the heading takes over.
    style: Option<String>,
    /// Whether this row's cell is written.
    done: bool,
}

impl Adding<'_> {
    fn rewrite(mut self, part: &str, input: impl BufRead, output: impl Write) -> Result<(), Refusal> {
        let mut reader = Reader::from_reader(input);
        let mut writer = Writer::new(output);
        let (mut buffer, mut skipped, mut has_columns) = (Vec::new(), 0_u32, false);
        loop {
            buffer.clear();
            let event = reader.read_event_into(&mut buffer).map_err(|error| refusal(part, error))?;
            let name = named(&event);
            // What is left out: our own older cells, and the sheet's size, which no longer holds.
            if skipped > 0 || self.is_dropped(&event, &name) {
                match &event {
                    Event::Start(_) => skipped += 1,
                    Event::End(_) => skipped -= 1,
                    Event::Eof => return Err(damaged(part, "ends inside a cell")),
                    _ => {}
                }
                continue;
            }
            let mut put = |event: Event| writer.write_event(event).map_err(|error| damaged(part, error));
            match event {
                Event::Eof => return Ok(()),
                Event::Start(start) if name == "row" => {
                    self.begin(&start);
                    put(Event::Start(without_spans(&start)))?;
                }
                Event::Empty(start) if name == "row" => {
                    self.begin(&start);
                    put(Event::Start(without_spans(&start)))?;
                    put(raw(&self.cell()))?;
                    put(Event::End(start.to_end()))?;
                }
                Event::End(end) if name == "row" => {
                    put(raw(&self.cell()))?;
                    put(Event::End(end))?;
                }
                Event::Start(ref start) | Event::Empty(ref start) if name == "c" => {
                    if place_of(start).is_some_and(|column| column > self.column) {
                        put(raw(&self.cell()))?;
                    } else {
                        self.style = attribute(start, "s");
                    }
                    put(event)?;
                }
                Event::Start(ref start) | Event::Empty(ref start) if name == "col" => {
                    has_columns |= count(start, "max").is_some_and(|last| last > self.column);
                    put(event)?;
                }
                Event::End(end) if name == "cols" => {
                    if !has_columns {
                        put(raw(&self.width()))?;
                    }
                    has_columns = true;
                    put(Event::End(end))?;
                }
                Event::Start(_) if name == "sheetData" => {
                    if !has_columns {
                        put(raw(&format!("<cols>{}</cols>", self.width())))?;
                    }
                    put(event)?;
                }
                event => put(event)?,
            }
        }
    }

    fn is_dropped(&self, event: &Event, name: &str) -> bool {
        match event {
            Event::Start(start) | Event::Empty(start) if name == "c" => place_of(start) == Some(self.column),
            Event::Start(_) | Event::Empty(_) => name == "dimension",
            _ => false,
        }
    }

    fn begin(&mut self, start: &BytesStart) {
        self.row = count(start, "r").unwrap_or(self.row + 1).min(LAST_ROW);
        (self.style, self.done) = (None, false);
    }

    /// The row's cell, once; nothing when there is nothing to say.
    fn cell(&mut self) -> String {
        if std::mem::replace(&mut self.done, true) {
            return String::new();
        }
        let place = format!("{}{}", letters(self.column), self.row);
        let style = self.style.as_deref().map(|style| format!(r#" s="{}""#, escaped(style))).unwrap_or_default();
        match (self.head == Some(self.row), self.complaints.get(&self.row)) {
            (true, _) => inline(&place, &style, HEADING),
            (false, Some(text)) => inline(&place, "", text),
            _ => String::new(),
        }
    }

    fn width(&self) -> String {
        let number = self.column + 1;
        format!(r#"<col min="{number}" max="{number}" width="{WIDTH}" customWidth="1"/>"#)
    }
}

fn named(event: &Event) -> String {
    match event {
        Event::Start(start) | Event::Empty(start) => start.local_name().as_ref().to_owned(),
        Event::End(end) => end.local_name().as_ref().to_owned(),
        _ => String::new(),
    }
}

fn place_of(start: &BytesStart) -> Option<u32> {
    attribute(start, "r").and_then(|place| merges::place(&place)).map(|(_, column)| column)
}

/// The hint which columns a row has no longer holds.
fn without_spans(start: &BytesStart) -> BytesStart<'static> {
    let name = start.name().as_ref().to_owned();
    let mut attributes = start.attributes();
    let kept = attributes.with_checks(false).flatten().filter(|one| one.key.local_name().as_ref() != "spans");
    let mut bare = BytesStart::new(name);
    bare.extend_attributes(kept);
    bare.into_owned()
}

fn raw(text: &str) -> Event<'static> {
    Event::Text(BytesText::from_escaped(text.to_owned()))
}
