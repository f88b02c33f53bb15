//! Worked examples of the law: facts, a day, and the findings that must come out.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::answer::Answer;
use crate::ask::{Cause, Verdict};
use crate::explain::explain;
use crate::facts::{Day, Kind};
use crate::facts_check;
use crate::law::Law;
use crate::reader::{Fault, Lines};
use crate::words::Words;

/// One example with what it must come to.
#[derive(Debug)]
pub struct Case {
    pub file: String,
    pub line: usize,
    pub award: String,
    pub name: String,
    pub on: Day,
    pub received: Option<Day>,
    pub kind: Option<Kind>,
    pub expect: Verdict,
    pub provisional: Option<Verdict>,
    pub earliest: Option<Day>,
    /// `STANDARD/LEAF` with its verdict, and the cause where one is given.
    pub findings: BTreeMap<String, (Verdict, Option<Cause>)>,
    facts: serde_json::Value,
}

/// What a case came to.
#[derive(Debug)]
pub struct Outcome {
    pub answer: Option<Answer>,
    /// What differs from what the case expects; empty where it holds.
    pub differences: Vec<Words>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    award: String,
    #[serde(default)]
    case: Vec<toml::Spanned<RawCase>>,
    /// Ways to the honour: [`crate::path::case`] reads them.
    #[serde(default, rename = "path")]
    _path: serde::de::IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCase {
    name: String,
    award: Option<String>,
    on: toml::value::Datetime,
    received: Option<toml::value::Datetime>,
    kind: Option<Kind>,
    expect: Verdict,
    provisional: Option<Verdict>,
    earliest: Option<toml::value::Datetime>,
    #[serde(default)]
    findings: BTreeMap<String, String>,
    base: Option<String>,
    #[serde(default)]
    facts: toml::Table,
}

/// Reads the cases among the files of the law: those under `cases/`.
pub fn read(files: &[(&str, &str)]) -> Result<Vec<Case>, Vec<Fault>> {
    let (mut cases, mut faults) = (Vec::new(), Vec::new());
    for (name, text) in files.iter().filter(|(name, _)| name.starts_with("cases/") && name.ends_with(".toml")) {
        match read_file(name, text) {
            Ok(read) => cases.extend(read),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(cases) } else { Err(faults) }
}

/// Runs one case against the law.
pub fn run(law: &Law, case: &Case) -> Outcome {
    let facts = match facts_check::parse(law, &case.facts.to_string()) {
        Ok(facts) => facts,
        Err(fault) => {
            let said = Words::new(
                format!("{}: {}", fault.path, fault.message.vi),
                format!("{}: {}", fault.path, fault.message.en),
            );
            return Outcome { answer: None, differences: vec![said] };
        }
    };
    match explain(law, &case.award, &facts, case.on, case.received, case.kind) {
        Ok(answer) => Outcome { differences: differences(case, &answer), answer: Some(answer) },
        Err(refusal) => Outcome { answer: None, differences: vec![refusal.words()] },
    }
}

fn differences(case: &Case, answer: &Answer) -> Vec<Words> {
    let mut differences = Vec::new();
    let mut compare = |what: &str, expected: String, found: String| {
        if expected != found {
            differences.push(Words::new(
                format!("{what}: cần {expected}, được {found}"),
                format!("{what}: expected {expected}, found {found}"),
            ));
        }
    };
    compare("verdict", verdict_word(case.expect).into(), verdict_word(answer.verdict).into());
    if let Some(expected) = case.provisional {
        let found = answer.provisional.map_or("-", verdict_word);
        compare("provisional", verdict_word(expected).into(), found.into());
    }
    if let Some(expected) = case.earliest {
        compare("earliest", expected.to_string(), answer.earliest.map_or("-".into(), |day| day.to_string()));
    }
    for (path, (verdict, cause)) in &case.findings {
        let id = format!("{}/{path}", case.award);
        let finding =
            answer.standards.iter().flat_map(|standard| &standard.conditions).find(|finding| finding.id == id);
        let word = |verdict, cause: Option<Cause>| match cause {
            Some(Cause::FactMissing) => format!("{}/fact_missing", verdict_word(verdict)),
            Some(Cause::TextMissing) => format!("{}/text_missing", verdict_word(verdict)),
            None => verdict_word(verdict).to_owned(),
        };
        let found =
            finding.map_or("-".into(), |finding| word(finding.verdict, finding.cause.filter(|_| cause.is_some())));
        compare(path, word(*verdict, *cause), found);
    }
    differences
}

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::NotMet => "not_met",
        Verdict::Unknown => "unknown",
    }
}

