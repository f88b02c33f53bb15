//! `vinhdanh scan --also`: the offices of several databases, each judged by its own regulations, told one by one and in sum.

use std::ops::ControlFlow;

use app::session::OFFICE;
use intake::refusal::Limits;
use intake::workbook::Workbook;
use serde_json::{Value, json};
use store::Store;
use store::journal;
use store::records::NewOffice;

use crate::program::{Program, Ran};
use crate::scan::confirm;

const TITLE: &str = "lao-dong-tien-tien";

/// Asks for the highest grade where the nation asks for a good one.
const STRICTER: &str = r#"layer = "BO-B"
from = 2025-01-01
vi = "Quy chế của Bộ B"
en = "Regulation of Ministry B"

[[document]]
id = "BO-B/1"
vi = "Quyết định của Bộ B"
en = "Decision of Ministry B"
from = 2025-01-01
mark = "V2"

[[value]]
leaf = "lao-dong-tien-tien/hang-nam/hoan-thanh-tot"
from = 2025-01-01
grade = "xuat-sac"
source = { document = "BO-B/1", article = "5" }
mark = "V2"
"#;

/// A program beside the databases `a.db` and `b.db` of two offices of fictitious people.
async fn two_offices() -> Program {
    let program = Program::new();
    for (file, people, seed) in [("a", "60", "1"), ("b", "40", "2")] {
        let database = format!("sqlite:{file}.db");
        let made = program.run(&["sample", "--people", people, "--seed", seed, "--database", &database]);
        assert_eq!(made.code, 0, "{}", made.complained);
    }
    name(&program, "b.db", "BO-B", "Bộ B").await;
    program
}

async fn opened(program: &Program, file: &str) -> Store {
    store::open(&format!("sqlite:{}", program.folder.join(file).display())).await.expect("a store")
}

/// Gives an office another code and name.
async fn name(program: &Program, file: &str, code: &str, name: &str) {
    let store = opened(program, file).await;
    let leaves = journal::leaves(&store, OFFICE, 0, 100).await.expect("leaves");
    let founded = leaves.into_iter().find(|leaf| leaf.entry.noun == "office").expect("a founding").entry.id;
    let office =
        NewOffice { id: founded, code: code.to_owned(), name: name.to_owned(), name_en: None, illustrative: true };
    let corrected = async |step: &mut store::step::Step| step.correct(office.clone()).await;
    store.step(OFFICE, None, chrono::Utc::now(), "story", corrected).await.expect("corrected");
    store.close().await.expect("closed");
}

fn scan(program: &Program, arguments: &[&str]) -> Ran {
    program.run(&[&["scan", "--on", "2025-03-01", "--format", "json", "--lang", "en"], arguments].concat())
}

fn told(program: &Program, arguments: &[&str]) -> Value {
    let ran = scan(program, arguments);
    assert_eq!(ran.code, 0, "{}", ran.complained);
    serde_json::from_str(&ran.said).expect("JSON")
}

const BOTH: [&str; 4] = ["--database", "sqlite:a.db", "--also", "sqlite:b.db"];

/// How many meet the title; nothing of who holds no people's row of it.
fn eligible(awards: &Value) -> Option<u64> {
    awards.as_array().expect("rows").iter().find(|row| row["award"] == TITLE).and_then(|row| row["eligible"].as_u64())
}

#[tokio::test]
async fn each_office_is_judged_by_its_own_regulations_and_told_by_itself_and_in_sum() {
    let program = two_offices().await;
    let by_the_nation = told(&program, &["--database", "sqlite:b.db"]);
    confirm(&program, "b.db", "BO-B", STRICTER).await;
    let (a, b) = (told(&program, &["--database", "sqlite:a.db"]), told(&program, &["--database", "sqlite:b.db"]));
    assert!(eligible(&b["awards"]) < eligible(&by_the_nation["awards"]), "the stricter regulation of B holds in it");
    let both = told(&program, &BOTH);
    let offices = both["offices"].as_array().expect("offices");
    let named: Vec<_> = offices.iter().map(|office| (office["code"].as_str(), office["name"]["vi"].as_str())).collect();
    assert_eq!(named[1], (Some("BO-B"), Some("Bộ B")));
    assert_eq!((named[0].0, offices.len()), (Some("MINH-HOA"), 2));
    assert_eq!((&offices[0]["awards"], &offices[1]["awards"]), (&a["awards"], &b["awards"]), "each as if asked alone");
    let rows = |told: &Value| told["awards"].as_array().expect("rows").clone();
    let sums = rows(&a).into_iter().zip(rows(&b)).map(|(mut one, other)| {
        assert_eq!((&one["award"], &one["subject"]), (&other["award"], &other["subject"]));
        for key in ["eligible", "never_given", "one_short", "unknown"] {
            one[key] = json!(one[key].as_u64().expect("a number") + other[key].as_u64().expect("a number"));
        }
        one["provisional"] = json!(one["provisional"] == true || other["provisional"] == true);
        one
    });
    assert_eq!(both["awards"], Value::from(sums.collect::<Vec<_>>()));
    assert_eq!(both["on"], json!("2025-03-01"));
}

