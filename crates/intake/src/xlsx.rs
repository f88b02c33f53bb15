//! An XLSX workbook: its sheets, shared texts and styles; the rows are in `xlsx_rows`.

use std::collections::BTreeMap;
use std::sync::Arc;

use quick_xml::events::Event;

use crate::legacy::{self, Script};
use crate::package::Package;
use crate::refusal::{MOST_SHEETS, Refusal};
use crate::xml::{Xml, attribute, count, is_set, referred};

/// Bytes of the texts that the sheets share; they are the only part of the file that is held unpacked.
const MOST_SHARED: usize = 128 << 20;

/// What every sheet of the workbook shares.
pub(crate) struct Book {
    pub(crate) package: Package,
    pub(crate) sheets: Vec<SheetPart>,
    pub(crate) texts: Vec<Box<str>>,
    pub(crate) styles: Vec<Style>,
    /// Days count from 1904 instead of 1900.
    pub(crate) from_1904: bool,
}

/// One sheet and the part that holds it.
#[derive(Clone, Debug)]
pub(crate) struct SheetPart {
    pub(crate) name: String,
    pub(crate) part: String,
    pub(crate) hidden: bool,
}

/// What a cell's style tells about its content.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Style {
    pub(crate) is_day: bool,
    pub(crate) font: Option<Script>,
}

impl Book {
    pub(crate) fn open(package: Package) -> Result<Arc<Book>, Refusal> {
        let book = main_part(&package)?;
        let folder = book.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let targets = relations(&package, &book, &folder)?;
        let (sheets, from_1904) = sheets(&package, &book, &targets)?;
        if sheets.is_empty() {
            return Err(Refusal::Empty);
        }
        // Some writers name these parts in no relation.
        let find = |end: &str| {
            let named = targets.values().find(|target| target.ends_with(end)).cloned();
            named.or_else(|| Some(format!("xl/{end}")))
        };
        let texts = match find("sharedStrings.xml").filter(|part| package.has(part)) {
            Some(part) => shared_texts(&package, &part)?,
            None => Vec::new(),
        };
        let styles = match find("styles.xml").filter(|part| package.has(part)) {
            Some(part) => styles(&package, &part)?,
            None => Vec::new(),
        };
        Ok(Arc::new(Book { package, sheets, texts, styles, from_1904 }))
    }
}

fn main_part(package: &Package) -> Result<String, Refusal> {
    let found = relations(package, "", "")?.into_values().find(|target| target.ends_with("workbook.xml"));
    Ok(found.unwrap_or_else(|| "xl/workbook.xml".into()))
}

/// The targets of a part's relations by their id, as full names of parts.
fn relations(package: &Package, part: &str, folder: &str) -> Result<BTreeMap<String, String>, Refusal> {
    let name = part.rsplit_once('/').map_or(part, |(_, name)| name);
    let of = format!("{folder}{}_rels/{name}.rels", if folder.is_empty() { "" } else { "/" });
    let mut targets = BTreeMap::new();
    if !package.has(&of) {
        return Ok(targets);
    }
    let mut xml = Xml::new(&of, package.stream(&of)?);
    loop {
        match xml.event()? {
            Event::Start(start) if start.local_name().as_ref() == "Relationship" => {
                if let (Some(id), Some(target)) = (attribute(&start, "Id"), attribute(&start, "Target")) {
                    targets.insert(id, resolved(folder, &target));
                }
            }
            Event::Eof => return Ok(targets),
            _ => {}
        }
    }
}

fn resolved(folder: &str, target: &str) -> String {
    if let Some(rooted) = target.strip_prefix('/') {
        return rooted.into();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|piece| !piece.is_empty()).collect();
    for piece in target.split('/') {
        match piece {
            ".." => drop(path.pop()),
            "." | "" => {}
            _ => path.push(piece),
        }
    }
    path.join("/")
}

