//! The house stands as drawn: who may build on whom, and who alone may touch clock, environment, disk and database.

use crate::licences::metadata;
use crate::tree::{Source, sources};

/// A crate and what it may not build on.
const APART: [(&str, &[&str]); 5] = [
    ("rules", &["store", "app", "tokio", "sea-orm", "sea-orm-migration", "sqlx", "axum", "askama", "clap"]),
    ("store", &["app", "axum", "askama", "clap", "tower-http"]),
    ("documents", &["rules", "store", "app", "tokio", "sea-orm", "sqlx", "axum", "askama", "clap"]),
    ("intake", &["rules", "store", "app", "tokio", "sea-orm", "sqlx", "axum", "askama", "clap"]),
    ("app", &["sea-orm", "sea-orm-migration", "sqlx", "sea-query", "rusqlite"]),
];

/// A test that needs the inside of the search, so it lies beside it.
const TRIAL: &str = "crates/rules/src/path/trial.rs";

/// Words of the source and the only files that may hold them.
const RESERVED: [(&str, &str, &[&str]); 7] = [
    ("crates", "Utc::now", &["crates/app/src/clock.rs"]),
    ("crates", "Local::now", &[]),
    ("crates", "SystemTime::now", &[]),
    ("crates", "env::var", &[TRIAL]),
    ("crates/documents/src", "std::fs", &[]),
    ("crates/rules/src", "std::fs", &[TRIAL]),
    ("crates/rules/src", "std::net", &[]),
];

#[test]
fn no_crate_builds_on_what_stands_above_it() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("packages");
    let mut found = Vec::new();
    for (name, forbidden) in APART {
        let package = packages.iter().find(|package| package["name"] == name && package["source"].is_null());
        let needs = package.expect("a crate of ours")["dependencies"].as_array().expect("dependencies");
        let wrong = needs.iter().filter(|need| need["kind"].is_null()).filter_map(|need| need["name"].as_str());
        found.extend(wrong.filter(|need| forbidden.contains(need)).map(|need| format!("{name} needs {need}")));
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn only_one_file_knows_the_clock_and_none_the_environment() {
    let mut found = Vec::new();
    for (folder, word, holders) in RESERVED {
        let outside = |file: &Source| !file.path.contains("/tests/") && !holders.contains(&file.path.as_str());
        let files = sources(folder, &[".rs"]).into_iter().filter(outside).filter(|file| file.text.contains(word));
        found.extend(files.map(|file| format!("{}: {word}", file.path)));
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn pages_never_call_each_other() {
    let mut found = Vec::new();
    for file in sources("crates/app/src/pages", &[".rs"]) {
        let calls = file.text.lines().filter(|line| line.starts_with("use crate::pages::"));
        found.extend(calls.map(|line| format!("{}: {line}", file.path)));
    }
    assert_eq!(found, Vec::<String>::new());
}
