//! An XLSX with the values of one sheet and its complaints, for files whose own form is not written.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use std::ops::ControlFlow;

use crate::cell::{Cell, Note};
use crate::give_back::patch::{escaped, inline};
use crate::give_back::{Complaints, HEADING, head_row, place};
use crate::merges::letters;
use crate::package::damaged;
use crate::refusal::Refusal;
use crate::shape::Shape;
use crate::workbook::Workbook;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const ROOT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// Writes the sheet's values; a day is written as it reads, `2020-01-05`, so that it needs no style.
pub(super) fn written(
    book: &mut Workbook,
    sheet: usize,
    shape: &Shape,
    complaints: &Complaints,
) -> Result<Vec<u8>, Refusal> {
    let name = book.sheets.get(sheet).ok_or(Refusal::NoSuchSheet)?.name.clone();
    let workbook = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{}" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        escaped(&name)
    );
    let rows = rows(book, sheet, shape, complaints)?;
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", BOOK),
        ("xl/worksheets/sheet1.xml", &rows),
    ];
    let broken = |error: zip::result::ZipError| damaged("zip", error);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text) in parts {
        zip.start_file(name, options).map_err(broken)?;
        zip.write_all(text.as_bytes()).map_err(|error| damaged(name, error))?;
    }
    Ok(zip.finish().map_err(broken)?.into_inner())
}

fn rows(book: &mut Workbook, sheet: usize, shape: &Shape, complaints: &Complaints) -> Result<String, Refusal> {
    let mut xml = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#,
    );
    let column = place(shape);
    book.rows(sheet, |row| {
        xml += &format!(r#"<row r="{}">"#, row.number);
        for (index, cell) in row.cells.iter().enumerate().filter(|(index, _)| *index != column) {
            xml += &value(cell, &format!("{}{}", letters(index as u32), row.number));
        }
        let place = format!("{}{}", letters(column as u32), row.number);
        match (head_row(shape) == Some(row.number), complaints.get(&row.number)) {
            (true, _) => xml += &inline(&place, "", HEADING),
            (false, Some(text)) => xml += &inline(&place, "", text),
            _ => {}
        }
        xml += "</row>";
        ControlFlow::Continue(())
    })?;
    xml += "</sheetData></worksheet>";
    Ok(xml)
}

/// A number stays one; anything else, and digits with a zero before them, is text.
fn value(cell: &Cell, place: &str) -> String {
    let is_number = cell.text.parse::<f64>().is_ok_and(|number| number.to_string() == cell.text);
    match cell.note {
        Some(Note::Merged) => String::new(),
        _ if cell.text.is_empty() => String::new(),
        _ if is_number => format!(r#"<c r="{place}"><v>{}</v></c>"#, cell.text),
        _ => inline(place, "", &cell.text),
    }
}
