//! Rows below the head as printed lists have them: records, and all that a page has besides.

use intake::below::{Below, Part};
use intake::cell::Row;
use intake::shape::detect;

use crate::files::{packed, rows, xlsx};
use crate::shapes::table;

/// A list printed on two pages and joined with the list of another unit, as three programs would save it.
const PRINTED: &[&str] = &[
    "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG NĂM 2025",
    "STT|Họ và tên|Đơn vị|Xếp loại",
    "(1)|(2)|(3)|(4)",
    "I. KHỐI CƠ QUAN",
    "1|Nguyễn Thị Mai|Vụ Pháp luật|HTXSNV",
    "2|Tống Văn Hùng|Vụ Pháp luật|HTTNV",
    "Trang 1/2",
    "STT|HỌ VÀ TÊN:|Đơn vị|Xếp loại",
    "1|2|3|4",
    "3|Công Thị Nga|Vụ Tổng hợp|HTTNV",
    "|Cộng mục I: 3 người||",
    "",
    "|Hà Nội, ngày 05 tháng 01 năm 2026",
    "|NGƯỜI LẬP BIỂU||THỦ TRƯỞNG",
    "|Trần Văn Ký||Lê Thị Duyệt",
    "STT|Họ tên|Đơn vị|Xếp loại",
    "II|Vụ Kinh tế",
    "1|Phạm Văn An||HTNV",
    "|Tổng cộng||4",
];

fn parts(rows: &[Row]) -> Vec<(u32, Part, Option<String>)> {
    let shape = detect(rows).expect("a shape");
    let mut below = Below::of(&shape, rows);
    let told = rows.iter().filter(|row| shape.is_below(row));
    told.map(|row| (row.number, below.part(row), below.section().map(str::to_owned))).collect()
}

fn expected() -> Vec<(u32, Part, Option<String>)> {
    let (office, economy) = (Some("KHỐI CƠ QUAN"), Some("Vụ Kinh tế"));
    let expected = [
        (4, Part::Section("KHỐI CƠ QUAN".to_owned()), office),
        (5, Part::Record, office),
        (6, Part::Record, office),
        (7, Part::Title, office),
        (8, Part::HeadAgain, office),
        (9, Part::HeadAgain, office),
        (10, Part::Record, office),
        (11, Part::Total, office),
        (13, Part::Foot, None),
        (14, Part::Foot, None),
        (15, Part::Foot, None),
        (16, Part::HeadAgain, None),
        (17, Part::Section("Vụ Kinh tế".to_owned()), economy),
        (18, Part::Record, economy),
        (19, Part::Total, economy),
    ];
    expected.into_iter().map(|(n, part, section)| (n, part, section.map(str::to_owned))).collect()
}

fn as_xlsx() -> Vec<u8> {
    let cell = |(column, text): (usize, &str)| {
        let place = char::from(b'A' + u8::try_from(column).expect("few columns"));
        (place, text.to_owned())
    };
    let row = |(n, line): (usize, &&str)| {
        let cells = line.split('|').enumerate().map(cell).filter(|(_, text)| !text.is_empty());
        let cells: String =
            cells.map(|(place, text)| crate::files::text(&format!("{place}{}", n + 1), &text)).collect();
        format!("<row r=\"{}\">{cells}</row>", n + 1)
    };
    let rows: String = PRINTED.iter().enumerate().map(row).collect();
    // Titles and sections are merged over the whole width, as lists have them.
    let merged = "<mergeCells count=\"3\"><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"A4:D4\"/><mergeCell ref=\"A7:D7\"/></mergeCells>";
    xlsx(&rows, merged)
}

