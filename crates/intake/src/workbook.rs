//! A file of tables: what kind it is, its sheets, and their rows one after another.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::cell::Row;
use crate::legacy::Script;
use crate::merges::Merges;
use crate::ods::{self, OdsRows};
use crate::package::Package;
use crate::raw;
use crate::refusal::{Limits, Refusal};
use crate::text::{self, Style};
use crate::text_rows::TextRows;
use crate::xls::{self, XlsRows};
use crate::xlsx::Book;
use crate::xlsx_rows::{self, XlsxRows};

/// A file that has been opened.
pub struct Workbook {
    pub kind: FileKind,
    pub sheets: Vec<Sheet>,
    /// The ending of its name, where that is not the one of its kind.
    pub wrong_ending: Option<String>,
    limits: Limits,
    /// How the texts of each sheet's columns are read, once that was judged or said.
    scripts: BTreeMap<usize, Vec<Script>>,
    /// The sheets of which somebody said how they are read; their cells' own fonts say nothing then.
    said: BTreeSet<usize>,
    pub(crate) source: Source,
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

/// Where rows come from.
pub(crate) enum Source {
    Xlsx { book: Arc<Book>, merges: BTreeMap<usize, Merges> },
    Xls(Vec<XlsRows>),
    Ods(Package),
    Csv(Arc<str>),
}

/// Rows from which the letters of a column are judged.
const JUDGED: usize = 200;
/// Bytes of the texts from which they are judged.
const JUDGED_BYTES: u64 = 8 << 20;
/// Bytes of the texts of one row; a cell that is repeated or merged can ask for any number of them.
const MOST_OF_A_ROW: u64 = 2 << 20;
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
        let (source, sheets) = open(kind, bytes, limits)?;
        let other = |named: &String| match kind {
            FileKind::Csv(_) => !matches!(named.as_str(), "csv" | "txt" | "tsv"),
            kind => named != kind.ending(),
        };
        Ok(Self {
            kind,
            sheets,
            wrong_ending: named.filter(other),
            limits,
            scripts: BTreeMap::new(),
            said: BTreeSet::new(),
            source,
        })
    }

    /// Hands on the rows of a sheet in their order, those that hold nothing left out, until `each` breaks off.
    pub fn rows(&mut self, sheet: usize, mut each: impl FnMut(Row) -> ControlFlow<()>) -> Result<(), Refusal> {
        let scripts = self.scripts(sheet)?;
        let (mut seen, mut bytes, limits, said) = (0, 0, self.limits, self.said.contains(&sheet));
        for row in self.raw(sheet)? {
            let row = row.map(|row| if said { row.without_fonts() } else { row })?;
            let weight = row.weight();
            bytes += weight;
            if weight > MOST_OF_A_ROW || bytes > limits.unpacked {
                return Err(Refusal::Bomb);
            }
            let (row, beyond) = row.parted(limits.columns as usize);
            let row = row.read(&scripts);
            if row.cells.is_empty() && !beyond {
                continue;
            }
            seen += 1;
            if seen > limits.rows {
                return Err(Refusal::TooManyRows { limit: limits.rows });
            }
            if beyond {
                return Err(Refusal::TooManyColumns { limit: limits.columns });
            }
            if each(row).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// How the texts of each column are read: in Unicode, or in the letters of an old font that its texts or its fonts
    /// give away. A proposal, until `read_as` says otherwise.
    pub fn scripts(&mut self, sheet: usize) -> Result<Vec<Script>, Refusal> {
        if let Some(scripts) = self.scripts.get(&sheet) {
            return Ok(scripts.clone());
        }
        let (mut top, mut bytes, columns) = (Vec::new(), 0, self.limits.columns as usize);
        for row in self.raw(sheet)?.take(JUDGED) {
            let mut row = row?;
            row.cells.truncate(columns);
            bytes += row.weight();
            top.push(row);
            if bytes > JUDGED_BYTES {
                break;
            }
        }
        let scripts = raw::scripts(&top);
        self.scripts.insert(sheet, scripts.clone());
        Ok(scripts)
    }

    /// Says how the texts of each column of a sheet are to be read, whatever fonts its cells name.
    pub fn read_as(&mut self, sheet: usize, scripts: Vec<Script>) {
        self.said.insert(sheet);
        self.scripts.insert(sheet, scripts);
    }

    fn raw(&mut self, sheet: usize) -> Result<Box<dyn Iterator<Item = Result<raw::Row, Refusal>>>, Refusal> {
        if sheet >= self.sheets.len() {
            return Err(Refusal::NoSuchSheet);
        }
        Ok(match &mut self.source {
            Source::Xlsx { book, merges } => {
                let part = &book.sheets[sheet];
                let found = match merges.get(&sheet) {
                    Some(found) => found.clone(),
                    None => merges.entry(sheet).or_insert(xlsx_rows::merges(book, part)?).clone(),
                };
                Box::new(XlsxRows::open(book.clone(), part, found)?)
            }
            Source::Xls(sheets) => Box::new(sheets[sheet].all().map(Ok)),
            Source::Ods(package) => Box::new(OdsRows::open(package, sheet)?),
            Source::Csv(text) => {
                let FileKind::Csv(style) = self.kind else { return Err(Refusal::Unknown) };
                Box::new(TextRows::open(text.clone(), style.separator))
            }
        })
    }
}

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

fn open(kind: FileKind, bytes: Arc<[u8]>, limits: Limits) -> Result<(Source, Vec<Sheet>), Refusal> {
    let named = |(name, hidden): (String, bool)| Sheet { name, hidden };
    Ok(match kind {
        FileKind::Xlsx => {
            let book = Book::open(Package::open(bytes, limits)?)?;
            let sheets = book.sheets.iter().map(|sheet| named((sheet.name.clone(), sheet.hidden))).collect();
            (Source::Xlsx { book, merges: BTreeMap::new() }, sheets)
        }
        FileKind::Xls => {
            let (names, rows): (Vec<_>, Vec<_>) = xls::open(bytes, limits)?.into_iter().unzip();
            (Source::Xls(rows), names.into_iter().map(named).collect())
        }
        FileKind::Ods => {
            let package = Package::open(bytes, limits)?;
            let sheets = ods::sheets(&package)?.into_iter().map(named).collect();
            (Source::Ods(package), sheets)
        }
        FileKind::Csv(_) => (Source::Csv(text::decode(&bytes).0.into()), vec![named((String::new(), false))]),
    })
}

fn damaged(why: impl std::fmt::Display) -> Refusal {
    Refusal::Damaged(why.to_string())
}
