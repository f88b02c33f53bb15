//! The file goes back with its complaints, unharmed, and may come again.

use std::ops::ControlFlow;

use intake::cell::Row;
use intake::give_back::{Complaints, HEADING, give_back};
use intake::refusal::Limits;
use intake::shape::{self, Shape};
use intake::workbook::{FileKind, Workbook};

use crate::messy::messy;

fn open(bytes: Vec<u8>, name: &str) -> Workbook {
    Workbook::open(bytes, name, Limits::default()).expect("readable")
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

fn shape(book: &mut Workbook, sheet: usize) -> Shape {
    shape::detect(&rows(book, sheet)).expect("a head")
}

fn texts(book: &mut Workbook, sheet: usize, column: usize) -> Vec<(u32, String)> {
    let all = rows(book, sheet).into_iter().map(|row| (row.number, row.text(column).to_owned()));
    all.filter(|(_, text)| !text.is_empty()).collect()
}

fn complaints(lines: &[(u32, &str)]) -> Complaints {
    lines.iter().map(|(row, text)| (*row, (*text).to_owned())).collect()
}

fn expected(lines: &[(u32, &str)]) -> Vec<(u32, String)> {
    lines.iter().map(|(row, text)| (*row, (*text).to_owned())).collect()
}

#[test]
fn a_workbook_keeps_all_it_had_and_gains_a_column() {
    let mut book = open(messy(), "danh-sach.xlsx");
    let first_shape = shape(&mut book, 1);
    let first = complaints(&[(14, "Ngày sinh 31/02/1979 không có thật"), (16, "=1+1 & <b>")]);
    let given = give_back(&mut book, 1, &first_shape, &first).expect("given");
    assert_eq!((given.ending, given.changed_form), ("xlsx", false));
    let mut again = open(given.bytes, "danh-sach.xlsx");
    for column in 0..14 {
        assert_eq!(texts(&mut again, 1, column), texts(&mut book, 1, column));
    }
    assert_eq!(texts(&mut again, 2, 1), texts(&mut book, 2, 1));
    let added = [(6, HEADING), (14, "Ngày sinh 31/02/1979 không có thật"), (16, "=1+1 & <b>")];
    assert_eq!(texts(&mut again, 1, 14), expected(&added));

    let second_shape = shape(&mut again, 1);
    assert_eq!(second_shape.fingerprint, first_shape.fingerprint);
    let second = give_back(&mut again, 1, &second_shape, &complaints(&[(17, "Trùng dòng 10")])).expect("given");
    let mut third = open(second.bytes, "danh-sach.xlsx");
    assert_eq!(texts(&mut third, 1, 14), expected(&[(6, HEADING), (17, "Trùng dòng 10")]));
    assert_eq!(texts(&mut third, 1, 15), []);
}

#[test]
fn a_text_file_keeps_its_separator_and_encoding() {
    let typed = "Họ tên;Năm sinh\r\nNguyễn Văn An;1980\r\n\"Lê; Bình\";x\r\n";
    let wide: Vec<u8> = std::iter::once(0xFEFF).chain(typed.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [typed.as_bytes().to_vec(), wide] {
        let mut book = open(bytes, "a.csv");
        let found = shape(&mut book, 0);
        let given = give_back(&mut book, 0, &found, &complaints(&[(3, "-x không là năm")])).expect("given");
        let mut again = open(given.bytes.clone(), "a.csv");
        assert_eq!(again.kind, book.kind);
        assert!(matches!(again.kind, FileKind::Csv(style) if style.separator == b';'));
        assert_eq!(texts(&mut again, 0, 0), texts(&mut book, 0, 0));
        assert_eq!(texts(&mut again, 0, 2), expected(&[(1, HEADING), (3, "'-x không là năm")]));
        let found = shape(&mut again, 0);
        let second = give_back(&mut again, 0, &found, &complaints(&[])).expect("given");
        assert_eq!(texts(&mut open(second.bytes, "a.csv"), 0, 2), expected(&[(1, HEADING)]));
    }
}

#[test]
fn the_messy_list_is_read_sheet_by_sheet() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/messy.xlsx");
    assert!(std::fs::read(path).expect("the checked-in file") == messy(), "the file is what its generator builds");
    let mut book = open(messy(), "messy.xlsx");
    let sheets: Vec<(&str, bool)> = book.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect();
    assert_eq!(sheets, [("Bìa", false), ("Danh sách", false), ("Danh sach cu", false), ("Nháp", true)]);
    assert_eq!(shape(&mut book, 1).head, [6, 7, 8]);
    let found = rows(&mut book, 1);
    let hidden: Vec<u32> = found.iter().filter(|row| row.hidden).map(|row| row.number).collect();
    assert_eq!(hidden, [11]);
    let units: Vec<(u32, &str)> =
        found.iter().map(|row| (row.number, row.text(5))).filter(|(n, _)| (10..13).contains(n)).collect();
    assert_eq!(units, [(10, "Phòng Tổng hợp"), (11, "Phòng Tổng hợp"), (12, "Phòng Tổng hợp")]);
    let old: Vec<(u32, String)> = texts(&mut book, 2, 1);
    assert_eq!(old, expected(&[(1, "Ho ten"), (2, "Vũ Thị Hường"), (3, "Bùi Đức Ước")]));
}
