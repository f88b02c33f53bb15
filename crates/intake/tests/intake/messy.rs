//! `files/messy.xlsx`, a list with every fault that offices send in, and what is read from it. All names are made up.

use intake::legacy::{self, Script};

use crate::xlsx_file::{DAY, HEADING, Sheet, TCVN3, fault_cell, formula_cell, number_cell, text_cell, workbook};

/// The bytes of the checked-in file.
pub fn messy() -> Vec<u8> {
    workbook(&[cover(), list(), old_list(), hidden()])
}

fn cover() -> Sheet {
    Sheet::named("Bìa").texts(2, &["", "DANH SÁCH ĐỀ NGHỊ NHẬP HỒ SƠ"]).texts(4, &["", "Năm 2020"])
}

/// Titles above, a head of two rows with groups, the index row, groups, a repeated head, sums and signatures.
fn list() -> Sheet {
    let mut sheet = Sheet::named("Danh sách")
        .texts(1, &["SỞ VÍ DỤ TỈNH MẪU", "", "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"])
        .texts(2, &["PHÒNG TỔ CHỨC", "", "", "", "", "Độc lập - Tự do - Hạnh phúc"])
        .texts(4, &["DANH SÁCH CÁ NHÂN ĐƯỢC KHEN THƯỞNG NĂM 2020"]);
    let head = |row: u32, texts: &[(usize, &str)]| -> Vec<String> {
        texts.iter().map(|(at, text)| text_cell(*at, row, HEADING, text)).collect()
    };
    let upper = [
        (0, "STT"),
        (1, "Họ và tên"),
        (2, "Giới tính"),
        (4, "Ngày sinh"),
        (5, "Đơn vị công tác"),
        (6, "Chức vụ"),
        (7, "Số CCCD"),
        (8, "Danh hiệu"),
        (9, "Quyết định"),
        (11, "Năm"),
        (12, "Xếp loại"),
        (13, "Ghi chú"),
    ];
    let lower = [(2, "Nam"), (3, "Nữ"), (9, "Số"), (10, "Ngày ký")];
    sheet = sheet.cells(6, "", &head(6, &upper)).cells(7, "", &head(7, &lower));
    for column in ["A", "B", "E", "F", "G", "H", "I", "L", "M", "N"] {
        sheet = sheet.merged(&format!("{column}6:{column}7"));
    }
    sheet = sheet.merged("C6:D6").merged("J6:K6");
    sheet = sheet.texts(
        8,
        &["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)", "(12)", "(13)", "(14)"],
    );
    sheet = sheet.texts(9, &["I", "PHÒNG TỔNG HỢP"]).merged("B9:N9");
    sheet = people(sheet);
    sheet
        .texts(20, &["", "Tổng cộng: 10 người"])
        .texts(22, &["", "", "", "", "", "", "", "", "Tỉnh Mẫu, ngày 05 tháng 01 năm 2021"])
        .texts(23, &["", "NGƯỜI LẬP BIỂU", "", "", "", "", "", "", "GIÁM ĐỐC"])
        .texts(26, &["", "Trần Thị Lập", "", "", "", "", "", "", "Lê Văn Ký"])
}

