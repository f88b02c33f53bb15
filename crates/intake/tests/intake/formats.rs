//! The list with every fault as LibreOffice saves it in other formats: ODS and XLS say what XLSX says.

use std::ops::ControlFlow;
use std::path::Path;

use intake::cell::Row;
use intake::give_back::{Complaints, HEADING, give_back};
use intake::refusal::Limits;
use intake::shape;
use intake::workbook::{FileKind, Workbook};

/// The list within the file.
const LIST: usize = 1;
/// A formula that leads to another file and was never computed: each format says in its own way that there is no value.
const WITHOUT_VALUE: (u32, usize) = (12, 9);

fn open(name: &str) -> Workbook {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name);
    Workbook::open(std::fs::read(path).expect("the file is checked in"), name, Limits::default()).expect("readable")
}

fn rows(book: &mut Workbook, sheet: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    book.rows(sheet, |row| {
        rows.push(row);
        ControlFlow::Continue(())
    })
    .expect("rows");
    rows
}

/// Every text of a sheet with its row and column.
fn texts(book: &mut Workbook, sheet: usize) -> Vec<(u32, usize, String)> {
    let rows = rows(book, sheet);
    let cells = rows.into_iter().flat_map(|row| {
        let number = row.number;
        row.cells.into_iter().enumerate().map(move |(column, cell)| (number, column, cell))
    });
    let cells = cells.filter(|(row, column, cell)| !cell.text.is_empty() && (*row, *column) != WITHOUT_VALUE);
    cells.map(|(row, column, cell)| (row, column, cell.text)).collect()
}

#[test]
fn the_kind_is_known_by_the_content_and_the_sheets_have_their_names() {
    for (name, kind) in [("messy.ods", FileKind::Ods), ("messy.xls", FileKind::Xls)] {
        let book = open(name);
        let sheets: Vec<(&str, bool)> = book.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect();
        assert_eq!(
            (book.kind, sheets),
            (kind, vec![("Bìa", false), ("Danh sách", false), ("Danh sach cu", false), ("Nháp", true)])
        );
    }
}

#[test]
fn ods_and_xls_hold_the_same_texts_in_the_same_places_as_xlsx() {
    let mut xlsx = open("messy.xlsx");
    let expected: Vec<_> = (0..xlsx.sheets.len()).map(|sheet| texts(&mut xlsx, sheet)).collect();
    for name in ["messy.ods", "messy.xls"] {
        let mut other = open(name);
        for (sheet, expected) in expected.iter().enumerate() {
            assert_eq!(&texts(&mut other, sheet), expected, "{name}, sheet {sheet}");
        }
    }
}

#[test]
fn their_heads_and_columns_are_found_alike() {
    let mut xlsx = open("messy.xlsx");
    let expected = shape::detect(&rows(&mut xlsx, LIST)).expect("a head");
    for name in ["messy.ods", "messy.xls"] {
        let mut other = open(name);
        let found = shape::detect(&rows(&mut other, LIST)).expect("a head");
        assert_eq!((found.head, found.columns), (expected.head.clone(), expected.columns.clone()), "{name}");
    }
}

#[test]
fn they_go_back_with_their_complaints_in_a_last_column() {
    for name in ["messy.ods", "messy.xls"] {
        let mut book = open(name);
        let shape = shape::detect(&rows(&mut book, LIST)).expect("a head");
        let complaints = Complaints::from([(14, "không có ngày 31/02/1979".to_owned())]);
        let given = give_back(&mut book, LIST, &shape, &complaints).expect("given back");
        let file = format!("messy.{}", given.ending);
        let mut back = Workbook::open(given.bytes, &file, Limits::default()).expect("readable");
        let sheet = back.sheets.iter().position(|sheet| sheet.name == "Danh sách").unwrap_or_default();
        let said: Vec<(u32, String)> = rows(&mut back, sheet)
            .into_iter()
            .filter_map(|row| Some((row.number, row.cells.last()?.text.clone())))
            .filter(|(_, text)| text == HEADING || text.starts_with("không có ngày"))
            .collect();
        assert_eq!(said.last(), Some(&(14, "không có ngày 31/02/1979".to_owned())), "{name}: {said:?}");
        assert_eq!(said.first().map(|(_, text)| text.as_str()), Some(HEADING), "{name}");
    }
}
