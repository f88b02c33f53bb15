//! No bytes make the reader stumble: whatever comes is read or refused.

use std::ops::ControlFlow;

use intake::below::Below;
use intake::give_back::{Complaints, give_back};
use intake::legacy::{self, Script};
use intake::refusal::{Limits, Refusal};
use intake::shape;
use intake::value;
use intake::workbook::Workbook;
use proptest::prelude::*;

use crate::files::packed;
use crate::messy::messy;
use crate::old_file::{self, Record};

/// How many inputs each test makes up; an environment variable asks for more.
fn generated(usual: u32) -> ProptestConfig {
    let asked = std::env::var("VINHDANH_GENERATED").ok().and_then(|many| many.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(usual), failure_persistence: None, ..ProptestConfig::default() }
}

fn read_all(bytes: Vec<u8>, name: &str) {
    let limits = Limits { bytes: 1 << 20, unpacked: 4 << 20, rows: 500, columns: 200 };
    let Ok(mut book) = Workbook::open(bytes, name, limits) else { return };
    for sheet in 0..book.sheets.len() {
        let mut rows = Vec::new();
        // A refusal halfway is as good as one at once.
        let _ = book.rows(sheet, |row| {
            assert!(row.cells.len() <= 200);
            rows.push(row);
            ControlFlow::Continue(())
        });
        if let Some(shape) = shape::detect(&rows) {
            let mut below = Below::of(&shape, &rows);
            rows.iter().filter(|row| shape.is_below(row)).for_each(|row| drop(below.part(row)));
            let _ = give_back(&mut book, sheet, &shape, &Complaints::new());
        }
    }
}

/// A file of tables as OpenDocument has it.
fn ods(content: &str) -> Vec<u8> {
    packed(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)])
}

const CONTENT: &str = r#"<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="Danh sách"><table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>Họ và tên</text:p></table:table-cell><table:table-cell table:number-columns-repeated="3" office:value-type="float" office:value="12"/></table:table-row><table:table-row><table:table-cell table:number-rows-spanned="2" office:value-type="date" office:date-value="2024-01-31"/><table:covered-table-cell/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#;

const LIST: &str = "STT;Họ và tên;Ngày sinh;Danh hiệu;Năm\n1;Nguyễn Thị Mẫu;02/05/1985;Lao động tiên tiến;2024\n2;\"Trần; Văn Thử\";1980;CSTĐCS;2023\n";

/// Bytes of a real file with some of them exchanged, some left out and some put in.
fn spoilt(bytes: &[u8], spoils: &[(prop::sample::Index, u8, u8)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (index, byte, how) in spoils {
        if bytes.is_empty() {
            break;
        }
        let at = index.index(bytes.len());
        match how % 3 {
            0 => bytes[at] = *byte,
            1 => drop(bytes.remove(at)),
            _ => bytes.insert(at, *byte),
        }
    }
    bytes
}

fn spoils() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, u8)>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), any::<u8>()), 1..12)
}

fn record() -> impl Strategy<Value = Record> {
    // The kinds that a workbook of those years is made of, and some that it is not.
    let kind = prop_oneof![
        prop::sample::select(vec![
            0x0809_u16, 0x0085, 0x00fc, 0x003c, 0x0203, 0x0204, 0x00fd, 0x00bd, 0x027e, 0x0006, 0x00e5, 0x0042, 0x041e,
            0x00e0, 0x0022, 0x0201, 0x0205, 0x000a, 0x0017, 0x0018, 0x0200, 0x00be,
        ]),
        any::<u16>(),
    ];
    (kind, prop::collection::vec(any::<u8>(), 0..40)).prop_map(|(kind, body)| Record { kind, body })
}