fn people(sheet: Sheet) -> Sheet {
    let text = |at: usize, row: u32, text: &str| text_cell(at, row, 0, text);
    let unit = text_cell(5, 10, 0, "Phòng Tổng hợp");
    sheet
        .merged("F10:F12")
        // A proper line: a real day, the unit merged over three lines.
        .cells(
            10,
            "",
            &[
                number_cell(0, 10, 0, 1.0),
                text(1, 10, "Nguyễn Văn An"),
                text(2, 10, "x"),
                number_cell(4, 10, DAY, 29_225.0),
                unit,
                text(6, 10, "Chuyên viên"),
                text(7, 10, "001080000011"),
                text(8, 10, "LĐTT"),
                text(9, 10, "05/QĐ-SVD"),
                number_cell(10, 10, DAY, 43_835.0),
                number_cell(11, 10, 0, 2019.0),
                text(12, 10, "HTTNV"),
            ],
        )
        // A day and a year as text, hard spaces, a decomposed name, a hidden row.
        .cells(
            11,
            r#"hidden="1""#,
            &[
                text(0, 11, "2"),
                text(1, 11, "\u{A0}Trần Thi\u{323}  Bi\u{300}nh\u{200B}"),
                text(3, 11, "x"),
                text(4, 11, "05.01.1985"),
                text(6, 11, "Phó Trưởng phòng"),
                number_cell(7, 11, 0, 1_085_000_022.0),
                text(8, 11, "Chiến sĩ thi đua cơ sở"),
                text(9, 11, "Số 05/QĐ-SVD ngày 05/01/2020"),
                text(10, 11, "ngày 05 tháng 01 năm 2020"),
                text(11, 11, "2.019"),
                text(12, 11, "Hoàn thành xuất sắc nhiệm vụ"),
            ],
        )
        // Only the year of birth, formulas with and without their result.
        .cells(
            12,
            "",
            &[
                text(0, 12, "3"),
                formula_cell(1, 12, "CONCATENATE(\"Lê \",\"Thị Cúc\")", Some("Lê Thị Cúc")),
                text(3, 12, "x"),
                number_cell(4, 12, 0, 1990.0),
                text(6, 12, "Chuyên viên"),
                text(7, 12, "'001190000033"),
                text(8, 12, "CSTĐCS"),
                formula_cell(9, 12, "[1]Khac!A1", None),
                text(10, 12, "2020-01-05"),
                text(11, 12, "2019"),
                text(12, 12, "HTXSNV"),
            ],
        )
        .texts(13, &["II", "PHÒNG KẾ HOẠCH"])
        .merged("B13:N13")
        // An error, an unknown honour, an impossible day.
        .cells(
            14,
            "",
            &[
                text(0, 14, "4"),
                text(1, 14, "PHẠM VĂN DŨNG"),
                text(2, 14, "x"),
                text(4, 14, "31/02/1979"),
                text(5, 14, "Phòng Kế hoạch"),
                fault_cell(6, 14, "#N/A"),
                text(7, 14, "00107900004"),
                text(8, 14, "Danh hiệu không có thật"),
                text(9, 14, "QĐ chưa có số"),
                text(10, 14, "1/2020"),
                text(11, 14, "năm 2019"),
                text(12, 14, "HTTVN"),
            ],
        )
        // The head once more, as on a second printed page.
        .texts(
            15,
            &[
                "STT",
                "Họ và tên",
                "Nam",
                "Nữ",
                "Ngày sinh",
                "Đơn vị công tác",
                "Chức vụ",
                "Số CCCD",
                "Danh hiệu",
                "Số",
                "Ngày ký",
                "Năm",
                "Xếp loại",
                "Ghi chú",
            ],
        )
        // A text that a spreadsheet program would run.
        .cells(
            16,
            "",
            &[
                text(0, 16, "5"),
                text(1, 16, "Đỗ Thị Em"),
                text(3, 16, "x"),
                text(4, 16, "7/8/1992"),
                text(5, 16, "Phòng Kế hoạch"),
                text(6, 16, "Chuyên viên"),
                text(7, 16, "001192000055"),
                text(8, 16, "Bằng khen của Thủ tướng Chính phủ"),
                text(9, 16, "12/qđ-ttg"),
                text(10, 16, "12/03/2020"),
                text(11, 16, "2019"),
                text(12, 16, "Tốt"),
                text(13, 16, "=HYPERLINK(\"x\")"),
            ],
        )
        // The same person twice, and a line with only a number.
        .cells(
            17,
            "",
            &[
                text(0, 17, "6"),
                text(1, 17, "nguyễn văn an"),
                text(2, 17, "x"),
                text(4, 17, "05/01/1980"),
                text(5, 17, "phong tong hop"),
                text(6, 17, "CV"),
                text(8, 17, "Lao động tiên tiến"),
                text(9, 17, "05/QĐ-SVD"),
                text(10, 17, "05/01/20"),
                text(11, 17, "2019"),
            ],
        )
        .cells(18, "", &[text(0, 18, "7")])
}

/// The same columns without diacritics, typed in TCVN3.
fn old_list() -> Sheet {
    let old = |at: usize, row: u32, text: &str| text_cell(at, row, TCVN3, &legacy::encode(text, Script::Tcvn3));
    Sheet::named("Danh sach cu")
        .texts(1, &["TT", "Ho ten", "Nam sinh", "Don vi", "Hinh thuc khen thuong", "So QD", "Nam"])
        .cells(
            2,
            "",
            &[
                number_cell(0, 2, 0, 1.0),
                old(1, 2, "Vũ Thị Hường"),
                number_cell(2, 2, 0, 1975.0),
                old(3, 2, "Phòng Tổ chức"),
                old(4, 2, "Giấy khen"),
                old(5, 2, "27/QĐ-SVD"),
                number_cell(6, 2, 0, 2003.0),
            ],
        )
        .cells(
            3,
            "",
            &[
                number_cell(0, 3, 0, 2.0),
                old(1, 3, "Bùi Đức Ước"),
                number_cell(2, 3, 0, 1969.0),
                old(3, 3, "Phòng Kế hoạch"),
                old(4, 3, "Bằng khen"),
                old(5, 3, "28/QĐ-SVD"),
                number_cell(6, 3, 0, 2004.0),
            ],
        )
}

fn hidden() -> Sheet {
    Sheet {
        hidden: true, ..Sheet::named("Nháp").texts(1, &["STT", "Họ và tên"]).texts(2, &["1", "Nháp Văn Bỏ"])
    }
}