/// More bytes than the facts of all examples of a file have, each with those that it takes over from another.
const MOST_FACTS: usize = 16 << 20;

/// The room for the facts of the examples of one file.
pub(crate) struct Room(usize);

impl Room {
    pub(crate) fn of_a_file() -> Self {
        Self(MOST_FACTS)
    }

    /// Makes room for the facts of one more example; refused where too much was taken over already.
    pub(crate) fn take(&mut self, facts: &serde_json::Value) -> Result<(), Words> {
        let left = self.0.checked_sub(facts.to_string().len());
        self.0 = left.ok_or_else(|| {
            Words::new(
                "các ví dụ lấy lại quá nhiều dữ kiện của nhau",
                "the examples take over too much from each other",
            )
        })?;
        Ok(())
    }
}

/// A file of examples, if it is neither too large nor broken.
pub(crate) fn parsed<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Result<T, Fault> {
    crate::reader::File { name, text }.weighed()?;
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| Lines::of(text).at(span.start));
        Fault { file: name.to_owned(), line, message: Words::same(error.message()), hint: None }
    })
}

/// A day as a file of examples writes it.
pub(crate) fn day_of(day: &toml::value::Datetime) -> Result<Day, Words> {
    day.to_string().parse().map_err(|_| Words::new("không phải một ngày", "not a day"))
}

fn read_file(name: &str, text: &str) -> Result<Vec<Case>, Fault> {
    let fault = |line: usize, message: Words| Fault { file: name.to_owned(), line, message, hint: None };
    let file: CaseFile = parsed(name, text)?;
    let (lines, mut room) = (Lines::of(text), Room::of_a_file());
    let mut cases: Vec<Case> = Vec::new();
    for raw in file.case {
        let line = lines.at(raw.span().start);
        let raw = raw.into_inner();
        let base = match &raw.base {
            None => serde_json::json!({}),
            Some(base) => match cases.iter().find(|known| known.name == *base) {
                Some(known) => known.facts.clone(),
                None => {
                    return Err(fault(
                        line,
                        Words::new(format!("không có ví dụ “{base}” ở trên"), format!("no case `{base}` above")),
                    ));
                }
            },
        };
        let day = |day: &toml::value::Datetime| day_of(day).map_err(|message| fault(line, message));
        let findings = raw.findings.iter().map(|(path, word)| {
            Ok((
                path.clone(),
                finding(word).ok_or_else(|| {
                    fault(line, Words::new(format!("“{word}” không phải kết luận"), format!("`{word}` is no finding")))
                })?,
            ))
        });
        let facts = laid_over(base, raw.facts);
        room.take(&facts).map_err(|message| fault(line, message))?;
        cases.push(Case {
            file: name.to_owned(),
            line,
            award: raw.award.unwrap_or_else(|| file.award.clone()),
            on: day(&raw.on)?,
            received: raw.received.as_ref().map(day).transpose()?,
            kind: raw.kind,
            expect: raw.expect,
            provisional: raw.provisional,
            earliest: raw.earliest.as_ref().map(day).transpose()?,
            findings: findings.collect::<Result<_, Fault>>()?,
            facts,
            name: raw.name,
        });
    }
    Ok(cases)
}

/// `met`, `not_met`, `unknown`, `unknown/fact_missing`, `unknown/text_missing`.
fn finding(word: &str) -> Option<(Verdict, Option<Cause>)> {
    Some(match word {
        "met" => (Verdict::Met, None),
        "not_met" => (Verdict::NotMet, None),
        "unknown" => (Verdict::Unknown, None),
        "unknown/fact_missing" => (Verdict::Unknown, Some(Cause::FactMissing)),
        "unknown/text_missing" => (Verdict::Unknown, Some(Cause::TextMissing)),
        _ => return None,
    })
}

/// The facts of an example over those of another.
pub(crate) fn laid_over(mut base: serde_json::Value, facts: toml::Table) -> serde_json::Value {
    if let Some(object) = base.as_object_mut() {
        for (key, value) in facts {
            object.insert(key, json(value));
        }
    }
    base
}

fn json(value: toml::Value) -> serde_json::Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(day) => day.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(json).collect(),
        toml::Value::Table(table) => {
            table.into_iter().map(|(key, value)| (key, json(value))).collect::<serde_json::Map<_, _>>().into()
        }
    }
}
