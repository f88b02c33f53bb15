//! What is read from a file, and what is refused.

use intake::cell::Note;
use intake::refusal::{Limits, Refusal};
use intake::workbook::{FileKind, Workbook};

use crate::files::{packed, rows, rows_within, text, texts, xlsx, xlsx_with};

fn refused(bytes: Vec<u8>, name: &str) -> Option<Refusal> {
    rows(bytes, name).err()
}

#[test]
fn what_is_no_spreadsheet_is_refused_by_what_it_is() {
    assert_eq!(refused(Vec::new(), "a.xlsx"), Some(Refusal::Empty));
    assert_eq!(refused(b" \n\t".to_vec(), "a.csv"), Some(Refusal::Empty));
    let pdf = Refusal::WrongEnding { named: "xlsx".into(), found: "pdf" };
    assert_eq!(refused(b"%PDF-1.7 ...".to_vec(), "danh sach.xlsx"), Some(pdf));
    assert_eq!(refused(packed(&[("word/document.xml", "<w/>")]), "a.docx"), Some(Refusal::Unknown));
    assert_eq!(refused(vec![1, 2, 3, 0, 0, 7], "a.bin"), Some(Refusal::Unknown));
    assert!(matches!(refused(b"PK\x03\x04 cut short".to_vec(), "a.xlsx"), Some(Refusal::Damaged(_))));
}

#[test]
fn a_program_inside_a_file_is_refused() {
    let macros = xlsx_with("", "", &[("xl/vbaProject.bin", "…")]);
    assert_eq!(refused(macros, "a.xlsm"), Some(Refusal::Macros));
    let mut old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    old.extend("_VBA_PROJECT".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refused(old, "a.xls"), Some(Refusal::Macros));
    let mut locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refused(locked, "a.xlsx"), Some(Refusal::Locked));
}

#[test]
fn a_file_that_unpacks_without_end_is_refused_before_it_fills_the_memory() {
    let bomb = xlsx_with("", "", &[("xl/media/image1.xml", &" ".repeat(40 << 20))]);
    assert_eq!(refused(bomb, "a.xlsx"), Some(Refusal::Bomb));
    let small = Limits { unpacked: 2_000, ..Limits::default() };
    let long = xlsx(&text("A1", &"a".repeat(3_000)), "");
    assert_eq!(rows_within(long, "a.xlsx", small), Err(Refusal::Bomb));
}

#[test]
fn size_rows_and_columns_have_their_limits() {
    let limits = Limits { bytes: 10, ..Limits::default() };
    assert_eq!(rows_within(vec![b'a'; 11], "a.csv", limits), Err(Refusal::TooLarge { bytes: 11, limit: 10 }));
    let limits = Limits { rows: 2, columns: 2, ..Limits::default() };
    assert_eq!(rows_within(b"a\nb\nc\n".to_vec(), "a.csv", limits), Err(Refusal::TooManyRows { limit: 2 }));
    assert_eq!(rows_within(b"a,b,c\n".to_vec(), "a.csv", limits), Err(Refusal::TooManyColumns { limit: 2 }));
}

#[test]
fn the_content_decides_and_a_wrong_ending_is_told() {
    let book = Workbook::open(xlsx(&text("A1", "a"), ""), "cu.xls", Limits::default()).expect("a workbook");
    assert_eq!((book.kind, book.wrong_ending.as_deref()), (FileKind::Xlsx, Some("xls")));
    let book = Workbook::open(xlsx(&text("A1", "a"), ""), "Danh sách.XLSX", Limits::default()).expect("a workbook");
    assert_eq!((book.wrong_ending, book.sheets[0].name.as_str()), (None, "Danh sách"));
}

#[test]
fn a_formula_without_a_value_is_seen_and_one_with_a_value_is_marked() {
    let cells = "<row r=\"3\"><c r=\"A3\"><f>1+1</f><v>2</v></c><c r=\"B3\"><f>NOW()</f></c><c r=\"C3\" t=\"e\"><v>#N/A</v></c></row>";
    let found = rows(xlsx(cells, ""), "a.xlsx").expect("rows");
    let notes: Vec<_> = found[0].cells.iter().map(|cell| (cell.text.as_str(), cell.note)).collect();
    let computed = ("2", Some(Note::Computed));
    assert_eq!(notes, [computed, ("", Some(Note::NotComputed)), ("#N/A", Some(Note::Error))]);
    assert_eq!(found[0].number, 3);
}

#[test]
fn days_and_numbers_come_out_as_text() {
    let cells =
        "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>43835</v></c><c r=\"B1\"><v>2019</v></c><c r=\"C1\"><v>1.5</v></c></row>";
    let found = rows(xlsx(cells, ""), "a.xlsx").expect("rows");
    assert_eq!(texts(&found[0]), ["2020-01-05", "2019", "1.5"]);
}

#[test]
fn merged_cells_are_filled_from_the_first() {
    let cells = format!(
        "<row r=\"1\">{}{}</row><row r=\"2\">{}</row><row r=\"4\">{}</row>",
        text("A1", "Vụ Pháp luật"),
        text("B1", "Mai"),
        text("B2", "Hùng"),
        text("B4", "Lan")
    );
    let found = rows(xlsx(&cells, "<mergeCells><mergeCell ref=\"A1:A3\"/></mergeCells>"), "a.xlsx").expect("rows");
    assert_eq!(texts(&found[1]), ["Vụ Pháp luật", "Hùng"]);
    assert_eq!(found[1].cells[0].note, Some(Note::Merged));
    assert_eq!((found[2].number, texts(&found[2])), (4, vec!["", "Lan"]));
}
