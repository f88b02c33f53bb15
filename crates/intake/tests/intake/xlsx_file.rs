//! A small writer of XLSX files, so that each test says in place what is odd about its file.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Styles by number: plain, a day, TCVN3, TCVN3 capitals, VNI, a heading.
pub const DAY: u32 = 1;
pub const TCVN3: u32 = 2;
pub const TCVN3_CAPITALS: u32 = 3;
pub const VNI: u32 = 4;
pub const HEADING: u32 = 5;

const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts count="5"><font><sz val="11"/><name val="Times New Roman"/></font><font><sz val="11"/><name val=".VnTime"/></font><font><sz val="11"/><name val=".VnTimeH"/></font><font><sz val="11"/><name val="VNI-Times"/></font><font><b/><sz val="11"/><name val="Times New Roman"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1"/><xf numFmtId="0" fontId="2"/><xf numFmtId="0" fontId="3"/><xf numFmtId="0" fontId="4"/></cellXfs></styleSheet>"#;

/// One sheet under construction.
#[derive(Clone, Default)]
pub struct Sheet {
    pub name: String,
    pub hidden: bool,
    /// The XML of the rows.
    pub rows: String,
    pub merges: Vec<String>,
}

impl Sheet {
    pub fn named(name: &str) -> Sheet {
        Sheet { name: name.into(), ..Sheet::default() }
    }

    /// A row of texts; an empty text is no cell.
    pub fn texts(mut self, number: u32, texts: &[&str]) -> Sheet {
        let cells = texts.iter().enumerate().filter(|(_, text)| !text.is_empty());
        let cells: String = cells.map(|(at, text)| text_cell(at, number, 0, text)).collect();
        self.rows += &format!(r#"<row r="{number}">{cells}</row>"#);
        self
    }

    /// A row of cells made by `text_cell` and its like.
    pub fn cells(mut self, number: u32, attributes: &str, cells: &[String]) -> Sheet {
        self.rows += &format!(r#"<row r="{number}" {attributes}>{}</row>"#, cells.concat());
        self
    }

    pub fn merged(mut self, span: &str) -> Sheet {
        self.merges.push(span.into());
        self
    }
}

pub fn text_cell(column: usize, row: u32, style: u32, text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        r#"<c r="{}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#,
        place(column, row)
    )
}

pub fn number_cell(column: usize, row: u32, style: u32, number: f64) -> String {
    format!(r#"<c r="{}" s="{style}"><v>{number}</v></c>"#, place(column, row))
}

pub fn fault_cell(column: usize, row: u32, fault: &str) -> String {
    format!(r#"<c r="{}" t="e"><v>{fault}</v></c>"#, place(column, row))
}

/// A formula with its stored result, or without one.
pub fn formula_cell(column: usize, row: u32, formula: &str, result: Option<&str>) -> String {
    let value = result.map(|result| format!("<v>{result}</v>")).unwrap_or_default();
    format!(r#"<c r="{}" t="str"><f>{formula}</f>{value}</c>"#, place(column, row))
}

pub fn place(column: usize, row: u32) -> String {
    format!("{}{row}", char::from(b'A' + column as u8))
}

/// The bytes of a workbook.
pub fn workbook(sheets: &[Sheet]) -> Vec<u8> {
    workbook_with(sheets, &[])
}

/// The bytes of a workbook that also holds other parts.
pub fn workbook_with(sheets: &[Sheet], more: &[(&str, &[u8])]) -> Vec<u8> {
    let numbered = || sheets.iter().zip(1..);
    let listed: String = numbered()
        .map(|(sheet, number)| {
            let state = if sheet.hidden { r#" state="hidden""# } else { "" };
            format!(r#"<sheet name="{}" sheetId="{number}"{state} r:id="rId{number}"/>"#, sheet.name)
        })
        .collect();
    let related: String = numbered()
        .map(|(_, number)| relation(&format!("rId{number}"), "worksheet", &format!("worksheets/sheet{number}.xml")))
        .collect();
    let typed: String = numbered()
        .map(|(_, number)| format!(r#"<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"#))
        .collect();
    let mut parts: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".into(), format!(r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{typed}</Types>"#).into_bytes()),
        ("_rels/.rels".into(), relations(&relation("rId1", "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml".into(), format!(r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{listed}</sheets></workbook>"#).into_bytes()),
        ("xl/_rels/workbook.xml.rels".into(), relations(&format!("{related}{}", relation("rId99", "styles", "styles.xml")))),
        ("xl/styles.xml".into(), STYLES.as_bytes().to_vec()),
    ];
    for (sheet, number) in numbered() {
        parts.push((format!("xl/worksheets/sheet{number}.xml"), sheet_xml(sheet).into_bytes()));
    }
    parts.extend(more.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())));
    packed(&parts)
}

/// Parts in one packed file; the same parts give the same bytes.
pub fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), options).expect("a part begins");
        zip.write_all(bytes).expect("a part is written");
    }
    zip.finish().expect("the file is closed").into_inner()
}

fn sheet_xml(sheet: &Sheet) -> String {
    let merges: String = sheet.merges.iter().map(|span| format!(r#"<mergeCell ref="{span}"/>"#)).collect();
    let merges = match merges.is_empty() {
        true => merges,
        false => format!("<mergeCells>{merges}</mergeCells>"),
    };
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{merges}</worksheet>"#,
        sheet.rows
    )
}

fn relation(id: &str, sort: &str, target: &str) -> String {
    format!(
        r#"<Relationship Id="{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{sort}" Target="{target}"/>"#
    )
}

fn relations(inner: &str) -> Vec<u8> {
    format!(r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>"#).into_bytes()
}
