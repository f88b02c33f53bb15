//! Everything that a regulation can say beside another value: honours, standards, ceilings, rounding, texts of the nation.

use rules::ask::{Cause, Verdict};
use rules::bonus;
use rules::explain::explain;
use rules::facts::{Day, Facts, Subject};
use rules::law::Law;
use rules::layer::ceilings as ceilings_of;
use rules::layers::{Regulation, check, lay};
use rules::load::{Laid, load_laid};
use rules::reader::Fault;

use crate::files;

const HEAD: &str = r#"
layer = "QC-VPCP"
vi = "Quy chế thi đua, khen thưởng"
en = "Regulation on emulation and commendation"
from = 2025-01-01

[[document]]
id = "12/QĐ-VPCP"
vi = "Quyết định số 12/QĐ-VPCP ban hành Quy chế"
en = "Decision 12/QĐ-VPCP issuing the Regulation"
mark = "V"
"#;

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// The law of the repository with regulations over it, each with its last day.
fn laid(layers: &[(&str, &str, Option<&str>)]) -> Result<Law, Vec<Fault>> {
    let all = files::all();
    let layers: Vec<Laid<'_>> =
        layers.iter().map(|(name, text, until)| Laid { name, text, until: until.map(day) }).collect();
    load_laid(&files::pairs(&all), &layers)
}

/// The law under one regulation made of the head and these rows.
fn under(rows: &str) -> Law {
    let text = format!("{HEAD}{rows}");
    laid(&[("quy-che", &text, None)]).unwrap_or_else(|faults| panic!("{}", files::listed(&faults)))
}

/// Line, message and hint of the only fault.
fn refused(text: &str) -> (usize, String, String) {
    let faults = laid(&[("quy-che", text, None)]).expect_err("a fault");
    assert_eq!(faults.len(), 1, "{}", files::listed(&faults));
    let fault = faults.into_iter().next().expect("a fault");
    (fault.line, fault.message.vi, fault.hint.map(|hint| hint.vi).unwrap_or_default())
}