fn as_ods() -> Vec<u8> {
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let row =
        |line: &&str| format!("<table:table-row>{}</table:table-row>", line.split('|').map(cell).collect::<String>());
    let rows: String = PRINTED.iter().map(row).collect();
    let space = "urn:oasis:names:tc:opendocument:xmlns";
    let content = format!(
        "<office:document-content xmlns:office=\"{space}:office:1.0\" xmlns:table=\"{space}:table:1.0\" xmlns:text=\"{space}:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"Danh sách\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    packed(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}

#[test]
fn a_printed_list_is_told_apart_alike_in_every_format() {
    // A text with separators numbers its records, so its blank line stands for a row as well.
    let csv = PRINTED.iter().map(|line| if line.is_empty() { ";;;".to_owned() } else { line.replace('|', ";") });
    let csv = csv.collect::<Vec<_>>().join("\n");
    for (name, bytes) in [("a.xlsx", as_xlsx()), ("a.ods", as_ods()), ("a.csv", csv.into_bytes())] {
        let told = parts(&rows(bytes, name).expect("rows"));
        let told: Vec<_> = told.into_iter().filter(|(_, part, _)| *part != Part::Blank).collect();
        assert_eq!(told, expected(), "{name}");
    }
}

#[test]
fn nobody_and_no_unit_is_taken_for_a_sum_a_signature_or_a_section() {
    let people =
        table(&["Họ và tên|Xếp loại", "Tống Thị Hoa|HTTNV", "Công Văn Bé|HTTNV", "Vũ Thị Tư|HTTNV", "Ngô Văn Ba"]);
    let told: Vec<Part> = parts(&people).into_iter().map(|(_, part, _)| part).collect();
    assert_eq!(told, vec![Part::Record; 4]);
    let units = table(&[
        "Tên đơn vị|Mã đơn vị",
        "Tổng cục Thuế|TCT",
        "Công ty Cấp nước|CTCN",
        "Tổng công ty Điện lực|EVN",
        "Cong ty Moi truong|CTMT",
        "Tong cong ty Ca phe|TCTCP",
    ]);
    let told: Vec<Part> = parts(&units).into_iter().map(|(_, part, _)| part).collect();
    assert_eq!(told, vec![Part::Record; 5]);
    let sums = ["Tổng cộng: 02 người", "CỘNG", "Cộng (I + II)", "Tong cong 5", "Tổng số", "Cong trang"];
    for sum in sums {
        let rows = table(&["Họ và tên|Xếp loại", "Mai|HTTNV", &format!("{sum}|")]);
        assert_eq!(parts(&rows)[1].1, Part::Total, "{sum}");
    }
}

#[test]
fn a_unit_named_in_the_column_of_names_is_a_section() {
    let rows = table(&["STT|Họ và tên|Xếp loại", "|Vụ Pháp luật|", "1|Vũ Pháp Luật|HTTNV"]);
    let section = Some("Vụ Pháp luật".to_owned());
    let expected = [(2, Part::Section("Vụ Pháp luật".to_owned()), section.clone()), (3, Part::Record, section)];
    assert_eq!(parts(&rows), expected);
}

#[test]
fn another_table_below_the_list_is_not_read_with_the_columns_of_the_first() {
    let rows = table(&[
        "STT|Họ và tên|Ngày sinh|Xếp loại",
        "1|Nguyễn Thị Mai|1980|HTTNV",
        "STT|Tên đơn vị|Danh hiệu|Số QĐ",
        "1|Vụ Pháp luật|TTLĐXS|5/QĐ-VPCP",
        "STT|Họ và tên|Ngày sinh|Xếp loại",
        "2|Trần Văn Hùng|1981|HTTNV",
    ]);
    let told: Vec<Part> = parts(&rows).into_iter().map(|(_, part, _)| part).collect();
    assert_eq!(told, [Part::Record, Part::OtherTable, Part::OtherTable, Part::HeadAgain, Part::Record]);
}

#[test]
fn a_list_that_goes_on_below_a_note_is_read_on_without_its_section() {
    let rows = table(&[
        "STT|Họ và tên|Chức vụ",
        "I|Vụ Pháp luật|",
        "1|Nguyễn Thị Mai|Chuyên viên",
        "Ghi chú: danh sách xếp theo vần",
        "|Trần Văn Ký|",
        "2|Trần Văn Hùng|Chuyên viên",
    ]);
    let told: Vec<_> = parts(&rows).into_iter().skip(2).map(|(_, part, section)| (part, section)).collect();
    assert_eq!(told, [(Part::Foot, None), (Part::Foot, None), (Part::Record, None)]);
}

#[test]
fn a_head_in_two_rows_and_its_own_column_of_an_earlier_return_are_known_again() {
    let rows = table(&[
        "TT|Ho ten|Quyet dinh|Quyet dinh|Loi can sua (vinhdanh)",
        "||So|Ngay|",
        "1|Tran Thi Hoa|12/QD-VPCP|1/2/2020|thiếu năm",
        "II. Vu Tong hop||||",
        "|Tong cong|||dòng cộng",
        "TT|Ho ten|Quyet dinh||Loi can sua (vinhdanh)",
        "||So|Ngay|",
    ]);
    let told: Vec<Part> = parts(&rows).into_iter().map(|(_, part, _)| part).collect();
    let section = Part::Section("Vu Tong hop".to_owned());
    assert_eq!(told, [Part::Record, section, Part::Total, Part::HeadAgain, Part::HeadAgain]);
}
