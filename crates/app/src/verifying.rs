//! What a verification found, in words and as JSON.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use store::schema::{STEP, TABLES};
use store::verify::Report;
use store::verify::finding::Finding;
use store::words::text;

use crate::language::Language;

/// The word for a kind of record, such as `Cá nhân`; of a kind that this program does not know the kind itself.
pub fn noun(language: Language, noun: &str) -> String {
    let known = TABLES.iter().chain([&STEP]).any(|table| table.noun == noun);
    if known {
        language.text(&format!("journal-noun-{}", noun.replace('_', "-"))).into_owned()
    } else {
        noun.to_owned()
    }
}

/// What a leaf tells of: an act, a correction, an ending, a removal, or that a record was entered.
pub fn act(language: Language, told: &str) -> String {
    let kind = noun(language, told);
    match told {
        "step" | "correction" | "ending" | "removal" => kind,
        _ => language.text_with("journal-entered", &[("noun", &kind)]),
    }
}

/// A finding as a sentence that names its place.
pub fn told(language: Language, finding: &Finding) -> String {
    let record = match (&finding.table, finding.id) {
        (Some(table), Some(id)) => format!("{} {id}", noun(language, table)),
        (Some(table), None) => table.clone(),
        _ => String::new(),
    };
    let leaf = match (finding.leaf, finding.last_leaf) {
        (Some(first), Some(last)) if last > first => format!("{first}–{last}"),
        (Some(first), _) => first.to_string(),
        _ => String::new(),
    };
    let size = finding.size.map_or_else(String::new, |size| size.to_string());
    let column = finding.column.unwrap_or_default();
    let words: [(&str, &dyn crate::language::Word); 4] =
        [("record", &record), ("leaf", &leaf), ("size", &size), ("column", &column)];
    language.text_with(&format!("verify-{}", text(finding.kind)), &words)
}

/// The report for a program.
pub fn json(language: Language, report: &Report) -> Value {
    let finding = |finding: &Finding| {
        let mut value = json!(finding);
        value["message"] = told(language, finding).into();
        value
    };
    json!({
        "office": report.office,
        "size": report.tree.size,
        "root": STANDARD.encode(report.tree.root),
        "records": report.records,
        "checkpoints": report.checkpoints,
        "signed": report.signed,
        "with_key": report.with_key,
        "since": report.since,
        "clock_back": report.clock_back.map(|(times, first)| json!({"times": times, "first_leaf": first})),
        "holds": report.holds(),
        "found": report.found,
        "findings": report.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

/// The report for a reader, a line at a time.
pub fn lines(language: Language, report: &Report) -> Vec<String> {
    let number = |number: u64| language.number(number.try_into().unwrap_or(i64::MAX));
    let mut lines = vec![
        language.text_with(
            "verify-tree",
            &[("size", &number(report.tree.size)), ("root", &STANDARD.encode(report.tree.root))],
        ),
        language.text_with("verify-records", &[("records", &number(report.records))]),
        language.text_with(
            "verify-checkpoints",
            &[("checkpoints", &number(report.checkpoints)), ("signed", &number(report.signed))],
        ),
    ];
    if !report.with_key {
        lines.push(language.text("verify-no-key").into_owned());
    }
    if report.signed < report.tree.size {
        lines.push(language.text_with("verify-unsigned", &[("leaves", &number(report.tree.size - report.signed))]));
    }
    if let Some(since) = report.since {
        lines.push(language.text_with("verify-since", &[("size", &number(since))]));
    }
    if let Some((times, first)) = report.clock_back {
        lines.push(language.text_with("verify-clock-back", &[("times", &number(times)), ("leaf", &first.to_string())]));
    }
    lines.push(language.text("verify-not-checked").into_owned());
    if report.holds() {
        lines.push(language.text("verify-holds").into_owned());
    }
    lines.extend(report.findings.iter().map(|finding| format!("✗ {}", told(language, finding))));
    lines
}

#[cfg(test)]
mod tests {
    use store::schema::{STEP, TABLES};

    use crate::language::Language;

    #[test]
    fn every_kind_of_record_has_its_word() {
        let keys = TABLES.iter().chain([&STEP]).map(|table| format!("journal-noun-{}", table.noun.replace('_', "-")));
        let lacking = keys.filter(|key| Language::ALL.iter().any(|language| !language.has(key)));
        assert_eq!(lacking.collect::<Vec<_>>(), Vec::<String>::new(), "locales/*/journal.ftl lacks these");
    }
}
