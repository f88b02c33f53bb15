//! What a text of the nation says beside conditions: names, deciders, bonuses, votes, papers, deadlines, salaries.

use rules::bonus::{self, Conferred, Share};
use rules::changes::{self, Said, What};
use rules::facts::{Day, Subject};
use rules::law::{Award, Law, Row, row_on, rows_on};
use rules::load::{Laid, load_laid};
use rules::reader::Fault;
use rules::words::Words;

use crate::files;

/// The head of a text that does not exist, with numbers that no text has.
const HEAD: &str = r#"
layer = "ND-THU"
tier = "nation"
vi = "Nghị định dùng để thử"
en = "A decree for testing"
from = 2027-01-01

[[document]]
id = "0/2027/NĐ-CP"
vi = "Nghị định số 0/2027/NĐ-CP (không có thật)"
en = "Decree 0/2027/NĐ-CP (fictitious)"
signed = 2026-12-01
from = 2027-01-01
mark = "V"
"#;

const BONUS: &str = r#"
[[bonus]]
award = "bang-khen-bo"
subject = "ca-nhan"
times = "7.5"
from = 2027-01-01
source = { document = "0/2027/NĐ-CP", article = "1" }
mark = "V"

[[salary]]
dong = 3_000_000
from = 2027-07-01
source = { document = "0/2027/NĐ-CP", article = "2" }
mark = "V"
"#;

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn laid(rows: &str, until: Option<&str>) -> Result<Law, Vec<Fault>> {
    let (all, text) = (files::all(), format!("{HEAD}{rows}"));
    load_laid(&files::pairs(&all), &[Laid { name: "nghi-dinh", text: &text, until: until.map(day) }])
}

fn under(rows: &str, until: Option<&str>) -> Law {
    laid(rows, until).unwrap_or_else(|faults| panic!("{}", files::listed(&faults)))
}

fn refused(rows: &str) -> (usize, String, String) {
    let faults = laid(rows, None).expect_err("a fault");
    assert_eq!(faults.len(), 1, "{}", files::listed(&faults));
    let fault = faults.into_iter().next().expect("a fault");
    (fault.line, fault.message.vi, fault.hint.map(|hint| hint.vi).unwrap_or_default())
}

fn certificate(law: &Law) -> &Award {
    law.award("bang-khen-bo").expect("the certificate")
}

fn order(law: &Law) -> &Award {
    law.award("huan-chuong-lao-dong-ba").expect("the order")
}

fn said(rows: &[Row<Words>], on: &str) -> Vec<String> {
    rows_on(rows, day(on)).map(|row| row.value.vi.clone()).collect()
}

/// Multiple in thousandths and đồng of the certificate for a person.
fn paid(law: &Law, on: &str) -> (u64, u64) {
    let amount = bonus::amount(law, "bang-khen-bo", day(on), Subject::CaNhan).expect("a bonus");
    (amount.thousandths, amount.dong)
}

#[test]
fn a_multiple_and_a_salary_hold_from_their_days_and_those_before_come_back_when_they_are_withdrawn() {
    let (shipped, law) = (files::nation(), under(BONUS, None));
    assert_eq!(paid(&law, "2026-12-31"), paid(&shipped, "2026-12-31"));
    assert_eq!(paid(&law, "2027-01-01"), (7_500, 18_980_000), "the shipped salary under the new multiple, rounded up");
    assert_eq!(paid(&law, "2027-07-01"), (7_500, 22_500_000));
    let collective = |law: &Law| bonus::amount(law, "bang-khen-bo", day("2027-02-01"), Subject::TapThe);
    assert_eq!(collective(&law), collective(&shipped), "another kind of recipient is not touched");
    let back = under(BONUS, Some("2027-08-31"));
    assert_eq!(paid(&back, "2027-08-31"), paid(&law, "2027-08-31"));
    assert_eq!(paid(&back, "2027-09-01"), paid(&shipped, "2027-09-01"));
    let never = under(BONUS, Some("2026-12-31"));
    assert_eq!(paid(&never, "2027-07-01"), paid(&shipped, "2027-07-01"));
    let days: Vec<(Day, Option<Day>)> = back.base_salary.iter().map(|row| (row.from, row.until)).collect();
    assert!(days.windows(2).all(|pair| pair[0].1 == pair[1].0.pred_opt()), "one salary after another: {days:?}");
}

