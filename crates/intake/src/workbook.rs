//! A file of tables: what kind it is, its sheets, and their rows one after another.

use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;
use std::sync::Arc;

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Ods, Range, Reader, SheetVisible, Xls, Xlsx};

use crate::cell::{Cell, Note, Row};
use crate::refusal::{Limits, Refusal};
use crate::text::{self, Style};

type Bytes = Cursor<Arc<[u8]>>;

/// A file that has been opened.
pub struct Workbook {
    pub kind: FileKind,
    pub sheets: Vec<Sheet>,
    /// The ending of its name, where that is not the one of its kind.
    pub wrong_ending: Option<String>,
    limits: Limits,
    source: Source,
}

/// A sheet of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub name: String,
    pub hidden: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    Xlsx,
    Xls,
    Ods,
    /// Text with separators, and how it is written.
    Csv(Style),
}

impl FileKind {
    /// The usual ending of names.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Csv(_) => "csv",
        }
    }
}

enum Source {
    Xlsx(Box<Xlsx<Bytes>>),
    Xls(Box<Xls<Bytes>>),
    Ods(Box<Ods<Bytes>>),
    Csv(String),
}

/// The last column that a sheet can have, from 0.
const WIDEST: usize = 16_383;
/// Packed files in one spreadsheet; a real one has some dozens.
const MOST_ENTRIES: usize = 5_000;
/// XML of spreadsheets packs to a twentieth; to a thousandth nothing honest does.
const HONEST_RATIO: u64 = 400;
/// Up to here any ratio is harmless.
const HARMLESS: u64 = 32 << 20;

impl Workbook {
    /// Opens the bytes of a file. What it holds decides, not its name.
    pub fn open(bytes: impl Into<Arc<[u8]>>, name: &str, limits: Limits) -> Result<Self, Refusal> {
        let bytes: Arc<[u8]> = bytes.into();
        let length = bytes.len() as u64;
        if length > limits.bytes {
            return Err(Refusal::TooLarge { bytes: length, limit: limits.bytes });
        }
        let named = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        let kind = kind(&bytes, named.as_deref(), limits)?;
        let (source, sheets) = open(kind, bytes)?;
        let other = |named: &String| match kind {
            FileKind::Csv(_) => !matches!(named.as_str(), "csv" | "txt" | "tsv"),
            kind => named != kind.ending(),
        };
        Ok(Self { kind, sheets, wrong_ending: named.filter(other), limits, source })
    }

    /// Hands on the rows of a sheet in their order, those that hold nothing left out, until `each` breaks off.
    pub fn rows(&mut self, sheet: usize, mut each: impl FnMut(Row) -> ControlFlow<()>) -> Result<(), Refusal> {
        let name = self.sheets.get(sheet).ok_or(Refusal::NoSuchSheet)?.name.clone();
        let mut seen = 0;
        let limits = self.limits;
        let mut checked = |row: Row| {
            seen += 1;
            if seen > limits.rows {
                return Err(Refusal::TooManyRows { limit: limits.rows });
            }
            if row.cells.len() > limits.columns as usize {
                return Err(Refusal::TooManyColumns { limit: limits.columns });
            }
            Ok(each(row))
        };
        match &mut self.source {
            Source::Xlsx(book) => xlsx_rows(book, &name, &mut checked),
            Source::Xls(book) => {
                let range = book.worksheet_range(&name).map_err(damaged)?;
                range_rows(&range, &book.worksheet_formula(&name).unwrap_or_default(), &mut checked)
            }
            Source::Ods(book) => {
                let range = book.worksheet_range(&name).map_err(damaged)?;
                range_rows(&range, &book.worksheet_formula(&name).unwrap_or_default(), &mut checked)
            }
            Source::Csv(text) => {
                let FileKind::Csv(style) = self.kind else { return Err(Refusal::Unknown) };
                csv_rows(text, style.separator, &mut checked)
            }
        }
    }
}

type Each<'e> = &'e mut dyn FnMut(Row) -> Result<ControlFlow<()>, Refusal>;

