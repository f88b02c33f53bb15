//! Lists for a spreadsheet, read back as the parts of the file.

use std::io::{Cursor, Read};

use chrono::NaiveDate;
use documents::sheet::{Cell, Column, Sheet, write};
use zip::ZipArchive;

#[test]
fn cells_have_types_and_the_head_stays() {
    let day = NaiveDate::from_ymd_opt(2021, 1, 5).expect("a day of the calendar");
    let column = |name: &str| Column { name: name.to_owned(), width: 20.0 };
    let sheet = Sheet {
        name: "Quyết định [05/2021]".to_owned(),
        above: vec!["SỐ LIỆU MINH HỌA".to_owned()],
        columns: vec![column("Họ tên"), column("Số"), column("Ngày"), column("Ghi chú")],
        rows: vec![vec![Cell::Text("=1+1 Đỗ Văn Ơn".to_owned()), Cell::Number(5.0), Cell::Day(day), Cell::Empty]],
    };
    let bytes = write(&[sheet]).unwrap_or_else(|flaw| panic!("{}", flaw.0));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an XLSX is an archive");
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).expect("the part is there").read_to_string(&mut text).expect("it is text");
        text
    };
    let cells = part("xl/worksheets/sheet1.xml");
    assert!(cells.contains(r#"ySplit="2""#) && cells.contains(r#"paperSize="9""#), "{cells}");
    assert!(cells.contains("<v>5</v>") && cells.contains("<v>44201</v>") && !cells.contains("<f>"), "{cells}");
    assert!(part("xl/sharedStrings.xml").contains("=1+1 Đỗ Văn Ơn"));
    let book = part("xl/workbook.xml");
    assert!(book.contains("Quyết định 052021") && book.contains("_xlnm.Print_Titles"), "{book}");
}
