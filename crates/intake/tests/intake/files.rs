//! Files for the stories, made as small as they can be.

use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use intake::cell::Row;
use intake::refusal::{Limits, Refusal};
use intake::workbook::Workbook;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A packed file with these entries.
pub fn packed(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        archive.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        archive.write_all(text.as_bytes()).expect("its text");
    }
    archive.finish().expect("an archive").into_inner()
}

/// An XLSX file of one sheet whose `sheetData` and what follows it are given.
pub fn xlsx(rows: &str, after: &str) -> Vec<u8> {
    xlsx_with(rows, after, &[])
}

/// The same with further entries.
pub fn xlsx_with(rows: &str, after: &str, more: &[(&str, &str)]) -> Vec<u8> {
    const SPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let types = format!("<Types xmlns=\"{PACKAGE}/content-types\"/>");
    let root = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let book = format!(
        "<workbook xmlns=\"{SPACE}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"Danh sách\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let links = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r1\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let styles = format!(
        "<styleSheet xmlns=\"{SPACE}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
    );
    let sheet = format!("<worksheet xmlns=\"{SPACE}\"><sheetData>{rows}</sheetData>{after}</worksheet>");
    let mut entries = vec![
        ("[Content_Types].xml", types.as_str()),
        ("_rels/.rels", root.as_str()),
        ("xl/workbook.xml", book.as_str()),
        ("xl/_rels/workbook.xml.rels", links.as_str()),
        ("xl/styles.xml", styles.as_str()),
        ("xl/worksheets/sheet1.xml", sheet.as_str()),
    ];
    entries.extend(more);
    packed(&entries)
}

/// A cell with a text.
pub fn text(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// Every row of the first sheet.
pub fn rows(bytes: Vec<u8>, name: &str) -> Result<Vec<Row>, Refusal> {
    rows_within(bytes, name, Limits::default())
}

/// The same under other limits.
pub fn rows_within(bytes: Vec<u8>, name: &str, limits: Limits) -> Result<Vec<Row>, Refusal> {
    let mut book = Workbook::open(bytes, name, limits)?;
    let mut rows = Vec::new();
    book.rows(0, |row| {
        rows.push(row);
        ControlFlow::Continue(())
    })?;
    Ok(rows)
}

/// The texts of a row.
pub fn texts(row: &Row) -> Vec<&str> {
    row.cells.iter().map(|cell| cell.text.as_str()).collect()
}
