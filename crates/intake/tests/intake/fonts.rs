//! Texts typed for old fonts come out in Unicode, and Unicode is never touched.

use std::ops::ControlFlow;

use intake::legacy::{Script, decode, encode, judge, of_font};
use intake::refusal::Limits;
use intake::workbook::Workbook;

use crate::files::{rows, texts};
use crate::xlsx_file::{Sheet, TCVN3_CAPITALS, VNI, text_cell, workbook as file};

const SENTENCES: [&str; 5] = [
    "Cộng hòa xã hội chủ nghĩa Việt Nam",
    "Nguyễn Thị Hồng Nhung, Trưởng phòng Tổ chức cán bộ",
    "Đạt danh hiệu Chiến sĩ thi đua cơ sở năm 1998",
    "Huỳnh Đức Ưng ở ấp Kỳ Hưởng, quý mến những người lính dũng cảm",
    "Ủy ban nhân dân huyện Yên Thuỷ; Văn phòng Sở Y tế",
];

fn small(text: &str) -> String {
    text.to_lowercase()
}

#[test]
fn real_sentences_as_an_old_font_stores_them() {
    assert_eq!(decode("NguyÔn V¨n Hïng", Script::Tcvn3), "Nguyễn Văn Hùng");
    assert_eq!(decode("Céng hoµ x· héi chñ nghÜa ViÖt Nam", Script::Tcvn3), "Cộng hoà xã hội chủ nghĩa Việt Nam");
    assert_eq!(decode("Tr\u{AD}êng phßng", Script::Tcvn3), "Trường phòng");
    assert_eq!(decode("nguyÔn thÞ h\u{AD}¬ng", Script::Tcvn3Capitals), "NGUYỄN THỊ HƯƠNG");
    assert_eq!(decode("Nguyeãn Vaên Huøng", Script::Vni), "Nguyễn Văn Hùng");
    assert_eq!(decode("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", Script::Vni), "Cộng hòa xã hội chủ nghĩa Việt Nam");
    assert_eq!(decode("ÑAÏI HOÏC QUOÁC GIA", Script::Vni), "ĐẠI HỌC QUỐC GIA");
}

#[test]
fn a_sentence_comes_back_whole_from_both_scripts() {
    for sentence in SENTENCES {
        assert_eq!(decode(&encode(&small(sentence), Script::Tcvn3), Script::Tcvn3), small(sentence));
        assert_eq!(decode(&encode(sentence, Script::Vni), Script::Vni), sentence);
    }
}

#[test]
fn letters_tell_the_script_without_a_font() {
    for (script, expected) in
        [(Script::Tcvn3, Script::Tcvn3), (Script::Vni, Script::Vni), (Script::Unicode, Script::Unicode)]
    {
        for sentence in SENTENCES {
            let typed = encode(&small(sentence), script);
            assert_eq!(judge([(typed.as_str(), None)].into_iter()), expected, "{typed}");
        }
    }
    let plain = ["Ha Noi", "CSTDCS", "05/QD-UBND", "hoà bình", "Lê Hà", "Trà My", "Cà Mau"];
    for text in plain {
        assert_eq!(judge([(text, None)].into_iter()), Script::Unicode, "{text}");
    }
    assert_eq!(of_font(".VnTime"), Some(Script::Tcvn3));
    assert_eq!(of_font(".VnArialH"), Some(Script::Tcvn3Capitals));
    assert_eq!(of_font("VNI-Times"), Some(Script::Vni));
    assert_eq!(of_font("Times New Roman"), None);
}

#[test]
fn proper_vietnamese_and_plain_letters_pass_every_script_unharmed() {
    for script in [Script::Tcvn3, Script::Tcvn3Capitals, Script::Vni] {
        for text in ["Nguyễn Văn Ước", "ABC abc 123 /QD-UBND", "Đỗ Mười", ""] {
            assert_eq!(decode(text, script), text);
        }
    }
}

#[test]
fn a_cell_follows_its_own_font() {
    let vni = |at, row, text: &str| text_cell(at, row, VNI, &encode(text, Script::Vni));
    let capitals = |at, row, text: &str| text_cell(at, row, TCVN3_CAPITALS, &encode(&small(text), Script::Tcvn3));
    let sheet = Sheet::named("a")
        .cells(1, "", &[vni(0, 1, "Họ và tên"), vni(1, 1, "Đơn vị công tác"), vni(2, 1, "Chức vụ")])
        .cells(2, "", &[capitals(0, 2, "Trần Văn Tý"), vni(1, 2, "Phòng Tài chính"), vni(2, 2, "Kế toán trưởng")])
        .cells(3, "", &[vni(0, 3, "Lê Thị Sửu"), vni(1, 3, "Phòng Tài chính"), vni(2, 3, "Thủ quỹ")]);
    let found = rows(file(&[sheet]), "a.xlsx").expect("readable");
    assert_eq!(texts(&found[0]), ["Họ và tên", "Đơn vị công tác", "Chức vụ"]);
    assert_eq!(texts(&found[1]), ["TRẦN VĂN TÝ", "Phòng Tài chính", "Kế toán trưởng"]);
    assert_eq!(texts(&found[2]), ["Lê Thị Sửu", "Phòng Tài chính", "Thủ quỹ"]);
}

#[test]
fn an_officer_may_say_how_a_column_is_read() {
    let sheet = Sheet::named("a").texts(1, &["Họ tên"]).texts(2, &["Vò Hµ"]);
    let mut book = Workbook::open(file(&[sheet]), "a.xlsx", Limits::default()).expect("readable");
    let mut read = |script| {
        book.read_as(0, vec![script]);
        let mut last = String::new();
        book.rows(0, |row| {
            last = row.text(0).to_owned();
            ControlFlow::Continue(())
        })
        .expect("rows");
        last
    };
    assert_eq!(read(Script::Unicode), "Vò Hµ");
    assert_eq!(read(Script::Tcvn3), "Vũ Hà");
}

#[test]
fn what_an_officer_says_goes_before_the_font_that_a_cell_names() {
    let wrong_font = |row, text: &str| text_cell(0, row, TCVN3_CAPITALS, &encode(text, Script::Vni));
    let sheet =
        Sheet::named("a").cells(1, "", &[wrong_font(1, "Họ và tên")]).cells(2, "", &[wrong_font(2, "Lê Thị Sửu")]);
    let mut book = Workbook::open(file(&[sheet]), "a.xlsx", Limits::default()).expect("readable");
    book.read_as(0, vec![Script::Vni]);
    let mut found = Vec::new();
    book.rows(0, |row| {
        found.push(row.text(0).to_owned());
        ControlFlow::Continue(())
    })
    .expect("rows");
    assert_eq!(found, ["Họ và tên", "Lê Thị Sửu"]);
}
