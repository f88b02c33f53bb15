//! The law at the command line: checked, tested and shown.

use serde_json::Value;

use crate::program::Program;

const TEXTS: &str = "[[document]]\nid = \"T/1\"\nvi = \"Văn bản\"\nen = \"Text\"\nmark = \"V\"\n";

#[test]
fn a_misspelt_key_is_told_with_file_line_and_what_to_write() {
    let program = Program::new();
    std::fs::create_dir_all(program.folder.join("luat/awards")).expect("a folder");
    program.write("luat/documents.toml", &TEXTS.replace("mark", "mrak"));
    let ran = program.run(&["law", "check", "luat"]);
    assert_eq!((ran.code, ran.said.as_str()), (1, ""));
    assert_eq!(ran.complained.lines().next(), Some("Lỗi: documents.toml:1: thiếu “mark”"));
    let ran = program.run(&["law", "check", "luat", "--format", "json", "--lang", "en"]);
    let error = ran.error();
    assert_eq!((error["kind"].as_str(), error["message"].as_str()), (Some("input"), Some("`mark` is missing")));
    assert_eq!((error["where"]["file"].as_str(), error["where"]["line"].as_u64()), (Some("documents.toml"), Some(1)));
}

#[test]
fn a_folder_that_is_not_there_is_refused() {
    let ran = Program::new().run(&["law", "check", "khong-co"]);
    assert_eq!((ran.code, ran.said.as_str()), (1, ""));
}

#[test]
fn a_case_that_does_not_come_out_as_written_fails_the_verification() {
    let program = Program::new();
    std::fs::create_dir_all(program.folder.join("luat/awards")).expect("a folder");
    std::fs::create_dir_all(program.folder.join("luat/cases")).expect("a folder");
    program.write("luat/documents.toml", TEXTS);
    let title = "id = \"danh-hieu\"\nclass = \"danh-hieu\"\nlevel = \"co-so\"\nsubjects = [\"ca-nhan\"]\norder = 1\n\n[[name]]\nfrom = 2020-01-01\nvi = \"Danh hiệu\"\nen = \"Title\"\nsource = { document = \"T/1\" }\nmark = \"V\"\n\n[[standard]]\nid = \"s\"\nsubjects = [\"ca-nhan\"]\nvi = \"s\"\nen = \"s\"\nfrom = 2020-01-01\ntree = { all = [\"tot\"] }\n\n[standard.leaf.tot]\ncondition = \"year-grade\"\ngrade = \"tot\"\nsource = { document = \"T/1\" }\nmark = \"V\"\n";
    program.write("luat/awards/danh-hieu.toml", title);
    let case = "award = \"danh-hieu\"\n\n[[case]]\nname = \"Tốt\"\non = 2025-02-01\nexpect = \"not_met\"\n[case.facts]\nsubject = \"ca-nhan\"\ngrades = [{ year = 2024, grade = \"tot\" }]\n";
    program.write("luat/cases/danh-hieu.toml", case);
    let ran = program.run(&["law", "test", "luat"]);
    assert_eq!(ran.code, 4);
    assert_eq!(
        ran.said,
        "cases/danh-hieu.toml:3: Tốt\n    verdict: cần not_met, được met\n0 ví dụ đúng, 1 ví dụ sai.\n"
    );
    program.write("luat/cases/danh-hieu.toml", &case.replace("not_met", "met"));
    let ran = program.run(&["law", "test", "luat"]);
    assert_eq!((ran.code, ran.said.as_str()), (0, "1 ví dụ đúng, 0 ví dụ sai.\n"));
}

#[test]
fn the_built_in_law_fits_together_and_its_cases_hold() {
    let program = Program::new();
    assert_eq!(program.run(&["law", "check"]).code, 0);
    let ran = program.run(&["law", "test", "--format", "json"]);
    let told: Value = serde_json::from_str(&ran.said).expect("JSON");
    assert_eq!((ran.code, told["failed"].as_array().map(Vec::len)), (0, Some(0)));
}

#[test]
fn an_unknown_honour_is_refused_with_the_nearest() {
    let ran = Program::new().run(&["law", "show", "chien-si-thi-dua-boo", "--on", "2026-01-15"]);
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.complained,
        "Lỗi: award: Không có danh hiệu, hình thức khen thưởng «chien-si-thi-dua-boo».\n  → Viết chien-si-thi-dua-bo.\n"
    );
}

#[test]
fn an_honour_is_shown_on_a_day() {
    let ran = Program::new().run(&["law", "show", "chien-si-thi-dua-bo", "--on", "2026-01-15", "--format", "json"]);
    let told: Value = serde_json::from_str(&ran.said).expect("JSON");
    assert_eq!((told["award"].as_str(), told["on"].as_str()), (Some("chien-si-thi-dua-bo"), Some("2026-01-15")));
    assert_eq!(told["bonus"][0]["amount"]["dong"].as_u64(), Some(7_020_000));
}

#[test]
fn the_coverage_names_every_regime_and_what_is_missing() {
    let ran = Program::new().run(&["law", "coverage", "--format", "json"]);
    let told: Value = serde_json::from_str(&ran.said).expect("JSON");
    let regimes = told["regimes"].as_array().expect("regimes").clone();
    assert_eq!((ran.code, regimes.last().and_then(Value::as_str)), (0, Some("2026-10-01")));
    let awards = told["awards"].as_array().expect("awards");
    let fighter = awards.iter().find(|row| row["award"] == "chien-si-thi-dua-co-so").expect("the title");
    let cells = fighter["regimes"].as_array().expect("cells");
    assert_eq!(cells.len(), regimes.len());
    let last = &cells[cells.len() - 1];
    assert_eq!((last["reach"].as_str(), last["waiting"]["06/2026/QH16"].as_u64()), (Some("to_check"), Some(9)));
}

