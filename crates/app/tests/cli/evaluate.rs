//! One subject and one honour at the command line.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::program::{Program, Ran};

const MAI: &str = r#"{"subject":"ca-nhan","sex":"nu","group":"cong-chuc","recruited":"2004-03-01",
 "complete":{"titles":[[2015,2025]],"initiatives":[[2015,2025]],"disciplines":[[2004,2026]],"holds":[[2004,2026]]},
 "titles":[{"award":"chien-si-thi-dua-co-so","year":2024,"decided":"2025-01-15","number":"12/QĐ-VPCP","issuer":"VPCP"},
           {"award":"chien-si-thi-dua-co-so","year":2025,"decided":"2026-01-10","number":"31/QĐ-VPCP","issuer":"VPCP"}],
 "initiatives":[{"id":"a","year":2025,"sort":"sang-kien","scope":"bo","decided":"2025-11-30","used_for":[]}]}"#;

const QUESTION: [&str; 6] = ["evaluate", "chien-si-thi-dua-bo", "--on", "2026-01-15", "--facts", "mai.json"];

fn program() -> Program {
    let program = Program::new();
    program.write("mai.json", MAI);
    program
}

#[test]
fn facts_with_an_unknown_field_are_refused_with_their_path() {
    let program = program();
    program.write("mai.json", &MAI.replace("\"number\":\"31", "\"so\":\"31"));
    let ran = program.run(&[&QUESTION[..], &["--format", "json"]].concat());
    let error = ran.error();
    assert_eq!((ran.code, error["kind"].as_str()), (1, Some("input")));
    assert_eq!(
        (error["where"]["file"].as_str(), error["where"]["path"].as_str()),
        (Some("mai.json"), Some("/titles/1/so"))
    );
}

#[test]
fn a_wrong_kind_of_subject_is_refused() {
    let program = program();
    program.write("mai.json", r#"{"subject":"tap-the"}"#);
    let ran = program.run(&QUESTION);
    assert_eq!((ran.code, ran.said.as_str()), (1, ""));
}

#[test]
fn a_day_that_is_none_and_a_kind_that_is_none_are_wrong_usage() {
    let program = program();
    assert_eq!(program.run(&["evaluate", "bang-khen-bo", "--on", "hôm nay", "--facts", "mai.json"]).code, 2);
    assert_eq!(program.run(&[&QUESTION[..], &["--kind", "thuong-xuyen"]].concat()).code, 2);
}

#[test]
fn an_answer_of_not_yet_is_an_answer() {
    let ran = program().run(&QUESTION);
    assert_eq!((ran.code, ran.complained.as_str()), (0, ""));
    assert_eq!(
        ran.said.lines().nth(1),
        Some("Chưa đủ tiêu chuẩn: còn thiếu 01 lần liên tục đạt Chiến sĩ thi đua cơ sở; sớm nhất tháng 01/2027.")
    );
}

#[test]
fn the_answer_is_told_as_json_whatever_the_language() {
    let ran = program().run(&[&QUESTION[..], &["--format", "json", "--lang", "en"]].concat());
    let told: Value = serde_json::from_str(&ran.said).expect("JSON");
    assert_eq!((told["verdict"].as_str(), told["earliest"].as_str()), (Some("not_met"), Some("2027-01-01")));
    assert_eq!(told["standards"][0]["conditions"][1]["records"][0]["decision"].as_str(), Some("12/QĐ-VPCP"));
}

#[test]
fn beyond_the_loaded_law_the_last_verdict_stands_beside_unknown() {
    let ran = program().run(&[
        "evaluate",
        "chien-si-thi-dua-bo",
        "--on",
        "2026-11-23",
        "--facts",
        "mai.json",
        "--format",
        "json",
    ]);
    let told: Value = serde_json::from_str(&ran.said).expect("JSON");
    assert_eq!((told["verdict"].as_str(), told["provisional"].as_str()), (Some("unknown"), Some("not_met")));
    assert_eq!(told["earliest_under"].as_str(), Some("2026-09-30"));
}

#[test]
fn facts_are_read_from_standard_input() {
    let program = program();
    let mut command = program.command(&["evaluate", "chien-si-thi-dua-bo", "--on", "2026-01-15", "--facts", "-"]);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    child.stdin.take().expect("its input").write_all(MAI.as_bytes()).expect("facts");
    let ran = Ran::of(child.wait_with_output().expect("its end"));
    assert_eq!((ran.code, ran.said.lines().next()), (0, Some("Chiến sĩ thi đua Bộ, ban, ngành, tỉnh — 15/01/2026")));
}
