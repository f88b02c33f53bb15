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

use crate::files::{packed, rows, text, texts, xlsx};
use crate::messy::messy;
use crate::old_file::{self, Record};
use crate::xlsx_file::{Sheet, workbook};

/// How many inputs each test makes up; an environment variable asks for more.
fn generated(usual: u32) -> ProptestConfig {
    let asked = std::env::var("VINHDANH_GENERATED").ok().and_then(|many| many.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(usual), failure_persistence: None, ..ProptestConfig::default() }
}

fn read_all(bytes: Vec<u8>, name: &str) {
    let limits = Limits { bytes: 1 << 20, unpacked: 4 << 20, rows: 60, columns: 200 };
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

/// A sheet with all that a cell can say of itself, and what stands behind the rows.
const ROWS: &str = r#"<row r="1" hidden="0"><c r="A1" s="0" t="inlineStr"><is><t>Họ và tên</t></is></c><c r="B1" t="inlineStr"><is><t>Năm</t></is></c></row><row r="2"><c r="A2" s="1" t="n"><v>44000</v></c><c s="1" t="e"><v>#N/A</v></c><c r="C2" t="s"><v>0</v></c></row><row><c t="b"><v>1</v></c><c t="d"><v>2024-01-31</v></c><c t="str"><f>A1</f><v>2024</v></c></row>"#;
const BEHIND: &str = r#"<mergeCells count="2"><mergeCell ref="A2:B3"/><mergeCell ref="C2:C3"/></mergeCells>"#;

/// What no honest file says of a row, a column, a number or a kind.
const VALUES: [&str; 22] = [
    "0",
    "1",
    "2",
    "-1",
    "1048576",
    "4294967294",
    "4294967295",
    "18446744073709551616",
    "1e308",
    "NaN",
    "",
    "A1",
    "XFD1",
    "MWLQKWU1",
    "A4294967295",
    "MWLQKWU4294967295",
    "A1:XFD1048576",
    "B3:A1",
    "9999-12-31",
    "s",
    "inlineStr",
    "float",
];

/// XML with some of its quoted values exchanged.
fn said_otherwise(xml: &str, changes: &[(prop::sample::Index, &str)]) -> String {
    let mut pieces: Vec<&str> = xml.split('"').collect();
    let values = pieces.len() / 2;
    for (index, value) in changes {
        pieces[2 * index.index(values) + 1] = value;
    }
    pieces.join("\"")
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, &'static str)>> {
    prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(VALUES.to_vec())), 1..6)
}

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
    fn an_open_document_that_says_otherwise_is_read_or_refused(changes in changes()) {
        read_all(ods(&said_otherwise(CONTENT, &changes)), "a.ods");
    }

    #[test]
    fn a_workbook_that_says_otherwise_is_read_or_refused(rows in changes(), behind in changes()) {
        read_all(xlsx(&said_otherwise(ROWS, &rows), &said_otherwise(BEHIND, &behind)), "a.xlsx");
    }

    #[test]
    fn a_sheet_with_spoilt_bytes_is_read_or_refused(spoils in spoils()) {
        let rows = spoilt(ROWS.as_bytes(), &spoils);
        read_all(xlsx(&String::from_utf8_lossy(&rows), BEHIND), "a.xlsx");
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

/// The tables of an OpenDocument file.
fn tables(content: &str) -> Vec<u8> {
    ods(&format!("<document><body>{content}</body></document>"))
}

#[test]
fn rows_and_columns_up_to_the_last_number_there_is_are_counted() {
    let head = text("A1", "Họ và tên") + &text("B1", "Năm");
    let last = format!("<row r=\"{0}\">{head}</row><row>{head}</row><row r=\"{0}\">{head}</row>", u32::MAX);
    read_all(xlsx(&last, ""), "a.xlsx");
    let far = "<row r=\"1\"><c r=\"MWLQKWU1\"><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>";
    assert_eq!(rows(xlsx(far, ""), "a.xlsx"), Ok(Vec::new()));
    let cell = "<table-cell><p>Họ và tên</p></table-cell><table-cell><p>Năm</p></table-cell>";
    let repeated = |times: u32, cell: &str| format!("<table-row number-rows-repeated=\"{times}\">{cell}</table-row>");
    let end = tables(&format!("<table>{}{}</table>", repeated(u32::MAX, ""), repeated(3, cell)));
    assert_eq!(rows(end.clone(), "a.ods").expect("rows").iter().map(|row| row.number).max(), Some(u32::MAX));
    read_all(end, "a.ods");
}

#[test]
fn a_text_that_is_repeated_beyond_all_memory_is_refused() {
    let long = "a".repeat(30_000);
    let row = format!(
        "<table-row number-rows-repeated=\"9\"><table-cell number-columns-repeated=\"100\"><p>{long}</p></table-cell></table-row>"
    );
    assert_eq!(rows(tables(&format!("<table>{row}</table>")), "a.ods"), Err(Refusal::Bomb));
    let merged = "<mergeCells><mergeCell ref=\"A1:CV9\"/></mergeCells>";
    assert_eq!(rows(xlsx(&format!("<row r=\"1\">{}</row>", text("A1", &long)), merged), "a.xlsx"), Err(Refusal::Bomb));
    let endless = text("A1", &"a".repeat(17 << 20));
    assert_eq!(rows(xlsx(&format!("<row r=\"1\">{endless}</row>"), ""), "a.xlsx"), Err(Refusal::Bomb));
    let often = "<table-row number-rows-repeated=\"9000\"><table-cell><p>Năm</p></table-cell></table-row>";
    let limits = Limits { unpacked: 20_000, ..Limits::default() };
    let mut book = Workbook::open(tables(&format!("<table>{often}</table>")), "a.ods", limits).expect("a workbook");
    assert_eq!(book.rows(0, |_| ControlFlow::Continue(())), Err(Refusal::Bomb));
}

#[test]
fn a_file_of_a_thousand_and_one_sheets_is_refused() {
    let open = |bytes: Vec<u8>, name: &str| Workbook::open(bytes, name, Limits::default()).err();
    assert_eq!(open(tables(&"<table/>".repeat(1_001)), "a.ods"), Some(Refusal::Bomb));
    assert_eq!(open(workbook(&vec![Sheet::named("a"); 1_001]), "a.xlsx"), Some(Refusal::Bomb));
}

/// Each of these took minutes, or all memory, where every row or letter was looked at once for each of the others.
#[test]
fn what_lies_over_each_other_takes_no_longer_than_what_lies_apart() {
    let cell = "<table-cell number-columns-repeated=\"100\" number-rows-spanned=\"1048576\"><p>a</p></table-cell>";
    let content = format!("<table>{}</table>", format!("<table-row>{cell}</table-row>").repeat(10_000));
    assert_eq!(rows(tables(&content), "a.ods").map(|rows| rows.len()), Ok(10_000));
    let merged = format!("<mergeCells>{}</mergeCells>", "<mergeCell ref=\"A1:GR3000\"/>".repeat(3_000));
    let lines: String =
        (1..=3_000).map(|row| format!("<row r=\"{row}\">{}</row>", text(&format!("A{row}"), "a"))).collect();
    assert_eq!(rows(xlsx(&lines, &merged), "a.xlsx").map(|rows| rows.len()), Ok(3_000));
    let long = "(".repeat(32_767);
    assert!((0..20).all(|_| value::decision_number(&long).is_err()));
    let whole =
        Record { kind: 0x00e5, body: [1_u16, 0, 65_535, 0, 255].iter().flat_map(|word| word.to_le_bytes()).collect() };
    let cells = [old_file::label(0, 0, "Ho ten"), old_file::label(65_535, 0, "Nam"), whole];
    let mut book = Workbook::open(old_file::sheets(1, &cells), "a.xls", Limits::default()).expect("a workbook");
    let mut first = Vec::new();
    book.read_as(0, Vec::new());
    let read = book.rows(0, |row| {
        first.extend(texts(&row).into_iter().map(str::to_owned));
        ControlFlow::Break(())
    });
    assert_eq!((read, first.len()), (Err(Refusal::TooManyColumns { limit: 200 }), 0));
}
