//! How findings come about, on small laws made for the purpose.

use rules::answer::Answer;
use rules::ask::{Cause, Verdict};
use rules::explain::{Refusal, explain};
use rules::facts::Facts;
use rules::law::Law;
use rules::load::load;

const TEXTS: &str = r#"
[[document]]
id = "T/1"
vi = "Văn bản một"
en = "Text one"
loaded_until = 2026-09-30
next = "T/2"
mark = "V"

[[document]]
id = "T/2"
vi = "Văn bản hai"
en = "Text two"
at_hand = false
mark = "V2"

[[document]]
id = "T/0"
vi = "Văn bản gốc"
en = "Text nought"
mark = "V"
"#;

const TRANSITIONS: &str = r#"
[[transition]]
change = 2026-10-01
rule = "old"
favourable = true
source = { document = "T/2" }
mark = "V2"

[[counting]]
from = 2000-01-01
rule = "achievement"
source = { document = "T/0" }
mark = "V"
"#;

/// A law of three honours whose order asks for the standards given.
fn law(standards: &str) -> Law {
    let honour = |id: &str, rest: &str| {
        format!(
            "id = \"{id}\"\nclass = \"hinh-thuc\"\nlevel = \"bo\"\nsubjects = [\"ca-nhan\"]\norder = 1\n\n[[name]]\nfrom = 2000-01-01\nvi = \"{id}\"\nen = \"{id}\"\nsource = {{ document = \"T/0\" }}\nmark = \"V\"\n{rest}"
        )
    };
    let (order, letter, title) = (honour("huan-chuong", standards), honour("bang-khen", ""), honour("chien-si", ""));
    let files = [
        ("documents.toml", TEXTS),
        ("transitions.toml", TRANSITIONS),
        ("awards/huan-chuong.toml", order.as_str()),
        ("awards/bang-khen.toml", letter.as_str()),
        ("awards/chien-si.toml", title.as_str()),
    ];
    load(&files, &[]).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// One standard with this tree and these leaves, each as id and body.
fn standard(tree: &str, leaves: &[(&str, &str)]) -> String {
    let head = format!(
        "\n[[standard]]\nid = \"s\"\nsubjects = [\"ca-nhan\"]\nvi = \"s\"\nen = \"s\"\nfrom = 2000-01-01\ntree = {tree}\n"
    );
    let leaf = |(id, body): &(&str, &str)| {
        let source = if body.contains("source") { "" } else { "source = { document = \"T/0\", article = \"1\" }\n" };
        let mark = if body.contains("mark") { "" } else { "mark = \"V\"\n" };
        format!("\n[standard.leaf.{id}]\n{body}\n{source}{mark}")
    };
    head + &leaves.iter().map(leaf).collect::<String>()
}

fn facts(text: &str) -> Facts {
    serde_json::from_str(text).expect("facts")
}

fn ask(law: &Law, facts: &Facts, on: &str) -> Answer {
    explain(law, "huan-chuong", facts, on.parse().expect("a day"), None, None).expect("an answer")
}

/// The verdicts of the leaves in the order of the tree.
fn leaves(answer: &Answer) -> Vec<(String, Verdict, Option<Cause>)> {
    let findings = answer.standards.iter().flat_map(|standard| &standard.conditions);
    findings.map(|finding| (finding.leaf().to_owned(), finding.verdict, finding.cause)).collect()
}

const GOOD: (&str, &str) = ("good", "condition = \"year-grade\"\ngrade = \"tot\"");
const BEST: (&str, &str) = ("best", "condition = \"year-grade\"\ngrade = \"xuat-sac\"");
const SAID: (&str, &str) =
    ("said", "condition = \"attested\"\nvi = \"a\"\nen = \"a\"\nsupplier_vi = \"b\"\nsupplier_en = \"b\"");

#[test]
fn all_is_the_worst_and_any_the_best_of_the_children() {
    let person = facts(r#"{"subject":"ca-nhan","grades":[{"year":2024,"grade":"tot"}]}"#);
    let verdict = |tree: &str| {
        let law = law(&standard(tree, &[GOOD, BEST, SAID]));
        ask(&law, &person, "2025-02-01").verdict
    };
    assert_eq!(verdict(r#"{ all = ["good", "best", "said"] }"#), Verdict::NotMet);
    assert_eq!(verdict(r#"{ any = ["best", "said", "good"] }"#), Verdict::Met);
    assert_eq!(verdict(r#"{ all = ["good", { any = ["best", "said"] }] }"#), Verdict::Unknown);
    assert_eq!(verdict(r#"{ any = [{ all = ["good", { not = "best" }] }, "said"] }"#), Verdict::Met);
}

#[test]
fn a_judgement_never_changes_a_verdict_and_is_left_to_the_council() {
    let taste = ("taste", "condition = \"judgement\"\nvi = \"tiêu biểu\"\nen = \"exemplary\"");
    let law = law(&standard(r#"{ all = ["good", "taste"] }"#, &[GOOD, taste]));
    let person = facts(r#"{"subject":"ca-nhan","grades":[{"year":2024,"grade":"tot"}]}"#);
    let answer = ask(&law, &person, "2025-02-01");
    assert_eq!(answer.verdict, Verdict::Met);
    assert_eq!(answer.left_to_council.len(), 1);
    assert_eq!(answer.left_to_council[0].id, "huan-chuong/s/taste");
}

#[test]
fn a_grade_that_is_not_on_record_is_unknown_and_says_who_can_supply_it() {
    let law = law(&standard(r#"{ all = ["good"] }"#, &[GOOD]));
    let answer = ask(&law, &facts(r#"{"subject":"ca-nhan"}"#), "2025-02-01");
    assert_eq!(leaves(&answer), [("good".into(), Verdict::Unknown, Some(Cause::FactMissing))]);
    assert!(answer.standards[0].conditions[0].missing[0].supplier.is_some());
}

#[test]
fn what_was_decided_after_the_day_is_not_seen() {
    let law = law(&standard(r#"{ all = ["good"] }"#, &[GOOD]));
    let person = facts(r#"{"subject":"ca-nhan","grades":[{"year":2024,"grade":"tot","decided":"2025-01-15"}]}"#);
    assert_eq!(ask(&law, &person, "2025-01-14").verdict, Verdict::Unknown);
    assert_eq!(ask(&law, &person, "2025-01-15").verdict, Verdict::Met);
}

#[test]
fn beyond_the_loaded_text_a_leaf_is_unknown_with_the_last_verdict_beside_it() {
    let good = ("good", "condition = \"year-grade\"\ngrade = \"tot\"\nsource = { document = \"T/1\" }");
    let law = law(&standard(r#"{ all = ["good"] }"#, &[good]));
    let person = facts(r#"{"subject":"ca-nhan","grades":[{"year":2025,"grade":"hoan-thanh"}]}"#);
    let before = ask(&law, &person, "2026-09-30");
    assert_eq!((before.verdict, before.provisional), (Verdict::NotMet, None));
    let after = ask(&law, &person, "2026-10-01");
    assert_eq!((after.verdict, after.provisional), (Verdict::Unknown, Some(Verdict::NotMet)));
    assert_eq!(leaves(&after), [("good".into(), Verdict::Unknown, Some(Cause::TextMissing))]);
    assert_eq!(after.standards[0].conditions[0].missing[0].text.as_deref(), Some("T/2"));
    assert_eq!(after.earliest_under, "2026-09-30".parse().ok());
    assert_eq!(
        after.summary.vi,
        "Theo quy định đến 30/09/2026: chưa đủ tiêu chuẩn; cần đối chiếu Văn bản hai: năm 2025 được đánh giá hoàn thành nhiệm vụ, chưa hoàn thành tốt nhiệm vụ; sớm nhất tháng 01/2027."
    );
}

#[test]
fn a_dossier_received_before_the_change_keeps_the_old_law_unless_the_new_one_may_be_better() {
    let good = ("good", "condition = \"year-grade\"\ngrade = \"tot\"\nsource = { document = \"T/1\" }");
    let law = law(&standard(r#"{ all = ["good"] }"#, &[good]));
    let on = "2026-11-01".parse().expect("a day");
    let received = "2026-09-15".parse().ok();
    let answer = |grade: &str| {
        let person = facts(&format!(r#"{{"subject":"ca-nhan","grades":[{{"year":2025,"grade":"{grade}"}}]}}"#));
        let answer = explain(&law, "huan-chuong", &person, on, received, None).expect("an answer");
        (answer.verdict, answer.provisional)
    };
    assert_eq!(answer("tot"), (Verdict::Met, None));
    assert_eq!(answer("hoan-thanh"), (Verdict::Unknown, Some(Verdict::NotMet)));
}

#[test]
fn a_value_that_never_decides_is_unknown_and_names_its_text() {
    let good = ("good", "condition = \"year-grade\"\ngrade = \"tot\"\nmark = \"R-M\"\nneeds = \"T/2\"");
    let law = law(&standard(r#"{ all = ["good"] }"#, &[good]));
    let person = facts(r#"{"subject":"ca-nhan","grades":[{"year":2024,"grade":"tot"}]}"#);
    let answer = ask(&law, &person, "2025-02-01");
    assert_eq!((answer.verdict, answer.provisional), (Verdict::Unknown, None));
    assert_eq!(answer.standards[0].conditions[0].missing[0].text.as_deref(), Some("T/2"));
}

const LETTER: (&str, &str) =
    ("letter", "condition = \"prior-award\"\naward = [\"bang-khen\"]\nkinds = [\"cong-trang\"]");
const YEARS: (&str, &str) = ("years", "condition = \"graded-years\"\ngrade = \"tot\"\nyears = 5\nsince = \"letter\"");

/// A person with a letter for 2014–2015 and good years from 2016 to the year named.
fn holder(last: i32, kind: &str) -> Facts {
    let grades: Vec<String> = (2010..=last).map(|year| format!(r#"{{"year":{year},"grade":"tot"}}"#)).collect();
    facts(&format!(
        r#"{{"subject":"ca-nhan","recruited":"2005-01-01","complete":{{"awards":[[2000,2030]]}},
        "grades":[{}],"awards":[{{"award":"bang-khen","decided":"2016-02-01","period":[2014,2015],"kind":"{kind}"}}]}}"#,
        grades.join(",")
    ))
}

#[test]
fn years_count_from_the_end_of_the_achievement_that_the_decision_names() {
    let law = law(&standard(r#"{ all = ["letter", "years"] }"#, &[LETTER, YEARS]));
    let early = ask(&law, &holder(2019, "cong-trang"), "2020-06-01");
    assert_eq!((early.verdict, early.earliest), (Verdict::NotMet, "2021-01-01".parse().ok()));
    assert_eq!(ask(&law, &holder(2020, "cong-trang"), "2021-02-01").verdict, Verdict::Met);
}

#[test]
fn an_award_for_a_movement_does_not_count_upward() {
    let law = law(&standard(r#"{ all = ["letter", "years"] }"#, &[LETTER, YEARS]));
    let answer = ask(&law, &holder(2024, "phong-trao"), "2025-02-01");
    assert_eq!(answer.verdict, Verdict::NotMet);
    assert_eq!(leaves(&answer)[0], ("letter".into(), Verdict::NotMet, None));
}

#[test]
fn achievements_count_only_from_the_end_of_a_measure() {
    let ended = ("ended", "condition = \"discipline-ended\"");
    let law = law(&standard(r#"{ all = ["letter", "years", "ended"] }"#, &[LETTER, YEARS, ended]));
    let mut person = holder(2023, "cong-trang");
    person.complete.insert(rules::facts::RecordKind::Disciplines, vec![(2005, 2024)]);
    assert_eq!(ask(&law, &person, "2024-02-01").verdict, Verdict::Met);
    person.disciplines.push(rules::facts::DisciplineFact {
        kind: rules::facts::Discipline::KhienTrach,
        from: "2019-01-05".parse().expect("a day"),
        to: "2020-01-05".parse().ok(),
        number: None,
    });
    // 2021, 2022 and 2023 certainly count, the rest of 2020 perhaps: four years at most.
    assert_eq!(ask(&law, &person, "2024-02-01").verdict, Verdict::NotMet);
    person.grades.push(rules::facts::GradeFact {
        year: 2024,
        grade: rules::facts::Grade::Tot,
        decided: None,
        number: None,
        issuer: None,
    });
    assert_eq!(ask(&law, &person, "2025-02-01").verdict, Verdict::Unknown);
}

#[test]
fn titles_in_a_row_end_with_last_year_or_this_year() {
    let row = ("row", "condition = \"consecutive-titles\"\naward = [\"chien-si\"]\ncount = 3");
    let law = law(&standard(r#"{ all = ["row"] }"#, &[row]));
    let held = |years: &[i32], whole: &str| {
        let titles: Vec<String> = years
            .iter()
            .map(|year| format!(r#"{{"award":"chien-si","year":{year},"decided":"{}-01-10"}}"#, year + 1))
            .collect();
        facts(&format!(r#"{{"subject":"ca-nhan","complete":{{"titles":[{whole}]}},"titles":[{}]}}"#, titles.join(",")))
    };
    let whole = "[2015,2025]";
    assert_eq!(ask(&law, &held(&[2023, 2024, 2025], whole), "2026-01-15").verdict, Verdict::Met);
    let broken = ask(&law, &held(&[2022, 2023, 2025], whole), "2026-01-15");
    assert_eq!((broken.verdict, broken.earliest), (Verdict::NotMet, "2028-01-01".parse().ok()));
    let old = ask(&law, &held(&[2021, 2022, 2023], whole), "2026-01-15");
    assert_eq!((old.verdict, old.earliest), (Verdict::NotMet, "2029-01-01".parse().ok()));
    assert_eq!(ask(&law, &held(&[2024, 2025], "[2024,2025]"), "2026-01-15").verdict, Verdict::Unknown);
}

#[test]
fn of_two_ways_the_better_one_decides() {
    let two = standard(r#"{ all = ["best"] }"#, &[BEST])
        + &standard(r#"{ all = ["good"] }"#, &[GOOD]).replace("id = \"s\"", "id = \"t\"");
    let law = law(&two);
    let person = facts(r#"{"subject":"ca-nhan","grades":[{"year":2024,"grade":"tot"}]}"#);
    let answer = ask(&law, &person, "2025-02-01");
    assert_eq!(answer.verdict, Verdict::Met);
    assert_eq!(answer.nearest().map(|standard| standard.id.as_str()), Some("huan-chuong/t"));
}

#[test]
fn an_honour_without_a_loaded_standard_is_unknown() {
    let law = law("");
    let answer = ask(&law, &facts(r#"{"subject":"ca-nhan"}"#), "2025-02-01");
    assert_eq!(answer.verdict, Verdict::Unknown);
    assert_eq!(answer.summary.vi, "Chưa đủ căn cứ kết luận: tiêu chuẩn của ngày này chưa được cập nhật.");
}

#[test]
fn an_unknown_honour_and_a_wrong_subject_are_refused() {
    let law = law("");
    let on = "2025-02-01".parse().expect("a day");
    let person = facts(r#"{"subject":"ca-nhan"}"#);
    let refusal = explain(&law, "huan-chuon", &person, on, None, None);
    let near = Some("huan-chuong".to_owned());
    assert_eq!(refusal, Err(Refusal::UnknownAward { award: "huan-chuon".into(), near }));
    let unit = facts(r#"{"subject":"tap-the"}"#);
    let refusal = explain(&law, "huan-chuong", &unit, on, None, None);
    assert_eq!(refusal, Err(Refusal::WrongSubject { award: "huan-chuong".into() }));
}

#[test]
fn where_the_earlier_award_is_not_known_nothing_is_counted_in_its_years() {
    let row = ("row", "condition = \"title-count\"\naward = [\"chien-si\"]\ncount = 3\nwithin = \"years\"");
    let law = law(&standard(r#"{ all = ["letter", "years", "row"] }"#, &[LETTER, YEARS, row]));
    let person = facts(r#"{"subject":"ca-nhan","recruited":"2005-01-01","complete":{"titles":[[2005,2025]]}}"#);
    let answer = ask(&law, &person, "2025-02-01");
    let unknown = |leaf: &str| (leaf.to_owned(), Verdict::Unknown, Some(Cause::FactMissing));
    assert_eq!(leaves(&answer), [unknown("letter"), unknown("years"), unknown("row")]);
    assert_eq!(answer.verdict, Verdict::Unknown);
}

#[test]
fn the_sentence_speaks_of_the_way_that_records_decide() {
    let occasion = standard(r#"{ all = ["said"] }"#, &[SAID]).replace("id = \"s\"", "id = \"t\"");
    let law = law(&(standard(r#"{ all = ["best"] }"#, &[BEST]) + &occasion));
    let person = facts(r#"{"subject":"ca-nhan","grades":[{"year":2024,"grade":"tot"}]}"#);
    let answer = ask(&law, &person, "2025-02-01");
    assert_eq!(answer.verdict, Verdict::Unknown);
    assert_eq!(answer.nearest().map(|standard| standard.id.as_str()), Some("huan-chuong/s"));
    assert_eq!(
        answer.summary.vi,
        "Chưa đủ tiêu chuẩn: năm 2024 được đánh giá hoàn thành tốt nhiệm vụ, chưa hoàn thành xuất sắc nhiệm vụ; sớm nhất tháng 01/2026; trường hợp khác (phong trào, đột xuất, cống hiến…) cần có văn bản xác nhận."
    );
}