fn kind(bytes: &[u8], named: Option<&str>, limits: Limits) -> Result<FileKind, Refusal> {
    match bytes {
        [] => Err(Refusal::Empty),
        [b'P', b'K', 3, 4, ..] => packed_kind(bytes, limits),
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => match () {
            () if holds_wide(bytes, "EncryptedPackage") => Err(Refusal::Locked),
            () if holds_wide(bytes, "_VBA_PROJECT") => Err(Refusal::Macros),
            () => Ok(FileKind::Xls),
        },
        [b'%', b'P', b'D', b'F', ..] => Err(other(named, "pdf")),
        [0xff, 0xd8, 0xff, ..] => Err(other(named, "jpg")),
        [0x89, b'P', b'N', b'G', ..] => Err(other(named, "png")),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Ok(FileKind::Csv(text::decode(bytes).1)),
        _ => {
            let (decoded, style) = text::decode(bytes);
            let strange = decoded.chars().filter(|letter| letter.is_control() && !letter.is_whitespace()).count();
            match () {
                () if strange > 0 => Err(Refusal::Unknown),
                () if decoded.trim().is_empty() => Err(Refusal::Empty),
                () => Ok(FileKind::Csv(style)),
            }
        }
    }
}

fn other(named: Option<&str>, found: &'static str) -> Refusal {
    match named {
        Some(named) if named != found => Refusal::WrongEnding { named: named.to_owned(), found },
        _ => Refusal::Unknown,
    }
}

/// The kind of a packed file, after everything in it was unpacked once and weighed.
fn packed_kind(bytes: &[u8], limits: Limits) -> Result<FileKind, Refusal> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MOST_ENTRIES {
        return Err(Refusal::Bomb);
    }
    let (mut total, mut found) = (0, None);
    for place in 0..archive.len() {
        let mut entry = match archive.by_index(place) {
            Ok(entry) => entry,
            Err(zip::result::ZipError::UnsupportedArchive(_)) => return Err(Refusal::Locked),
            Err(why) => return Err(damaged(why)),
        };
        let (name, packed) = (entry.name().map_err(damaged)?.to_lowercase(), entry.compressed_size());
        if name.ends_with("vbaproject.bin") || name.starts_with("basic/") && name.ends_with(".xml") {
            return Err(Refusal::Macros);
        }
        if name == "mimetype" {
            let mut type_name = String::new();
            (&mut entry).take(200).read_to_string(&mut type_name).map_err(damaged)?;
            found = found.or(type_name.contains("opendocument.spreadsheet").then_some(FileKind::Ods));
        }
        if name == "xl/workbook.xml" {
            found = Some(FileKind::Xlsx);
        }
        let room = limits.unpacked.saturating_sub(total);
        let unpacked = io::copy(&mut entry.take(room + 1), &mut io::sink()).map_err(damaged)?;
        total += unpacked;
        if unpacked > room || unpacked > HARMLESS && unpacked / packed.max(1) > HONEST_RATIO {
            return Err(Refusal::Bomb);
        }
    }
    found.ok_or(Refusal::Unknown)
}

/// Whether a name stands in a compound file, where names are written with two bytes a letter.
fn holds_wide(bytes: &[u8], name: &str) -> bool {
    let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wide.len()).any(|window| window == wide)
}

fn open(kind: FileKind, bytes: Arc<[u8]>) -> Result<(Source, Vec<Sheet>), Refusal> {
    let sheets = |metadata: &[calamine::Sheet]| -> Vec<Sheet> {
        let sheet = |sheet: &calamine::Sheet| Sheet {
            name: sheet.name.clone(),
            hidden: sheet.visible != SheetVisible::Visible,
        };
        metadata.iter().map(sheet).collect()
    };
    Ok(match kind {
        FileKind::Xlsx => {
            let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
            let list = sheets(book.sheets_metadata());
            (Source::Xlsx(Box::new(book)), list)
        }
        FileKind::Xls => {
            let book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(damaged)?;
            let list = sheets(book.sheets_metadata());
            (Source::Xls(Box::new(book)), list)
        }
        FileKind::Ods => {
            let book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(damaged)?;
            let list = sheets(book.sheets_metadata());
            (Source::Ods(Box::new(book)), list)
        }
        FileKind::Csv(_) => (Source::Csv(text::decode(&bytes).0), vec![Sheet { name: String::new(), hidden: false }]),
    })
}

fn xlsx_rows(book: &mut Xlsx<Bytes>, name: &str, each: Each<'_>) -> Result<(), Refusal> {
    let mut merged = Merged::of(book.merge_cells_by_sheet_name(name).map_err(damaged)?);
    let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
    let mut row = Row { number: 0, cells: Vec::new() };
    while let Some(found) = reader.next_cell_with_formula_metadata().map_err(damaged)? {
        let (number, column) = (found.pos.0.saturating_add(1), found.pos.1 as usize);
        if number != row.number {
            let done = std::mem::replace(&mut row, Row { number, cells: Vec::new() });
            if hand_on(merged.filled(done), each)?.is_break() {
                return Ok(());
            }
        }
        let computed = found.formula.is_some();
        let cell = cell(&found.value, computed);
        if !cell.is_empty() && column <= WIDEST {
            if row.cells.len() <= column {
                row.cells.resize(column + 1, Cell::default());
            }
            row.cells[column] = cell;
        }
    }
    hand_on(merged.filled(row), each).map(|_| ())
}

