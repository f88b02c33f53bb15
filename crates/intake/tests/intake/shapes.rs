//! Heads and columns, as offices write them.

use intake::cell::{Cell, Row};
use intake::field::{Field, Kind};
use intake::shape::{Shape, detect};

pub fn table(lines: &[&str]) -> Vec<Row> {
    let row = |(place, line): (usize, &&str)| Row {
        hidden: false,
        number: place as u32 + 1,
        cells: line.split('|').map(Cell::of).collect(),
    };
    let rows = lines.iter().enumerate().map(row);
    rows.filter(|row| !row.is_empty()).collect()
}

fn fields(shape: &Shape) -> Vec<Option<Field>> {
    shape.columns.iter().map(|column| column.field).collect()
}

#[test]
fn a_sheet_without_a_head_has_no_shape() {
    assert_eq!(detect(&table(&["Nguyễn Thị Mai|1980", "Trần Văn Hùng|1975"])), None);
    assert_eq!(detect(&[]), None);
}

#[test]
fn the_head_stands_below_the_titles_of_the_paper() {
    let rows = table(&[
        "VĂN PHÒNG CHÍNH PHỦ||CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "DANH SÁCH ĐỀ NGHỊ TẶNG DANH HIỆU NĂM 2025",
        "",
        "STT|Họ và tên|Ngày sinh|Chức vụ|Đơn vị công tác|Danh hiệu|Số QĐ|Ngày ký",
        "(1)|(2)|(3)|(4)|(5)|(6)|(7)|(8)",
        "1|Nguyễn Thị Mai|1980|Chuyên viên|Vụ Pháp luật|LĐTT|05/QĐ-VPCP|05/01/2025",
    ]);
    let shape = detect(&rows).expect("a shape");
    assert_eq!(shape.head, [4, 5]);
    let expected = [
        Field::Ordinal,
        Field::FullName,
        Field::Born,
        Field::Post,
        Field::Unit,
        Field::Award,
        Field::DecisionNumber,
        Field::DecisionDay,
    ];
    assert_eq!(fields(&shape), expected.map(Some));
    assert_eq!(Kind::guess(&shape.fields()), Some(Kind::Awards));
}

#[test]
fn a_head_in_two_rows_is_joined() {
    let rows = table(&[
        "TT|HO TEN|Nam sinh|Nam sinh|Quyet dinh|Quyet dinh|Xep loai",
        "||Nam|Nu|So|Ngay|",
        "1|Tran Thi Hoa||1981|12/QD-VPCP|1/2/2020|HTTNV",
    ]);
    let shape = detect(&rows).expect("a shape");
    assert_eq!(shape.head, [1, 2]);
    let expected = [
        Field::Ordinal,
        Field::FullName,
        Field::Male,
        Field::Female,
        Field::DecisionNumber,
        Field::DecisionDay,
        Field::Grade,
    ];
    assert_eq!(fields(&shape), expected.map(Some));
    assert_eq!(shape.columns[4].heading, "Quyet dinh / So");
}

#[test]
fn a_year_is_no_man_where_no_column_is_for_women() {
    let shape = detect(&table(&["Họ tên|Năm|Xếp loại", "Mai|2024|HTTNV"])).expect("a shape");
    assert_eq!(fields(&shape), [Field::FullName, Field::Year, Field::Grade].map(Some));
    let shape = detect(&table(&["Ho ten|Nam|Xep loai", "Mai|2024|HTTNV"])).expect("a shape");
    assert_eq!(shape.columns[1].field, Some(Field::Year));
}

#[test]
fn files_with_the_same_headings_have_the_same_fingerprint() {
    let of = |lines: &[&str]| detect(&table(lines)).expect("a shape").fingerprint;
    assert_eq!(of(&["Họ tên|Năm sinh", "Mai|1980"]), of(&["HO TEN:|NĂM SINH", "Hùng|1975"]));
    assert_ne!(of(&["Họ tên|Năm sinh"]), of(&["Năm sinh|Họ tên"]));
}