#[test]
fn a_folder_of_law_that_does_not_fit_together_has_no_coverage() {
    let program = Program::new();
    std::fs::create_dir_all(program.folder.join("luat")).expect("a folder");
    program.write("luat/documents.toml", &TEXTS.replace("mark", "mrak"));
    let ran = program.run(&["law", "coverage", "luat"]);
    assert_eq!((ran.code, ran.said.as_str()), (1, ""));
}

/// The answers to a question as JSON.
fn asked(line: &[&str]) -> Vec<Value> {
    let ran = Program::new().run(&[&["law", "ask"], line, &["--format", "json"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.complained);
    let told: Value = serde_json::from_str(&ran.said).expect("JSON");
    told["answers"].as_array().expect("answers").clone()
}

#[test]
fn a_number_that_the_law_of_the_day_does_not_have_is_not_made_up() {
    let ran = Program::new().run(&["law", "ask", "quota", "chien-si-thi-dua-co-so", "--on", "2025-01-15"]);
    assert_eq!(
        (ran.code, ran.said.as_str()),
        (0, "Chiến sĩ thi đua cơ sở — 15/01/2025\nKhông có quy định nào trong bộ luật cho ngày này.\n")
    );
    let ran = Program::new().run(&["law", "ask", "quota", "chien-si-thi-dua-boo", "--on", "2025-01-15"]);
    assert_eq!(ran.code, 1);
}

#[test]
fn each_question_is_answered_with_value_source_and_mark() {
    let quota = asked(&["quota", "chien-si-thi-dua-co-so", "--on", "2020-01-15"]);
    assert_eq!((quota[0]["value"]["percent"].as_u64(), quota[0]["verified"].as_bool()), (Some(15), Some(true)));
    let vote = asked(&["threshold", "chien-si-thi-dua-toan-quoc", "--on", "2026-01-15"]);
    assert_eq!(vote[0]["value"], serde_json::json!({"percent": 90, "ballot": true}));
    let bonus = asked(&["bonus", "chien-si-thi-dua-bo", "--on", "2026-01-15"]);
    assert_eq!(bonus[0]["value"]["amount"]["dong"].as_u64(), Some(7_020_000));
    let late = asked(&["authority", "chien-si-thi-dua-toan-quoc", "--on", "2026-10-01"]);
    assert_eq!(late[0]["waits_for"].as_str(), Some("06/2026/QH16"));
}

#[test]
fn of_two_titles_decided_on_one_day_the_lower_brings_nothing() {
    let program = Program::new();
    let facts =
        r#"{"subject": "ca-nhan", "titles": [{"award": "lao-dong-tien-tien", "year": 2025, "decided": "2026-01-15"}]}"#;
    program.write("mai.json", facts);
    let line = ["law", "ask", "bonus", "chien-si-thi-dua-co-so", "--on", "2026-01-15", "--facts", "mai.json"];
    let ran = program.run(&line);
    assert_eq!(ran.code, 0, "{}", ran.complained);
    let lines: Vec<&str> = ran.said.lines().filter(|line| line.starts_with("- ")).collect();
    assert_eq!(
        lines,
        [
            "- Chiến sĩ thi đua cơ sở: 2.340.000 đồng",
            "- Lao động tiên tiến: không chi 710.000 đồng, vì đã có mức thưởng cao hơn cho cùng thời gian"
        ]
    );
}

const KHANH: &str = r#"{"subject":"ca-nhan","group":"cong-chuc","born":"1985-05-01","recruited":"2010-01-04",
"complete":{"titles":[[2010,2026]],"awards":[[2010,2026]],"initiatives":[[2010,2026]],"disciplines":[[2010,2026]],
"holds":[[2010,2026]],"grades":[[2010,2026]],"leave":[[2010,2026]],"posts":[[2010,2026]],"registrations":[[2010,2026]]},
"grades":[{"year":2023,"grade":"tot"},{"year":2024,"grade":"tot"}],
"titles":[{"award":"chien-si-thi-dua-co-so","year":2023},{"award":"chien-si-thi-dua-co-so","year":2024}]}"#;

#[test]
fn the_way_to_an_honour_is_told_step_by_step_with_its_articles() {
    let program = Program::new();
    program.write("khanh.json", KHANH);
    let asked = ["law", "path", "chien-si-thi-dua-bo", "--on", "2025-02-01", "--facts", "khanh.json", "--years", "5"];
    let ran = program.run(&[&asked[..], &["--format", "json"]].concat());
    let told: Value = serde_json::from_str(&ran.said).expect("JSON");
    let way = &told["ways"][0];
    assert_eq!((ran.code, way["day"].as_str(), told["exact"].as_bool()), (0, Some("2026-01-01"), Some(true)));
    assert_eq!(way["demand"]["decisions"].as_u64(), Some(2));
    let steps = way["steps"].as_array().expect("steps");
    let kinds: Vec<(&str, &str)> = steps
        .iter()
        .map(|step| (step["what"].as_str().unwrap_or_default(), step["depends"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(kinds, [("grade", "own-work"), ("initiative", "council"), ("title", "council"), ("title", "council")]);
    let ran = program.run(&asked);
    assert_eq!(
        ran.said.lines().nth(1),
        Some("Sớm nhất có thể đề nghị từ ngày 01/01/2026, cần 2 quyết định của hội đồng, cấp có thẩm quyền.")
    );
    let short = program.run(&[&asked[..8], &["0"]].concat());
    assert_eq!(short.code, 2);
}