fn range_rows(range: &Range<Data>, formulas: &Range<String>, each: Each<'_>) -> Result<(), Refusal> {
    let (top, left) = range.start().unwrap_or((0, 0));
    for (place, values) in range.rows().enumerate() {
        let number = top + place as u32;
        let mut cells = vec![Cell::default(); left as usize];
        cells.extend(values.iter().enumerate().map(|(column, value)| {
            let formula = formulas.get_value((number, left + column as u32)).is_some_and(|text| !text.is_empty());
            cell(&borrowed(value), formula)
        }));
        if hand_on(Row { number: number + 1, cells }, each)?.is_break() {
            return Ok(());
        }
    }
    Ok(())
}

fn csv_rows(text: &str, separator: u8, each: Each<'_>) -> Result<(), Refusal> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    for (place, line) in reader.records().enumerate() {
        let line = line.map_err(damaged)?;
        let number = u32::try_from(place + 1).unwrap_or(u32::MAX);
        let cells = line.iter().map(Cell::of).collect();
        if hand_on(Row { number, cells }, each)?.is_break() {
            return Ok(());
        }
    }
    Ok(())
}

/// A row without the empty cells at its end; one that holds nothing is passed over.
fn hand_on(mut row: Row, each: Each<'_>) -> Result<ControlFlow<()>, Refusal> {
    let last = row.cells.iter().rposition(|cell| !cell.is_empty());
    row.cells.truncate(last.map_or(0, |last| last + 1));
    if row.cells.is_empty() { Ok(ControlFlow::Continue(())) } else { each(row) }
}

fn cell(value: &DataRef<'_>, formula: bool) -> Cell {
    let text = match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => decimal(*number),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(instant) => day(instant),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.trim_end_matches("T00:00:00").to_owned(),
        DataRef::Error(error) => return Cell { text: error.to_string(), note: Some(Note::Error) },
        DataRef::Empty => String::new(),
    };
    let cell = Cell::of(&text);
    let note = match (formula, cell.text.is_empty()) {
        (true, true) => Some(Note::NotComputed),
        (true, false) => Some(Note::Computed),
        (false, _) => None,
    };
    Cell { note, ..cell }
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(instant) => DataRef::DateTime(*instant),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// A whole number without a point, any other with as many digits as it needs.
fn decimal(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { number.to_string() }
}

fn day(instant: &ExcelDateTime) -> String {
    if instant.is_duration() {
        return decimal(instant.as_f64());
    }
    let (year, month, day, hour, minute, ..) = instant.to_ymd_hms_milli();
    match (hour, minute) {
        (0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"),
    }
}

fn damaged(why: impl std::fmt::Display) -> Refusal {
    Refusal::Damaged(why.to_string())
}

/// The regions of merged cells, whose first cell stands for all.
struct Merged {
    /// Regions that are still to come, the nearest last.
    coming: Vec<Dimensions>,
    /// Regions that the row lies in, each with the text of its first cell.
    open: Vec<(Dimensions, Option<String>)>,
}

impl Merged {
    fn of(mut regions: Vec<Dimensions>) -> Self {
        regions.sort_by_key(|region| std::cmp::Reverse(region.start));
        Self { coming: regions, open: Vec::new() }
    }

    /// The row with the cells that are merged with a first one filled.
    fn filled(&mut self, mut row: Row) -> Row {
        let Some(number) = row.number.checked_sub(1) else { return row };
        while let Some(region) = self.coming.pop_if(|region| region.start.0 <= number) {
            let first = row.cells.get(region.start.1 as usize).filter(|_| region.start.0 == number);
            let text = first.filter(|cell| !cell.is_empty()).map(|cell| cell.text.clone());
            self.open.push((region, text));
        }
        self.open.retain(|(region, text)| region.end.0 >= number && text.is_some());
        for (region, text) in &self.open {
            let Some(text) = text else { continue };
            let (first, last) = (region.start.1 as usize, (region.end.1 as usize).min(WIDEST));
            if row.cells.len() <= last {
                row.cells.resize(last + 1, Cell::default());
            }
            for cell in row.cells[first..=last].iter_mut().filter(|cell| cell.is_empty()) {
                *cell = Cell { text: text.clone(), note: Some(Note::Merged) };
            }
        }
        row
    }
}
