//! `vinhdanh scan` and `vinhdanh what-if`: refused questions, the answers of the explainer for a whole office, a ceiling tried.

use std::sync::Arc;

use app::prospects::kept::Kept;
use app::prospects::laws::Laws;
use app::session::OFFICE;
use rules::explain::explain;
use rules::facts::{Facts, Subject};
use rules::law::Law;
use rules::layer::Tier;
use rules::scan::rulebook::{Progress, Rulebook};
use serde_json::{Value, json};
use store::records::NewAccount;
use store::records::layers::{NewLayer, NewLayerDecision};
use store::roster;
use store::words::LayerOutcome;

use crate::program::Program;

const CEILING: &str = r#"layer = "THU"
vi = "Phương án"
en = "Trial"

[[document]]
id = "THU/1"
vi = "Phương án"
en = "Trial"
from = 2025-01-01
mark = "V2"

[[quota]]
award = "chien-si-thi-dua-co-so"
from = 2025-01-01
percent = 15
base = "lao-dong-tien-tien"
base_vi = "tổng số cá nhân đạt danh hiệu Lao động tiên tiến"
base_en = "all persons with the title Advanced worker"
source = { document = "THU/1", article = "1" }
mark = "V2"
"#;

/// A program beside an office of so many fictitious people.
fn office(people: &str) -> Program {
    let program = Program::new();
    let made = program.run(&["sample", "--people", people, "--database", "sqlite:sample.db"]);
    assert_eq!(made.code, 0, "{}", made.complained);
    program
}