#[test]
fn a_vote_a_name_and_the_rule_of_several_honours_follow_those_of_the_shipped_edition() {
    let rows = r#"
[[vote]]
award = "chien-si-thi-dua-toan-quoc"
percent = 66
ballot = true
from = 2027-01-01
source = { document = "0/2027/NĐ-CP", article = "3" }
mark = "V"

[[name]]
award = "bang-khen-bo"
vi = "Bằng khen thử"
en = "Trial certificate"
from = 2027-01-01
source = { document = "0/2027/NĐ-CP", article = "4" }
mark = "V"

[[together]]
titles = "each"
title_and_form = "highest"
from = 2027-01-01
source = { document = "0/2027/NĐ-CP", article = "5" }
mark = "V"
"#;
    let (shipped, law) = (files::nation(), under(rows, None));
    let vote = |law: &Law, on: &str| {
        let title = law.award("chien-si-thi-dua-toan-quoc").expect("the title");
        rows_on(&title.votes, day(on)).map(|row| row.value.percent).collect::<Vec<_>>()
    };
    assert_eq!(vote(&law, "2026-12-31"), vote(&shipped, "2026-12-31"));
    assert_eq!(vote(&law, "2027-01-01"), [66], "one vote holds at a time");
    assert_eq!(certificate(&law).name(day("2026-12-31")), certificate(&shipped).name(day("2026-12-31")));
    assert_eq!(certificate(&law).name(day("2027-01-01")).vi, "Bằng khen thử");
    let honours = ["chien-si-thi-dua-co-so", "bang-khen-bo"]
        .map(|award| Conferred { award: award.to_owned(), period: Some((2026, 2026)) });
    let shares = |law: &Law| -> Vec<Share> {
        bonus::together(law, &honours, day("2027-02-01"), Subject::CaNhan).iter().map(|paid| paid.share).collect()
    };
    assert_eq!(shares(&shipped), [Share::Paid, Share::Paid]);
    assert!(shares(&law).contains(&Share::Absorbed), "{:?}", shares(&law));
}

const PAPER: &str = r#"
[[paper]]
award = "huan-chuong-lao-dong-ba"
vi = "Tờ trình thử"
en = "Trial submission"
from = 2027-01-01
source = { document = "0/2027/NĐ-CP", article = "6" }
mark = "V"
"#;

#[test]
fn papers_stand_beside_those_before_or_in_their_place_where_the_text_says_so() {
    let shipped = said(&order(&files::nation()).papers, "2027-01-01");
    assert!(!shipped.is_empty());
    let beside = under(PAPER, None);
    assert_eq!(said(&order(&beside).papers, "2027-01-01"), [&shipped[..], &["Tờ trình thử".to_owned()]].concat());
    let instead = format!("{}instead = true\n", PAPER);
    let second = instead.replace("Tờ trình thử", "Biên bản thử");
    let law = under(&format!("{instead}{second}"), Some("2027-06-30"));
    assert_eq!(said(&order(&law).papers, "2026-12-31"), shipped);
    assert_eq!(said(&order(&law).papers, "2027-01-01"), ["Tờ trình thử", "Biên bản thử"]);
    assert_eq!(said(&order(&law).papers, "2027-07-01"), shipped, "after the withdrawal");
}

#[test]
fn an_office_adds_papers_and_says_nothing_in_the_place_of_the_nation() {
    let office = |rows: &str| {
        let text = format!("{HEAD}{rows}").replace("tier = \"nation\"\n", "");
        let all = files::all();
        load_laid(&files::pairs(&all), &[Laid { name: "quy-che", text: &text, until: None }])
    };
    let law = office(PAPER).unwrap_or_else(|faults| panic!("{}", files::listed(&faults)));
    assert!(said(&order(&law).papers, "2027-01-01").contains(&"Tờ trình thử".to_owned()));
    let told = |faults: Result<Law, Vec<Fault>>| faults.expect_err("a fault").remove(0);
    let fault = told(office(&format!("{PAPER}instead = true\n")));
    assert_eq!(fault.message.vi, "cơ quan bổ sung, không thay thế quy định của Trung ương");
    let fault = told(office(BONUS));
    assert_eq!((fault.line, fault.message.vi.as_str()), (15, "“bonus” chỉ do văn bản của Trung ương quy định"));
}

