//! `vinhdanh report period`.

use serde_json::{Value, json};

use crate::program::Program;

const ARTICLE: [&str; 8] = ["report", "period", "--from", "2015", "--to", "2020", "--unit", "TCCB"];

/// A program beside a database with the demonstration.
fn demonstration() -> Program {
    let program = Program::new();
    let made = program.run(&["demo", "--prepare-only", "--database", "sqlite:office.db"]);
    assert_eq!(made.code, 0, "{}", made.complained);
    program
}

fn asked<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&ARTICLE[..], &["--database", "sqlite:office.db"], more].concat()
}

#[test]
fn a_period_that_cannot_be_read_is_wrong_usage() {
    for arguments in [
        vec!["report", "period", "--from", "2015-13-01", "--to", "2020"],
        vec!["report", "period", "--from", "2015"],
        vec!["report", "period", "--from", "2015", "--to", "2020", "--compare", "2006"],
        vec!["report", "period", "--from", "2015", "--to", "2020", "--own-only"],
        vec!["report"],
    ] {
        let ran = Program::new().run(&arguments);
        assert_eq!((ran.code, ran.said.as_str()), (2, ""), "{arguments:?}: {}", ran.complained);
    }
    let ran = Program::new().run(&["report", "period", "--from", "2015-13-01", "--to", "2020"]);
    assert_eq!(ran.complained.lines().next(), Some("Lỗi: Giá trị «2015-13-01» không dùng được cho --from <YEAR|DAY>."));
}

#[test]
fn a_period_that_cannot_be_and_a_unit_that_is_not_are_refused() {
    let program = demonstration();
    let backwards = program.run(&["report", "period", "--from", "2020", "--to", "2015", "--format", "json"]);
    assert_eq!(backwards.code, 1);
    assert_eq!(
        backwards.error(),
        json!({
            "kind": "input",
            "message": "Thời điểm cuối đứng trước thời điểm đầu.",
            "where": {"file": null, "line": null, "path": "--to"},
            "hint": null,
        })
    );
    let lost = program.run(&[
        "report",
        "period",
        "--from",
        "2015",
        "--to",
        "2020",
        "--unit",
        "XYZ",
        "--database",
        "sqlite:office.db",
    ]);
    assert_eq!((lost.code, lost.said.as_str()), (1, ""));
    assert_eq!(lost.complained.lines().next(), Some("Lỗi: --unit: Không có đơn vị mang ký hiệu XYZ."));
}

#[test]
fn a_database_that_is_not_there_is_not_made() {
    let program = Program::new();
    let ran = program.run(&asked(&["--lang", "en"]));
    assert_eq!(ran.code, 3);
    assert_eq!(ran.complained.lines().next(), Some("Error: There is no database sqlite:office.db."));
    assert!(!program.has("office.db"));
}

#[test]
fn the_article_is_printed_in_vietnamese_with_forty_one_comma_oh_three() {
    let program = demonstration();
    let ran = program.run(&asked(&["--compare", "2006-2010"]));
    assert_eq!((ran.code, ran.complained.as_str()), (0, ""));
    let mut lines = ran.said.lines();
    assert_eq!(lines.next(), Some("SỐ LIỆU MINH HỌA – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"));
    assert_eq!(lines.next(), Some("Vụ Tổ chức cán bộ, giai đoạn 2015–2020"));
    let of_people = ran.said.split("Cá nhân ").nth(1).expect("the table of individuals");
    let commended = of_people.lines().find(|line| line.starts_with("Hình thức khen thưởng")).expect("a line");
    let figures: Vec<&str> = commended.trim_start_matches("Hình thức khen thưởng").split_whitespace().collect();
    assert_eq!(figures, ["9", "11", "11", "10", "11", "3", "55", "39", "+41,03%"]);
    assert_eq!(ran.said.matches("so với giai đoạn 2006–2010 (39 lượt) tăng 41,03%").count(), 1);
    let english = program.run(&asked(&["--compare", "2006-2010", "--lang", "en"]));
    assert_eq!(english.said.matches("up 41.03% on 2006–2010 (39)").count(), 1);
}

