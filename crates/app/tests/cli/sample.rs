//! `vinhdanh sample`: an office of fictitious people in a new database, and a database with records left alone.

use std::process::Command;

use crate::program::Program;

#[test]
fn an_office_of_the_wanted_size_is_made_once_and_never_over_records() {
    let program = Program::new();
    let sample = ["sample", "--people", "300", "--database", "sqlite:sample.db", "--format", "json", "--lang", "en"];
    let ran = program.run(&sample);
    assert_eq!((ran.code, ran.complained.as_str()), (0, ""));
    let told: serde_json::Value = serde_json::from_str(&ran.said).expect("JSON");
    assert_eq!(told["people"], 300);
    assert!(told["awards"].as_u64().is_some_and(|awards| awards > 1_500), "{told}");

    let verified = program.run(&["verify", "--database", "sqlite:sample.db", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&verified.said).expect("JSON");
    assert_eq!((verified.code, &told["holds"]), (0, &true.into()), "{}", verified.complained);
    // What a record names is not looked up while the sample is written, so it is here.
    let mut check = Command::new("sqlite3");
    let dangling = check.args(["sample.db", "PRAGMA foreign_key_check"]).current_dir(&program.folder).output();
    assert_eq!(dangling.expect("sqlite3 runs").stdout, b"");

    let again = program.run(&sample);
    assert_eq!(
        (again.code, again.error()["message"].as_str()),
        (1, Some("The database sqlite:sample.db already holds records."))
    );
}

#[test]
fn without_a_number_of_people_it_is_wrong_usage() {
    assert_eq!(Program::new().run(&["sample"]).code, 2);
    assert_eq!(Program::new().run(&["sample", "--people", "many"]).code, 2);
}