#[test]
fn faulty_rows_are_refused_in_their_line() {
    let early = BONUS.replace("from = 2027-07-01", "from = 2026-12-31");
    let (line, message, hint) = refused(&early);
    assert_eq!((line, hint.as_str()), (24, "viết một ngày từ 2027-01-01"));
    assert_eq!(message, "dòng này bắt đầu 2026-12-31, trước ngày 2027-01-01 là ngày quy định có hiệu lực");
    let (_, message, _) = refused(&format!("{BONUS}{BONUS}"));
    assert_eq!(message, "đã có dòng từ ngày 2027-01-01 theo “ND-THU”");
    let (_, message, _) = refused(&BONUS.replace(
        "award = \"bang-khen-bo\"\nsubject = \"ca-nhan\"",
        "award = \"tinh-anh-hung\"\nsubject = \"ca-nhan\"",
    ));
    assert_eq!(message, "đối tượng không có trong “subjects”");
    let (_, message, hint) = refused(&BONUS.replace("bang-khen-bo", "bang-khen-boo"));
    assert_eq!(
        (message.as_str(), hint.as_str()),
        ("không có danh hiệu, hình thức “bang-khen-boo”", "viết “bang-khen-bo”")
    );
    let (_, message, _) =
        refused(&BONUS.replace("document = \"0/2027/NĐ-CP\", article = \"2\"", "document = \"1/2027/NĐ-CP\""));
    assert_eq!(message, "văn bản “1/2027/NĐ-CP” không có trong danh mục văn bản");
}

#[test]
fn the_rows_are_listed_beside_what_they_end() {
    let law = under(&format!("{BONUS}{PAPER}"), None);
    let shipped = files::nation();
    let salary = row_on(&shipped.base_salary, day("2027-06-30")).expect("a salary").value;
    let told: Vec<String> = changes::of(&law, "ND-THU")
        .iter()
        .filter_map(|change| match &change.what {
            What::Said { award, said, before } => {
                let award = award.map(|award| award.id.as_str());
                Some(match (said, before.as_slice()) {
                    (Said::Bonus(now), [Said::Bonus(then)]) => {
                        format!("{award:?} {} {}", then.thousandths, now.thousandths)
                    }
                    (Said::Paper(words), []) => format!("{award:?} {}", words.vi),
                    (Said::Salary(now), [Said::Salary(then)]) => format!("{award:?} {} {now}", *then == salary),
                    other => format!("{other:?}"),
                })
            }
            _ => None,
        })
        .collect();
    let paper = "Some(\"huan-chuong-lao-dong-ba\") Tờ trình thử";
    let mut told = told;
    told.sort();
    assert_eq!(told, ["None true 3000000", "Some(\"bang-khen-bo\") 1500 7500", paper]);
}

#[test]
fn rows_of_the_shipped_edition_of_the_same_day_stand_and_the_others_are_told() {
    let head = HEAD.replace("from = 2027-01-01\n\n[[document]]", "from = 2025-07-01\n\n[[document]]");
    let rows = BONUS.replace("from = 2027-01-01", "from = 2025-07-01");
    let (all, text) = (files::all(), format!("{head}{rows}"));
    let law = load_laid(&files::pairs(&all), &[Laid { name: "nghi-dinh", text: &text, until: None }]).expect("a law");
    assert_eq!(paid(&law, "2025-08-01"), paid(&files::nation(), "2025-08-01"));
    let gone: Vec<(&str, &str)> = law.replaced.iter().map(|gone| (gone.what.as_str(), gone.layer.as_str())).collect();
    assert_eq!(gone, [("bang-khen-bo/bonus", "ND-THU")]);
}