#[tokio::test]
async fn the_subjects_of_an_honour_are_listed_under_their_office() {
    let program = two_offices().await;
    let asked = [&BOTH[..], &["--award", TITLE]].concat();
    let both = told(&program, &asked);
    assert_eq!(both["awards"][0]["subjects"], Value::Null);
    let subjects = |office: usize| both["offices"][office]["awards"][0]["subjects"].as_array().expect("a list").clone();
    let of_a = told(&program, &["--database", "sqlite:a.db", "--award", TITLE]);
    assert_eq!(both["offices"][0]["awards"], of_a["awards"]);
    let ran = program.run(&[&["scan", "--on", "2025-03-01", "--lang", "vi"], &asked[..]].concat());
    let lines: Vec<&str> = ran.said.lines().collect();
    let place = |begin: &str| lines.iter().position(|line| line.starts_with(begin)).expect("a heading");
    let signed = |lines: &[&str]| lines.iter().filter(|line| line.starts_with(['✓', '✗', '?'])).count();
    let (first, second) = (place("MINH-HOA – "), place("BO-B – Bộ B"));
    assert_eq!(signed(&lines[..first]), 0);
    assert_eq!((signed(&lines[first..second]), signed(&lines[second..])), (subjects(0).len(), subjects(1).len()));
    let written = scan(&program, &[&asked[..], &["--out", "both.xlsx"]].concat());
    assert_eq!(written.code, 0, "{}", written.complained);
    let bytes = std::fs::read(program.folder.join("both.xlsx")).expect("a workbook");
    let mut book = Workbook::open(bytes, "both.xlsx", Limits::default()).expect("a workbook");
    let names: Vec<String> = book.sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let expected = ["Who can be proposed", "2 MINH-HOA", "3 BO-B", "4 Advanced worker"];
    assert_eq!(names, expected);
    let mut offices = Vec::new();
    let read = book.rows(3, |row| {
        offices.push(row.text(0).to_owned());
        ControlFlow::Continue(())
    });
    read.expect("rows");
    assert_eq!(offices.iter().filter(|name| *name == "Bộ B").count(), subjects(1).len());
    assert_eq!(offices[3], "Office", "under the honour, the day and the word that the data are made up");
    assert_eq!(offices.len(), 4 + subjects(0).len() + subjects(1).len());
}

#[tokio::test]
async fn an_office_that_is_named_twice_or_cannot_be_read_is_refused_and_nothing_is_written() {
    let program = two_offices().await;
    for (from, to) in [("a.db", "copy.db"), ("a.db", "renamed.db")] {
        std::fs::copy(program.folder.join(from), program.folder.join(to)).expect("a copy");
    }
    name(&program, "renamed.db", "BO-C", "Bộ C").await;
    let made = program.run(&["sample", "--people", "20", "--seed", "3", "--database", "sqlite:same.db"]);
    assert_eq!(made.code, 0, "{}", made.complained);
    assert_eq!(program.run(&["migrate", "--database", "sqlite:empty.db"]).code, 0);
    program.write("text.db", "no database at all");
    let refused = |also: &str| {
        let further = format!("sqlite:{also}");
        let ran = scan(&program, &[&BOTH[..], &["--also", &further, "--out", "all.json"]].concat());
        (ran.code, ran.error()["message"].as_str().expect("a message").to_owned())
    };
    let copied = |one: &str, other: &str| {
        format!(
            "sqlite:{one} and sqlite:{other} are the same records (they share one journal); each office counts once."
        )
    };
    assert_eq!(refused("copy.db"), (1, copied("a.db", "copy.db")));
    assert_eq!(refused("renamed.db"), (1, copied("a.db", "renamed.db")));
    assert_eq!(refused("b.db"), (1, copied("b.db", "b.db")));
    let same = "sqlite:a.db and sqlite:same.db are both records of the office with the code MINH-HOA; each office counts once.";
    assert_eq!(refused("same.db"), (1, same.to_owned()));
    assert_eq!(refused("empty.db"), (1, "The database sqlite:empty.db holds no office.".to_owned()));
    for unread in ["text.db", "lost.db"] {
        let (code, message) = refused(unread);
        let named = format!("The database sqlite:{unread} cannot be used");
        assert_eq!((code, message.split(": ").next()), (3, Some(named.as_str())), "{message}");
    }
    let part = scan(&program, &[&BOTH[..], &["--unit", "MH000001"]].concat());
    assert_eq!((part.code, &part.error()["where"]["path"]), (2, &json!("--unit")));
    let unknown = scan(&program, &[&BOTH[..], &["--award", "lao-dong-tien-tein"]].concat());
    assert_eq!((unknown.code, unknown.error()["hint"].as_str()), (1, Some("Write lao-dong-tien-tien.")));
    assert!(!program.has("all.json") && !program.has("lost.db"));
}