proptest! {
    #![proptest_config(generated(2_000))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        read_all(bytes.clone(), "a.xlsx");
        read_all(bytes.clone(), "a.csv");
        read_all([b"PK\x03\x04".to_vec(), bytes.clone()].concat(), "a.ods");
        read_all([b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), bytes].concat(), "a.xls");
    }

    #[test]
    fn an_open_document_with_spoilt_bytes_is_read_or_refused(spoils in spoils()) {
        let content = spoilt(CONTENT.as_bytes(), &spoils);
        read_all(ods(&String::from_utf8_lossy(&content)), "a.ods");
    }

    #[test]
    fn a_text_with_spoilt_bytes_is_read_or_refused(spoils in spoils(), wide in any::<bool>()) {
        let text: Vec<u8> = match wide {
            true => [0xfeff_u16].into_iter().chain(LIST.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
            false => LIST.as_bytes().to_vec(),
        };
        read_all(spoilt(&text, &spoils), "a.csv");
    }

    #[test]
    fn an_old_workbook_of_any_records_is_read_or_refused(records in prop::collection::vec(record(), 0..30)) {
        read_all(old_file::workbook(&records), "a.xls");
    }

    #[test]
    fn an_old_workbook_with_spoilt_bytes_is_read_or_refused(spoils in spoils()) {
        read_all(spoilt(&old_file::list(), &spoils), "a.xls");
    }

    #[test]
    fn any_text_is_a_value_or_a_complaint(text in "\\PC{0,60}") {
        let _ = (value::when(&text), value::year(&text), value::years(&text), value::sex(&text), value::grade(&text));
        let _ = (value::scope(&text), value::discipline(&text), value::decision_number(&text), value::id_number(&text));
        let _ = (value::day(&text), value::award(&text, &[]));
        for script in [Script::Unicode, Script::Tcvn3, Script::Tcvn3Capitals, Script::Vni] {
            let _ = legacy::encode(&legacy::decode(&text, script), script);
        }
    }
}

proptest! {
    #![proptest_config(generated(300))]

    #[test]
    fn a_workbook_with_spoilt_bytes_is_read_or_refused(spoils in spoils()) {
        read_all(spoilt(&messy(), &spoils), "a.xlsx");
    }
}

#[test]
fn an_old_workbook_as_it_was_written_is_read() {
    let mut book = Workbook::open(old_file::list(), "a.xls", Limits::default()).expect("a workbook");
    let mut texts = Vec::new();
    book.rows(0, |row| {
        texts.push(row.cells.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>());
        ControlFlow::Continue(())
    })
    .expect("rows");
    assert_eq!(texts, [vec!["Ho ten".to_owned(), "Nam".to_owned()], vec!["Mau".to_owned(), "2024".to_owned()]]);
}

/// What a workbook of a few kilobytes could ask all memory for.
#[test]
fn an_old_workbook_that_asks_for_all_memory_is_refused_before_it_is_read() {
    let open = |bytes: Vec<u8>| Workbook::open(bytes, "a.xls", Limits::default()).err().expect("a refusal");
    let in_a_circle = open(old_file::followed(old_file::list(), 1, 1));
    assert!(matches!(in_a_circle, Refusal::Damaged(_)), "the directory: {in_a_circle:?}");
    read_all(old_file::followed(old_file::list(), 3, 2), "a.xls");
    let apart = |row, column| [old_file::label(0, 0, "Ho ten"), old_file::label(row, column, "Nam")];
    assert_eq!(open(old_file::sheets(1, &apart(65_535, 256))), Refusal::Bomb, "there is no such column");
    assert_eq!(open(old_file::sheets(9, &apart(65_535, 255))), Refusal::Bomb, "nine sheets as large as can be");
    for (rows, columns) in [((0, u32::MAX), (0, 256)), ((0, 65_536), (0, u16::MAX)), ((9, 3), (0, 2))] {
        let said = [old_file::dimensions(rows, columns), old_file::label(0, 0, "Ho ten")];
        assert_eq!(open(old_file::sheets(1, &said)), Refusal::Bomb, "{rows:?} {columns:?}");
    }
    let said = [old_file::dimensions((0, 65_536), (0, 256)), old_file::label(2, 1, "Nam")];
    assert!(Workbook::open(old_file::sheets(2, &said), "a.xls", Limits::default()).is_ok());
}