fn person(text: &str) -> Facts {
    serde_json::from_str(&format!(r#"{{"subject":"ca-nhan","recruited":"2004-07-01",{text}}}"#)).expect("facts")
}

const SHARE: &str = r#"
[[value]]
leaf = "tap-the-lao-dong-tien-tien/hang-nam/ty-le"
title = "lao-dong-tien-tien"
percent = 80
above = false
source = { document = "12/QĐ-VPCP", article = "5" }
mark = "V"
"#;

const BADGE: &str = r#"
[[award]]
id = "ky-niem-chuong-vpcp"
class = "hinh-thuc"
level = "bo"
subjects = ["ca-nhan"]
order = 690

[[award.name]]
from = 2025-01-01
vi = "Kỷ niệm chương “Vì sự nghiệp Văn phòng Chính phủ”"
en = "Badge for services to the Government Office"
source = { document = "12/QĐ-VPCP", article = "20" }
mark = "V"

[[award.standard]]
id = "tham-nien"
kind = "nien-han"
subjects = ["ca-nhan"]
vi = "Theo thâm niên"
en = "By length of service"
from = 2025-01-01
tree = { all = ["thoi-gian"] }

[award.standard.leaf.thoi-gian]
condition = "tenure"
months = 240
source = { document = "12/QĐ-VPCP", article = "21", clause = "1" }
mark = "V"
"#;

#[test]
fn a_row_before_the_day_of_the_regulation_is_refused_with_the_first_day_to_write() {
    let rows = SHARE.replace("title =", "from = 2024-12-31\ntitle =");
    let (line, message, hint) = refused(&format!("{HEAD}{rows}"));
    assert_eq!(line, 19);
    assert_eq!(message, "dòng này bắt đầu 2024-12-31, trước ngày 2025-01-01 là ngày quy định có hiệu lực");
    assert_eq!(hint, "viết một ngày từ 2025-01-01");
}

#[test]
fn a_leaf_misspelt_is_refused_with_the_nearest() {
    let rows = SHARE.replace("/ty-le\"", "/ty-lee\"");
    let (line, message, hint) = refused(&format!("{HEAD}{rows}"));
    assert_eq!((line, message.as_str()), (14, "không có điều kiện “tap-the-lao-dong-tien-tien/hang-nam/ty-lee”"));
    assert_eq!(hint, "viết “tap-the-lao-dong-tien-tien/hang-nam/ty-le”");
}

#[test]
fn a_parameter_that_the_condition_does_not_know_is_refused_in_its_line() {
    let rows = SHARE.replace("percent = 80", "percent = 80\npercentt = 9");
    let (line, message, hint) = refused(&format!("{HEAD}{rows}"));
    assert_eq!((line, message.as_str(), hint.as_str()), (17, "không có mục “percentt” ở đây", "viết “percent”"));
}

#[test]
fn a_text_that_is_not_listed_is_refused_and_one_listed_twice_as_well() {
    let rows = SHARE.replace("12/QĐ-VPCP", "15/QĐ-VPCP-TCCB");
    let (_, message, hint) = refused(&format!("{HEAD}{rows}"));
    assert_eq!(message, "văn bản “15/QĐ-VPCP-TCCB” không có trong danh mục văn bản");
    assert_eq!(hint, "thêm [[document]] cho văn bản này");
    let shipped = HEAD.replace("id = \"12/QĐ-VPCP\"", "id = \"06/2022/QH15\"");
    let (_, message, hint) = refused(&shipped);
    assert_eq!(
        (message.as_str(), hint.as_str()),
        ("văn bản “06/2022/QH15” đã có trong danh mục", "bỏ dòng [[document]] này")
    );
}

#[test]
fn two_regulations_of_one_office_never_give_a_condition_a_value_from_the_same_day() {
    let first = format!("{HEAD}{SHARE}");
    let second = first.replace("QC-VPCP", "QC-MOI").replace("12/QĐ-VPCP", "30/QĐ-VPCP").replace("80", "90");
    let faults = laid(&[("cu", &first, None), ("moi", &second, None)]).expect_err("a fault");
    let told: Vec<(&str, &str)> = faults.iter().map(|fault| (fault.file.as_str(), fault.message.vi.as_str())).collect();
    assert_eq!(told, [("moi", "“ty-le” đã có giá trị từ ngày 2025-01-01 theo “QC-VPCP”")]);
    let later = second.replace("from = 2025-01-01", "from = 2025-06-01");
    assert!(laid(&[("cu", &first, None), ("moi", &later, None)]).is_ok());
    assert!(
        laid(&[("cu", &first, Some("2024-12-31")), ("moi", &second, None)]).is_ok(),
        "withdrawn from its first day"
    );
}

#[test]
fn an_honour_of_the_office_has_its_standards_and_is_gone_when_withdrawn() {
    let text = format!("{HEAD}{BADGE}");
    let law = under(BADGE);
    let facts = person(r#""complete":{}"#);
    let answer = explain(&law, "ky-niem-chuong-vpcp", &facts, day("2026-02-01"), None, None).expect("an answer");
    let found: Vec<(Verdict, &str)> =
        answer.standards.iter().flat_map(|s| &s.conditions).map(|f| (f.verdict, f.layer.as_str())).collect();
    assert_eq!(found.iter().filter(|(_, layer)| *layer == "QC-VPCP").count(), 1);
    assert_eq!(found[0], (Verdict::Met, "QC-VPCP"));
    let gone = laid(&[("quy-che", &text, Some("2026-01-31"))]).expect("a law");
    let after = explain(&gone, "ky-niem-chuong-vpcp", &facts, day("2026-02-01"), None, None).expect("an answer");
    assert_eq!(after.standards, []);
    let then = explain(&gone, "ky-niem-chuong-vpcp", &facts, day("2026-01-31"), None, None).expect("an answer");
    assert_eq!(then.standards.len(), 1);
    let taken = BADGE.replace("ky-niem-chuong-vpcp", "giay-khen");
    let (line, message, hint) = refused(&format!("{HEAD}{taken}"));
    assert_eq!((line, message.as_str(), hint.as_str()), (13, "“giay-khen” có hai lần", "đặt một ký hiệu khác"));
}

#[test]
fn a_further_standard_is_one_more_way_and_names_its_regulation() {
    let rows = r#"
[[standard]]
award = "giay-khen"
id = "tinh-nguyen"
kind = "phong-trao"
subjects = ["ca-nhan"]
vi = "Tham gia tình nguyện"
en = "Volunteering"
from = 2025-01-01
tree = "xac-nhan-tinh-nguyen"

[standard.leaf.xac-nhan-tinh-nguyen]
condition = "attested"
vi = "Có xác nhận tham gia"
en = "A confirmation of taking part"
supplier_vi = "Đoàn Thanh niên"
supplier_en = "The Youth Union"
source = { document = "12/QĐ-VPCP", article = "8" }
mark = "V"
"#;
    let law = under(rows);
    let facts = person(
        r#""attested":[{"condition":"giay-khen/tinh-nguyen/xac-nhan-tinh-nguyen","value":true,"on":"2026-01-10"}]"#,
    );
    let answer = explain(&law, "giay-khen", &facts, day("2026-02-01"), None, None).expect("an answer");
    let own = answer.standards.iter().find(|standard| standard.id == "giay-khen/tinh-nguyen").expect("the standard");
    assert_eq!((own.conditions[0].verdict, own.conditions[0].layer.as_str()), (Verdict::Met, "QC-VPCP"));
    let (_, message, hint) =
        refused(&format!("{HEAD}{}", rows.replace("award = \"giay-khen\"", "award = \"giay-khenn\"")));
    assert_eq!((message.as_str(), hint.as_str()), ("không có danh hiệu, hình thức “giay-khenn”", "viết “giay-khen”"));
}

#[test]
fn a_ceiling_and_the_rounding_of_the_office_follow_those_of_the_nation() {
    let rows = r#"
[[quota]]
award = "chien-si-thi-dua-co-so"
from = 2025-01-01
percent = 10
base_vi = "tổng số cá nhân đạt danh hiệu Lao động tiên tiến"
base_en = "all persons with the title Advanced worker"
base = "lao-dong-tien-tien"
source = { document = "12/QĐ-VPCP", article = "6" }
mark = "V"

[[rounding]]
from = 2025-08-01
dong = 100_000
source = { document = "12/QĐ-VPCP", article = "7" }
mark = "V"
"#;
    let (nation, office) = (files::nation(), under(rows));
    let ceilings = |law: &Law, on: &str| -> Vec<u32> {
        {
            let title = law.award("chien-si-thi-dua-co-so").expect("the title");
            ceilings_of(title, day(on)).iter().map(|row| row.value.percent).collect()
        }
    };
    assert_eq!(ceilings(&office, "2024-12-31"), ceilings(&nation, "2024-12-31"));
    assert_eq!(ceilings(&office, "2025-01-01"), [10]);
    let paid = |law: &Law, on: &str| {
        bonus::amount(law, "chien-si-thi-dua-co-so", day(on), Subject::CaNhan).expect("a bonus").dong % 100_000
    };
    assert_eq!((paid(&office, "2025-07-31"), paid(&office, "2025-08-01")), (paid(&nation, "2025-07-31"), 0));
    assert_ne!(paid(&nation, "2025-08-01"), 0, "so the rounding is seen");
}

#[test]
fn what_the_shipped_edition_says_of_the_same_day_is_listed_as_replacing_the_row() {
    let head = HEAD.replace("from = 2025-01-01", "from = 2024-01-01");
    let law = laid(&[("quy-che", &format!("{head}{SHARE}"), None)]).expect("a law");
    let gone: Vec<(&str, &str, Day)> =
        law.replaced.iter().map(|gone| (gone.layer.as_str(), gone.what.as_str(), gone.from)).collect();
    assert_eq!(gone, [("QC-VPCP", "tap-the-lao-dong-tien-tien/hang-nam/ty-le", day("2024-01-01"))]);
}

/// What the share of members comes to on a day, for a unit of twenty with fifteen holders in each year.
fn share(law: &Law, on: &str) -> (Verdict, Option<Verdict>, Option<Cause>, String) {
    let year = |year: i32| {
        format!(
            r#"{{"year":{year},"total":20,"grades":{{"tot":20}},"titles":{{"lao-dong-tien-tien":15}},"disciplined":{{"canh-cao":0}}}}"#
        )
    };
    let years: Vec<String> = (2023..=2026).map(year).collect();
    let text = format!(r#"{{"subject":"tap-the","recruited":"2004-07-01","members":[{}]}}"#, years.join(","));
    let facts: Facts = serde_json::from_str(&text).expect("facts");
    let answer = explain(law, "tap-the-lao-dong-tien-tien", &facts, day(on), None, None).expect("an answer");
    let mut findings = answer.standards.iter().flat_map(|standard| &standard.conditions);
    let found = findings.find(|finding| finding.leaf() == "ty-le").expect("the share");
    (found.verdict, found.provisional, found.cause, found.layer.clone())
}

#[test]
fn a_withdrawn_value_gives_way_to_the_nations_from_the_day_after() {
    let text = format!("{HEAD}{SHARE}");
    let law = laid(&[("quy-che", &text, Some("2026-01-31"))]).expect("a law");
    assert_eq!(share(&law, "2026-01-31"), (Verdict::NotMet, None, None, "QC-VPCP".to_owned()));
    assert_eq!(share(&law, "2026-02-01"), (Verdict::Met, None, None, "nation".to_owned()));
}

#[test]
fn of_one_day_the_offices_value_holds_over_that_of_a_unit_and_a_later_one_over_an_earlier() {
    let office = format!("{HEAD}{SHARE}");
    let unit = |from: &str| {
        let head = HEAD.replace("QC-VPCP", "QC-VU").replace("12/QĐ-VPCP", "3/QĐ-VU").replace("2025-01-01", from);
        format!(
            "{}{}",
            head.replace("vi = \"Quy chế thi", "tier = \"unit\"\nvi = \"Quy chế thi"),
            SHARE.replace("80", "90").replace("12/QĐ-VPCP", "3/QĐ-VU")
        )
    };
    let same = laid(&[("co-quan", &office, None), ("vu", &unit("2025-01-01"), None)]).expect("a law");
    assert_eq!(share(&same, "2026-02-01").3, "QC-VPCP");
    let later = laid(&[("co-quan", &office, None), ("vu", &unit("2025-06-01"), None)]).expect("a law");
    assert_eq!(share(&later, "2026-02-01").3, "QC-VU");
}

#[test]
fn a_value_of_the_office_decides_nothing_where_the_nations_text_is_not_loaded() {
    let law = under(SHARE);
    let open = (Verdict::Unknown, Some(Verdict::NotMet), Some(Cause::TextMissing), "QC-VPCP".to_owned());
    assert_eq!(share(&law, "2026-10-01"), open);
}

#[test]
fn a_text_of_the_nation_that_the_office_loads_decides_from_its_first_day() {
    let text = r#"
layer = "LUAT-2026"
tier = "nation"
vi = "Luật số 06/2026/QH16 do cơ quan cập nhật"
en = "Law 06/2026/QH16 as loaded by the office"
from = 2026-10-01

[[document]]
id = "06/2026/QH16"
vi = "Luật số 06/2026/QH16"
en = "Law 06/2026/QH16"
signed = 2026-04-23
from = 2026-10-01
mark = "V"

[[value]]
leaf = "tap-the-lao-dong-tien-tien/hang-nam/ty-le"
same = true
source = { document = "06/2026/QH16", article = "1" }
mark = "V"
"#;
    let law = laid(&[("luat", text, None)]).unwrap_or_else(|faults| panic!("{}", files::listed(&faults)));
    assert_eq!(share(&law, "2026-09-30").3, "nation");
    assert_eq!(share(&law, "2026-10-01"), (Verdict::Met, None, None, "LUAT-2026".to_owned()));
    assert!(law.documents["06/2026/QH16"].at_hand);
    // An office may still ask for more on top of it.
    let more = format!("{}{}", HEAD.replace("2025-01-01", "2026-11-01"), SHARE);
    let both = laid(&[("luat", text, None), ("quy-che", &more, None)]).expect("a law");
    assert_eq!(share(&both, "2026-11-01"), (Verdict::NotMet, None, None, "QC-VPCP".to_owned()));
    let office = text.replace("tier = \"nation\"\n", "");
    let faults = laid(&[("luat", &office, None)]).expect_err("an office cannot obtain a text of the nation");
    assert_eq!(faults[0].message.vi, "văn bản “06/2026/QH16” đã có trong danh mục");
}

#[test]
fn a_regulation_whose_examples_no_longer_hold_is_left_out_and_the_others_stay() {
    let all = files::all();
    let nation = files::pairs(&all);
    let cases = r#"
award = "tap-the-lao-dong-tien-tien"

[[case]]
name = "Mười lăm trên hai mươi người chưa đủ"
on = 2026-02-01
expect = "not_met"
[case.facts]
subject = "tap-the"
recruited = 2004-07-01
members = [{ year = 2025, total = 20, grades = { tot = 20 }, titles = { lao-dong-tien-tien = 15 }, disciplined = { canh-cao = 0 } }]
"#;
    let share = format!("{HEAD}{SHARE}");
    let badge = format!(
        "{}{}",
        HEAD.replace("QC-VPCP", "QC-KNC").replace("12/QĐ-VPCP", "20/QĐ"),
        BADGE.replace("12/QĐ-VPCP", "20/QĐ")
    );
    let badge_cases = r#"
award = "ky-niem-chuong-vpcp"

[[case]]
name = "Hai mươi năm"
on = 2026-02-01
expect = "unknown"
findings = { "tham-nien/thoi-gian" = "met" }
[case.facts]
subject = "ca-nhan"
recruited = 2004-07-01
"#;
    let own = |name, text, until, cases| Regulation { laid: Laid { name, text, until }, cases };
    let red = cases.replace("not_met", "met");
    let (law, out) =
        lay(&nation, &[own("a", &share, None, &red), own("b", &badge, None, badge_cases)]).expect("the nation's files");
    let codes: Vec<&str> = law.layers.iter().map(|layer| layer.id.as_str()).collect();
    assert_eq!(codes, ["QC-KNC"]);
    let told: Vec<Vec<&str>> = out.iter().map(|words| words.iter().map(|words| words.vi.as_str()).collect()).collect();
    assert_eq!(told, [vec!["“Mười lăm trên hai mươi người chưa đủ”: verdict: cần met, được not_met"], vec![]]);
    let (law, out) =
        lay(&nation, &[own("a", &share, None, cases), own("b", &badge, None, badge_cases)]).expect("the files");
    assert_eq!((law.layers.len(), out), (2, vec![vec![], vec![]]));
    let withdrawn = lay(&nation, &[own("a", &share, Some(day("2025-12-31")), cases)]).expect("the files");
    assert_eq!(withdrawn.1, [vec![]], "an example of a later day proves nothing of a withdrawn regulation");
    let none = check(&nation, &[], &own("a", &share, None, ""));
    assert_eq!(none.troubles().iter().map(|words| words.vi.as_str()).collect::<Vec<_>>(), ["chưa có ví dụ nào"]);
}