#[test]
fn json_holds_numbers_and_days_and_no_word_of_a_language() {
    let program = demonstration();
    let ran = program.run(&asked(&["--compare", "2006-2010", "--format", "json"]));
    assert_eq!(ran.code, 0, "{}", ran.complained);
    let told: Value = serde_json::from_str(&ran.said).expect("JSON");
    assert_eq!(told["period"], json!({"from": "2015-01-01", "to": "2020-12-31"}));
    assert_eq!(told["illustrative"], json!(true));
    let total = |category: &str, subject: &str| {
        let totals = told["totals"].as_array().expect("totals");
        totals.iter().find(|total| total["category"] == category && total["subject"] == subject).expect("one").clone()
    };
    assert_eq!(
        total("commendation", "ca-nhan"),
        json!({
            "category": "commendation",
            "subject": "ca-nhan",
            "years": [9, 11, 11, 10, 11, 3],
            "total": 55,
            "compared": 39,
            "change_percent": 41.03,
            "yearly": 9.17,
            "compared_yearly": 7.8,
            "yearly_change_percent": 17.52,
        })
    );
    let flags = total("flag", "tap-the");
    assert_eq!((&flags["total"], &flags["compared"], &flags["change_percent"]), (&json!(6), &json!(0), &Value::Null));
    let in_english = program.run(&asked(&["--compare", "2006-2010", "--format", "json", "--lang", "en"]));
    assert_eq!(in_english.said, ran.said);
}

#[test]
fn days_the_unit_alone_and_the_other_way_of_counting_can_be_asked_for() {
    let program = demonstration();
    let total = |arguments: &[&str], award: &str| -> Value {
        let ran = program.run(&[arguments, &["--database", "sqlite:office.db", "--format", "json"]].concat());
        let told: Value = serde_json::from_str(&ran.said).expect("JSON");
        let forms = told["forms"].as_array().expect("forms");
        forms.iter().find(|form| form["award"] == award).expect("the form")["total"].clone()
    };
    let whole = ["report", "period", "--from", "2015", "--to", "2020", "--unit", "TCCB"];
    assert_eq!(total(&whole, "co-thi-dua-bo"), json!(4));
    let other_way = [&whole[..], &["--count-by", "title-year"]].concat();
    assert_eq!(total(&other_way, "co-thi-dua-bo"), json!(3));
    let days = ["report", "period", "--from", "2015-03-01", "--to", "15/06/2020", "--unit", "TCCB"];
    assert_eq!(total(&days, "co-thi-dua-bo"), json!(3));
    let alone = [&whole[..], &["--own-only"]].concat();
    assert_eq!(total(&alone, "tap-the-lao-dong-xuat-sac"), json!(6));
}

#[test]
fn a_report_is_written_as_the_ending_of_the_file_says() {
    let program = demonstration();
    let wrong = program.run(&asked(&["--out", "report.exe"]));
    assert_eq!((wrong.code, wrong.said.as_str()), (1, ""), "{}", wrong.complained);
    for (ending, begins) in [("pdf", "%PDF-1.7"), ("docx", "PK"), ("xlsx", "PK"), ("json", "{")] {
        let file = format!("report.{ending}");
        let ran = program.run(&asked(&["--out", &file]));
        assert_eq!((ran.code, ran.said.as_str()), (0, ""), "{}", ran.complained);
        let bytes = std::fs::read(program.folder.join(&file)).expect("the file is written");
        assert!(bytes.starts_with(begins.as_bytes()), "{file}");
    }
}

#[test]
fn a_place_that_cannot_be_written_is_a_fault_of_the_machine_and_is_told_with_its_cause() {
    let program = demonstration();
    std::fs::create_dir(program.folder.join("thu-muc.pdf")).expect("a folder");
    for (place, cause) in [
        ("khong-co/bao-cao.pdf", "No such file or directory (os error 2)"),
        ("thu-muc.pdf", "Is a directory (os error 21)"),
    ] {
        let ran = program.run(&asked(&["--out", place, "--format", "json"]));
        let expected = json!({
            "kind": "machine",
            "message": format!("Không ghi được tệp: {cause}"),
            "where": {"file": place, "line": null, "path": "--out"},
            "hint": null,
        });
        assert_eq!((ran.code, ran.said.as_str(), ran.error()), (3, "", expected), "{place}");
    }
}
