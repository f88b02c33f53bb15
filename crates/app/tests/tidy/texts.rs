//! Every text exists in both languages, every text that is named exists, and none lies unused.

use std::collections::BTreeSet;

use app::language::Language;
use app::router::ROUTES;

use crate::tree::{Source, literals, quoted_after, sources};

/// Calls whose first argument is the key of a text.
const CALLS: [&str; 8] = [
    ".t(\"",
    ".t1(\"",
    ".t2(\"",
    ".text(\"",
    ".text_with(\"",
    "Failure::new(Fault::Machine, \"",
    "Failure::new(Fault::Usage, \"",
    "Failure::new(Fault::Input, \"",
];

#[test]
fn both_languages_have_the_same_texts_in_the_same_files() {
    assert_eq!(keys(Language::Vi), keys(Language::En));
}

#[test]
fn both_languages_fill_the_same_places_of_a_text() {
    assert_eq!(places(Language::Vi), places(Language::En));
}

#[test]
fn every_text_that_is_named_exists() {
    let mut lacking = Vec::new();
    for file in program() {
        let named = CALLS.iter().flat_map(|call| quoted_after(&file.text, call));
        let lost = named.filter(|key| Language::ALL.iter().any(|language| !language.has(key)));
        lacking.extend(lost.map(|key| format!("{}: {key}", file.path)));
    }
    assert_eq!(lacking, Vec::<String>::new());
}

#[test]
fn every_line_of_the_menu_has_its_three_texts() {
    let entries = ROUTES.iter().filter_map(|route| route.entry);
    let keys = entries.flat_map(|entry| [entry.key.to_owned(), entry.short_key(), entry.about_key()]);
    let lacking: Vec<String> = keys.filter(|key| Language::ALL.iter().any(|language| !language.has(key))).collect();
    assert_eq!(lacking, Vec::<String>::new());
}

#[test]
fn no_text_lies_unused() {
    let files = program();
    let named: BTreeSet<&str> = files.iter().flat_map(|file| literals(&file.text)).collect();
    // A key put together by `format!("grade-{…}")` uses every text that begins so.
    let begun: Vec<&str> =
        named.iter().filter_map(|literal| literal.split_once("-{")).map(|(start, _)| start).collect();
    let menu: Vec<String> = ROUTES
        .iter()
        .filter_map(|route| route.entry)
        .flat_map(|entry| [entry.short_key(), entry.about_key()])
        .collect();
    let used = |key: &str| {
        menu.iter().any(|named| named == key)
            || named.contains(key)
            || begun.iter().any(|start| key.strip_prefix(start).is_some_and(|rest| rest.starts_with('-')))
    };
    let unused: Vec<String> = keys(Language::Vi).into_iter().map(|(_, key)| key).filter(|key| !used(key)).collect();
    assert_eq!(unused, Vec::<String>::new());
}

/// Templates and Rust, without the tests.
fn program() -> Vec<Source> {
    sources("crates/app/src", &[".rs", ".html"])
}

/// The file and the key of every text of a language.
fn keys(language: Language) -> BTreeSet<(String, String)> {
    let folder = format!("locales/{}", language.code());
    let mut keys = BTreeSet::new();
    for file in sources(&folder, &[".ftl"]) {
        let name = file.path.rsplit('/').next().expect("a file name").to_owned();
        let heads = file.text.lines().filter(|line| line.starts_with(|letter: char| letter.is_ascii_alphabetic()));
        keys.extend(
            heads.filter_map(|line| line.split_once('=')).map(|(key, _)| (name.clone(), key.trim().to_owned())),
        );
    }
    keys
}

/// Each text with the names of the places it fills.
fn places(language: Language) -> BTreeSet<(String, String)> {
    let folder = format!("locales/{}", language.code());
    let mut places = BTreeSet::new();
    for file in sources(&folder, &[".ftl"]) {
        let mut key = "";
        for line in file.text.lines() {
            if line.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
                key = line.split('=').next().unwrap_or_default().trim();
            }
            let names = line.split('$').skip(1).map(|rest| rest.split(|letter: char| !letter.is_ascii_alphanumeric()));
            places.extend(names.filter_map(|mut words| words.next()).map(|name| (key.to_owned(), name.to_owned())));
        }
    }
    places
}
