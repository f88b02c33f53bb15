//! Worked examples of ways: facts, a day, and what the soonest way must come to.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::demand::Demand;
use super::moves::Move;
use super::{Options, Way, find};
use crate::ask::Verdict;
use crate::cases::{self, Outcome};
use crate::cases::{Room, day_of, parsed};
use crate::facts::{Day, Year};
use crate::facts_check;
use crate::law::Law;
use crate::reader::{Fault, Lines};
use crate::words::Words;

/// One example with what it must come to.
#[derive(Debug)]
pub struct PathCase {
    pub file: String,
    pub line: usize,
    pub name: String,
    award: String,
    on: Day,
    years: Option<u32>,
    /// The verdict at the end of the soonest way; none where there must be no way.
    expect: Option<Verdict>,
    soonest: Option<Day>,
    /// What the soonest way asks; fields that are not named must be nought.
    demand: Option<Demand>,
    /// The years of honours on the soonest way: the title years, and for awards the years of their decisions.
    honours: BTreeMap<String, Vec<Year>>,
    /// The texts that have the last word.
    texts: Vec<String>,
    facts: serde_json::Value,
}

#[derive(Deserialize)]
struct CaseFile {
    award: String,
    #[serde(default)]
    path: Vec<toml::Spanned<RawPath>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPath {
    name: String,
    on: toml::value::Datetime,
    years: Option<u32>,
    expect: Expected,
    soonest: Option<toml::value::Datetime>,
    demand: Option<Demand>,
    #[serde(default)]
    honours: BTreeMap<String, Vec<Year>>,
    #[serde(default)]
    texts: Vec<String>,
    base: Option<String>,
    #[serde(default)]
    facts: toml::Table,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Expected {
    Met,
    Unknown,
    None,
}

/// Reads the `[[path]]` tables of one file under `cases/`.
pub fn read_file(name: &str, text: &str) -> Result<Vec<PathCase>, Fault> {
    let fault = |line: usize, message: Words| Fault { file: name.to_owned(), line, message, hint: None };
    let file: CaseFile = parsed(name, text)?;
    let (lines, mut room) = (Lines::of(text), Room::of_a_file());
    let mut read: Vec<PathCase> = Vec::new();
    for raw in file.path {
        let line = lines.at(raw.span().start);
        let raw = raw.into_inner();
        let base = match &raw.base {
            None => serde_json::json!({}),
            Some(base) => match read.iter().find(|known| known.name == *base) {
                Some(known) => known.facts.clone(),
                None => {
                    let said = Words::new(format!("không có ví dụ “{base}” ở trên"), format!("no path `{base}` above"));
                    return Err(fault(line, said));
                }
            },
        };
        let day = |day: &toml::value::Datetime| day_of(day).map_err(|message| fault(line, message));
        let facts = cases::laid_over(base, raw.facts);
        room.take(&facts).map_err(|message| fault(line, message))?;
        read.push(PathCase {
            file: name.to_owned(),
            line,
            award: file.award.clone(),
            on: day(&raw.on)?,
            years: raw.years,
            expect: match raw.expect {
                Expected::Met => Some(Verdict::Met),
                Expected::Unknown => Some(Verdict::Unknown),
                Expected::None => None,
            },
            soonest: raw.soonest.as_ref().map(day).transpose()?,
            demand: raw.demand,
            honours: raw.honours,
            texts: raw.texts,
            facts,
            name: raw.name,
        });
    }
    Ok(read)
}

/// Reads the `[[path]]` tables of every file under `cases/`.
pub fn read(files: &[(&str, &str)]) -> Result<Vec<PathCase>, Vec<Fault>> {
    let (mut read, mut faults) = (Vec::new(), Vec::new());
    for (name, text) in files.iter().filter(|(name, _)| name.starts_with("cases/") && name.ends_with(".toml")) {
        match read_file(name, text) {
            Ok(cases) => read.extend(cases),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(read) } else { Err(faults) }
}

/// Looks for the way of one example; what differs from what it expects.
pub fn run(law: &Law, case: &PathCase) -> Outcome {
    let refused = |said: Words| Outcome { answer: None, differences: vec![said] };
    let facts = match facts_check::parse(law, &case.facts.to_string()) {
        Ok(facts) => facts,
        Err(fault) => {
            let (vi, en) = (&fault.message.vi, &fault.message.en);
            return refused(Words::new(format!("{}: {vi}", fault.path), format!("{}: {en}", fault.path)));
        }
    };
    let years = case.years.unwrap_or(Options::default().years);
    match find(law, &case.award, &facts, case.on, &Options { years, ..Options::default() }) {
        Ok(path) => {
            let mut differences = differences(case, path.ways.first());
            if !path.exact {
                differences.push(Words::new("chưa tìm hết", "the search did not come to its end"));
            }
            Outcome { answer: None, differences }
        }
        Err(refusal) => refused(refusal.words()),
    }
}

fn differences(case: &PathCase, way: Option<&Way>) -> Vec<Words> {
    let mut differences = Vec::new();
    let mut compare = |what: &str, expected: String, found: String| {
        if expected != found {
            differences.push(Words::new(
                format!("{what}: cần {expected}, được {found}"),
                format!("{what}: expected {expected}, found {found}"),
            ));
        }
    };
    let verdict = |verdict: Option<Verdict>| verdict.map_or("none".to_owned(), |verdict| format!("{verdict:?}"));
    compare("expect", verdict(case.expect), verdict(way.map(|way| way.verdict)));
    let Some(way) = way else { return differences };
    if let Some(day) = case.soonest {
        compare("soonest", day.to_string(), way.day.to_string());
    }
    if let Some(demand) = case.demand {
        compare("demand", format!("{demand:?}"), format!("{:?}", way.demand));
    }
    for (honour, years) in &case.honours {
        compare(honour, format!("{years:?}"), format!("{:?}", years_of(way, honour)));
    }
    let open = way.open.iter().flat_map(|open| &open.missing).filter_map(|missing| missing.text.clone());
    let mut texts: Vec<String> = open.collect();
    texts.sort();
    texts.dedup();
    compare("texts", format!("{:?}", case.texts), format!("{texts:?}"));
    differences
}

/// The years in which a way gives an honour.
fn years_of(way: &Way, honour: &str) -> Vec<Year> {
    let given = way.steps.iter().filter(|step| match &step.what {
        Move::Title { award, .. } | Move::Award { award, .. } => award == honour,
        _ => false,
    });
    given.map(|step| step.year).collect()
}