fn sheets(
    package: &Package,
    book: &str,
    targets: &BTreeMap<String, String>,
) -> Result<(Vec<SheetPart>, bool), Refusal> {
    let (mut sheets, mut from_1904) = (Vec::new(), false);
    let mut xml = Xml::new(book, package.stream(book)?);
    loop {
        match xml.event()? {
            Event::Start(start) if start.local_name().as_ref() == "workbookPr" => {
                from_1904 = is_set(&start, "date1904");
            }
            Event::Start(start) if start.local_name().as_ref() == "sheet" => {
                let name = attribute(&start, "name").unwrap_or_default();
                let hidden = attribute(&start, "state").is_some_and(|state| state != "visible");
                let mut attributes = start.attributes();
                let id = attributes
                    .with_checks(false)
                    .flatten()
                    .filter(|one| one.key.as_ref().ends_with(":id"))
                    .map(|one| one.value.to_string())
                    .next();
                if let Some(part) = id.and_then(|id| targets.get(&id)).filter(|part| package.has(part)) {
                    let chart = part.contains("chartsheets/") || part.contains("dialogsheets/");
                    if !chart {
                        sheets.push(SheetPart { name, part: part.clone(), hidden });
                    }
                    if sheets.len() > MOST_SHEETS {
                        return Err(Refusal::Bomb);
                    }
                }
            }
            Event::Eof => return Ok((sheets, from_1904)),
            _ => {}
        }
    }
}

fn shared_texts(package: &Package, part: &str) -> Result<Vec<Box<str>>, Refusal> {
    let mut xml = Xml::new(part, package.stream(part)?);
    let (mut texts, mut text, mut bytes) = (Vec::new(), String::new(), 0_usize);
    let (mut inside, mut aside) = (false, false);
    loop {
        match xml.event()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "si" => text.clear(),
                "t" => inside = !aside,
                "rPh" => aside = true,
                _ => {}
            },
            Event::Text(piece) if inside => text.push_str(&piece.xml10_content()),
            Event::CData(piece) if inside => text.push_str(&piece),
            Event::GeneralRef(reference) if inside => text.extend(referred(&reference)),
            Event::End(end) => match end.local_name().as_ref() {
                "t" => inside = false,
                "rPh" => aside = false,
                "si" => {
                    bytes += text.len() + size_of::<Box<str>>();
                    texts.push(text.as_str().into());
                }
                _ => {}
            },
            Event::Eof => return Ok(texts),
            _ => {}
        }
        if bytes + text.len() > MOST_SHARED {
            return Err(Refusal::Bomb);
        }
    }
}

fn styles(package: &Package, part: &str) -> Result<Vec<Style>, Refusal> {
    let mut xml = Xml::new(part, package.stream(part)?);
    let (mut formats, mut fonts, mut styles) = (BTreeMap::new(), Vec::new(), Vec::new());
    let mut place = String::new();
    loop {
        match xml.event()? {
            Event::Start(start) => match start.local_name().as_ref() {
                name @ ("fonts" | "cellXfs" | "cellStyleXfs" | "dxfs") => place = name.into(),
                "numFmt" => {
                    if let (Some(id), Some(code)) = (count(&start, "numFmtId"), attribute(&start, "formatCode")) {
                        formats.insert(id, is_day_format(&code));
                    }
                }
                "font" if place == "fonts" => fonts.push(None),
                "name" if place == "fonts" => {
                    let script = attribute(&start, "val").and_then(|name| legacy::of_font(&name));
                    if let Some(font) = fonts.last_mut() {
                        *font = script;
                    }
                }
                "xf" if place == "cellXfs" => {
                    let format = count(&start, "numFmtId").unwrap_or_default();
                    let builtin = matches!(format, 14..=17 | 22 | 27..=36 | 50..=58);
                    let font = count(&start, "fontId").and_then(|font| fonts.get(font as usize).copied().flatten());
                    let is_day = formats.get(&format).copied().unwrap_or(builtin);
                    styles.push(Style { is_day, font });
                }
                _ => {}
            },
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

/// Whether a number format shows a day: it has a day, month or year outside quotes, brackets and escapes.
fn is_day_format(code: &str) -> bool {
    let (mut quoted, mut bracketed, mut escaped, mut minutes) = (false, false, false, false);
    for letter in code.to_lowercase().chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' | '_' => escaped = true,
            '"' => quoted = !quoted,
            '[' => bracketed = true,
            ']' => bracketed = false,
            _ if quoted || bracketed => {}
            'd' | 'y' => return true,
            'm' => minutes = true,
            'h' | 's' => return false,
            ';' => break,
            _ => {}
        }
    }
    minutes && !code.to_lowercase().contains("general")
}
