//! Every crate that the program is built from comes under a licence that lets an office use it freely.

use std::process::Command;

use serde_json::Value;

use crate::tree::root;

const ACCEPTED: [&str; 11] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Zlib",
];

#[test]
fn every_dependency_has_an_accepted_licence() {
    let packages = metadata()["packages"].as_array().expect("packages").clone();
    let refused: Vec<String> = packages
        .iter()
        .filter(|package| !accepted(package["license"].as_str().unwrap_or("none")))
        .map(|package| format!("{}: {}", package["name"], package["license"]))
        .collect();
    assert!(packages.len() > 100, "the list is too short to be whole");
    assert_eq!(refused, Vec::<String>::new());
}

#[test]
fn a_choice_needs_one_accepted_licence_and_a_sum_needs_all() {
    assert!(!accepted("GPL-3.0"));
    assert!(!accepted("MIT AND GPL-3.0"));
    assert!(!accepted("(MIT OR Apache-2.0) AND GPL-3.0"));
    assert!(accepted("GPL-3.0 OR MIT"));
    assert!(accepted("MIT/Apache-2.0"));
    assert!(accepted("(MIT OR GPL-3.0) AND Unicode-3.0"));
    assert!(accepted("Apache-2.0 WITH LLVM-exception OR GPL-2.0"));
}

/// What cargo knows of the packages built on this machine.
pub fn metadata() -> Value {
    let compiler = Command::new("rustc").arg("-vV").output().expect("rustc answers");
    let compiler = String::from_utf8(compiler.stdout).expect("rustc writes text");
    let host = compiler.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host])
        .current_dir(root())
        .output()
        .expect("cargo answers");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo writes JSON")
}

/// Whether an SPDX expression leaves a way that is accepted. `AND` binds closer than `OR`.
fn accepted(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let split = |word: &str| parts(&expression, word);
    let choices = split(" OR ");
    if choices.len() > 1 {
        return choices.iter().any(|choice| accepted(choice));
    }
    let sum = split(" AND ");
    if sum.len() > 1 {
        return sum.iter().all(|part| accepted(part));
    }
    match expression.trim().strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => accepted(inner),
        None => ACCEPTED.contains(&expression.trim()),
    }
}

/// The parts of an expression between a word that stands outside all brackets.
fn parts(expression: &str, word: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    let mut rest = expression;
    while let Some(letter) = rest.chars().next() {
        if depth == 0 && rest.starts_with(word) {
            parts.push(String::new());
            rest = &rest[word.len()..];
            continue;
        }
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        parts.last_mut().expect("one part at least").push(letter);
        rest = &rest[letter.len_utf8()..];
    }
    parts
}