fn told(program: &Program, arguments: &[&str]) -> Value {
    let ran = program.run(&[arguments, &["--database", "sqlite:sample.db", "--format", "json"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.complained);
    serde_json::from_str(&ran.said).expect("JSON")
}

#[test]
fn what_cannot_be_asked_is_refused_before_anything_is_read() {
    let program = office("20");
    let on = ["--on", "2025-03-01", "--database", "sqlite:sample.db", "--format", "json", "--lang", "en"];
    let unknown = program.run(&[&["scan", "--award", "lao-dong-tien-tein"][..], &on].concat());
    assert_eq!((unknown.code, unknown.error()["hint"].as_str()), (1, Some("Write lao-dong-tien-tien.")));
    let no_unit = program.run(&[&["scan", "--unit", "XYZ"][..], &on].concat());
    assert_eq!((no_unit.code, &no_unit.error()["where"]["path"]), (1, &json!("--unit")));
    assert_eq!(program.run(&["scan", "--database", "sqlite:sample.db"]).code, 2);
    assert_eq!(program.run(&[&["what-if"][..], &on].concat()).code, 2);
    program.write("wrong.toml", &CEILING.replace("percent", "phan_tram"));
    let wrong = program.run(&[&["what-if", "--layer", "wrong.toml"][..], &on].concat());
    assert_eq!((wrong.code, &wrong.error()["where"]["line"]), (1, &json!(12)));
    let unwritable = program.run(&[&["scan", "--out", "no-folder/scan.xlsx"][..], &on].concat());
    assert_eq!(unwritable.code, 3);
    assert!(!program.has("no-folder/scan.xlsx"));
}

/// Of whom scan and explainer differ, by honour.
fn differing(law: &Law, kept: &Kept, subject: Subject, known: &[(String, Facts)]) -> Vec<String> {
    let (day, book) = (kept.day(), Rulebook::new(law, &kept.snapshot, subject, |_| true));
    let awards: Vec<&str> = book.awards().map(|award| award.id.as_str()).collect();
    let differing = book.run(&Progress::default(), |block| {
        let mut differing = Vec::new();
        for row in block.rows() {
            let (name, facts) = &known[row as usize];
            for (place, award) in awards.iter().enumerate() {
                let scanned = block.answered(place, row);
                let answer = explain(law, award, facts, day, None, None).expect("an answer");
                let blocking: Option<Vec<String>> =
                    answer.nearest().map(|nearest| nearest.blocking().iter().map(|one| one.id.clone()).collect());
                let blocked = block.blocked(place, row).map(|blocked| blocked.conditions);
                let explained = (answer.verdict, answer.provisional, answer.earliest);
                if (scanned.verdict, scanned.provisional, scanned.earliest) != explained || blocked != blocking {
                    differing.push(format!("{award} of {name} on {day}"));
                }
            }
        }
        differing
    });
    differing.expect("whole").concat()
}

/// `VINHDANH_SAMPLE` asks for an office of another size, or names the SQLite file of one that was made before.
#[tokio::test]
async fn the_scan_of_an_office_says_of_everyone_what_the_explainer_says() {
    let asked = std::env::var("VINHDANH_SAMPLE").unwrap_or_else(|_| "150".to_owned());
    let made = asked.parse::<u32>().is_ok().then(|| office(&asked));
    let file = made.as_ref().map_or_else(|| asked.clone(), |made| made.folder.join("sample.db").display().to_string());
    let store = store::open(&format!("sqlite:{file}")).await.expect("a store");
    let law = app::law::built_in();
    for day in ["2019-06-30", "2025-03-01", "2026-11-23"].map(|day| day.parse().expect("a day")) {
        let kept = Kept::read(&store, Laws::one(Arc::clone(&law)), day, Vec::new(), |_, _| false)
            .await
            .expect("an office")
            .expect("whole");
        let mut last = None;
        let mut people = Vec::new();
        loop {
            let next = roster::people(&store, OFFICE, day, last).await.expect("people");
            let Some(after) = next.last().map(|member| member.id) else { break };
            last = Some(after);
            people.extend(next.into_iter().map(|member| (member.name, member.facts)));
        }
        let collectives = roster::collectives(&store, OFFICE, day, None).await.expect("collectives");
        let collectives: Vec<_> = collectives.into_iter().map(|one| (one.name, one.facts)).collect();
        for (subject, known) in [(Subject::CaNhan, people), (Subject::TapThe, collectives)] {
            assert!(!known.is_empty());
            assert_eq!(differing(&law, &kept, subject, &known), Vec::<String>::new());
        }
    }
}

#[test]
fn an_honour_is_listed_with_what_is_in_the_way_and_written_as_a_workbook() {
    let program = office("120");
    let title = "chien-si-thi-dua-co-so";
    let scan = told(&program, &["scan", "--award", title, "--on", "2025-03-01"]);
    let row = &scan["awards"][0];
    let subjects = row["subjects"].as_array().expect("a list");
    let met = subjects.iter().filter(|subject| subject["verdict"] == "met").count();
    assert_eq!((row["award"].as_str(), row["eligible"].as_u64()), (Some(title), Some(met as u64)));
    assert!(
        met > 0 && subjects.iter().all(|subject| (subject["verdict"] == "met") == (subject["blocking"] == json!([])))
    );
    let all = told(&program, &["scan", "--on", "2025-03-01"]);
    let numbers = |scan: &Value| {
        let keys = ["award", "subject", "eligible", "never_given", "one_short", "unknown", "provisional"];
        let rows = scan["awards"].as_array().expect("rows").iter().filter(|row| row["award"] == title);
        rows.map(|row| keys.map(|key| row[key].clone())).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&scan), numbers(&all), "asked alone and among all honours");
    let written =
        ["scan", "--award", title, "--on", "2025-03-01", "--database", "sqlite:sample.db", "--out", "scan.xlsx"];
    assert_eq!(program.run(&written).code, 0);
    assert!(program.has("scan.xlsx"));
}

#[test]
fn the_ceiling_that_comes_back_is_a_share_of_those_who_meet_its_base_and_takes_no_effect() {
    let program = office("120");
    program.write("ceiling.toml", CEILING);
    let before = told(&program, &["scan", "--on", "2025-03-01"]);
    let changed = told(&program, &["what-if", "--layer", "ceiling.toml", "--on", "2025-03-01"]);
    let one = changed.as_array().and_then(|list| list.iter().find(|one| one["award"] == "chien-si-thi-dua-co-so"));
    let one = one.expect("the honour under the ceiling");
    let of = |award: &str| {
        let rows = before["awards"].as_array().expect("rows").iter();
        rows.filter(|row| row["award"] == award).filter_map(|row| row["eligible"].as_u64()).sum::<u64>()
    };
    let most = of("lao-dong-tien-tien") * 15 / 100;
    assert_eq!(one["ceiling_before"], Value::Null);
    assert_eq!(
        (one["ceiling_after"]["of"].as_u64(), one["ceiling_after"]["most"].as_u64()),
        (Some(of("lao-dong-tien-tien")), Some(most))
    );
    assert_eq!((one["gain"].as_u64(), one["lose"].as_u64()), (Some(0), Some(0)));
    let eligible = of("chien-si-thi-dua-co-so");
    assert_eq!(
        (one["within_before"].as_u64(), one["within_after"].as_u64()),
        (Some(eligible), Some(eligible.min(most)))
    );
    assert_eq!(told(&program, &["scan", "--on", "2025-03-01"]), before);
}

/// Confirms a regulation of the office in a database.
pub async fn confirm(program: &Program, file: &str, code: &str, content: &str) {
    let url = format!("sqlite:{}", program.folder.join(file).display());
    let store = store::open(&url).await.expect("a store");
    let confirmed = store.step(OFFICE, None, chrono::Utc::now(), "story", async |step| {
        let (login, display_name) = ("thanh".to_owned(), "Thành".to_owned());
        let author = step.add(NewAccount { id: step.id(), login, display_name, person: None })?;
        let layer = step.add(NewLayer {
            id: step.id(),
            code: code.to_owned(),
            tier: Tier::Office,
            unit: None,
            name: "Quy chế".to_owned(),
            name_en: "Regulation".to_owned(),
            from_day: "2025-01-01".parse().expect("a day"),
            content: content.to_owned(),
            cases: String::new(),
            author,
        })?;
        step.add(NewLayerDecision { id: step.id(), layer, outcome: LayerOutcome::XacNhan })
    });
    confirmed.await.expect("a regulation");
    store.close().await.expect("closed");
}

#[tokio::test]
async fn the_regulations_that_were_confirmed_are_the_law_that_a_change_is_compared_with() {
    let program = office("40");
    let content = CEILING.replace("layer = \"THU\"", "layer = \"THU\"\nfrom = 2025-01-01");
    confirm(&program, "sample.db", "THU", &content).await;
    let lower = CEILING.replace("THU", "THU-2").replace("percent = 15", "percent = 10");
    program.write("lower.toml", &lower.replace("2025-01-01", "2025-02-01"));
    let changed = told(&program, &["what-if", "--layer", "lower.toml", "--on", "2025-03-01"]);
    let one = changed.as_array().and_then(|list| list.iter().find(|one| one["award"] == "chien-si-thi-dua-co-so"));
    let one = one.expect("the honour under both ceilings");
    let percent = |when: &str| one[when]["percent"].as_u64();
    assert_eq!((percent("ceiling_before"), percent("ceiling_after")), (Some(15), Some(10)));
}
