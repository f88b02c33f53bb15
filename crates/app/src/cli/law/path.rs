//! `vinhdanh law path`: year by year what it takes to be given an honour, soonest and least demanding.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use rules::ask::Verdict;
use rules::explain::Refusal;
use rules::facts::Kind;
use rules::law::Law;
use rules::path::{Depends, LIMIT, LONGEST, Options, Path, Step, Way, find};

use super::{load, no_such_award};
use crate::citation::{self, cite};
use crate::cli::{Format, Telling, evaluate};
use crate::failure::{Failure, Fault, Place};
use crate::language::Language;
use crate::ways;

/// Looks for the ways to an honour.
#[derive(Debug, Args)]
pub struct PathTo {
    /// The honour's id.
    award: String,
    /// The facts as JSON; `-` reads standard input.
    #[arg(long, value_name = "FILE")]
    facts: PathBuf,
    /// The first day.
    #[arg(long, value_name = "DAY")]
    on: NaiveDate,
    /// How many years ahead.
    #[arg(long, value_name = "N", default_value_t = Options::default().years, value_parser = clap::value_parser!(u32).range(1..=i64::from(LONGEST)))]
    years: u32,
    /// A kind of standard that may be used; repeatable.
    #[arg(long, value_parser = evaluate::kind)]
    kind: Vec<Kind>,
    /// How many records may be looked at.
    #[arg(long, value_name = "N", default_value_t = LIMIT)]
    limit: usize,
    /// An office's regulation laid over the law.
    #[arg(long, value_name = "FILE")]
    layer: Vec<PathBuf>,
    /// A folder of law instead of the built-in one.
    #[arg(long = "law", value_name = "DIR")]
    law_dir: Option<PathBuf>,
}

impl PathTo {
    /// Tells the ways on standard output, also where there is none.
    pub fn run(self, telling: Telling) -> Result<(), Failure> {
        let layers = evaluate::layers(&self.layer)?;
        let law = load(self.law_dir.as_deref(), &layers, telling.lang)?;
        let facts = evaluate::facts(&law, &self.facts, telling.lang)?;
        let usual = Options::default();
        let kinds = if self.kind.is_empty() { usual.kinds.clone() } else { self.kind.clone() };
        let options = Options { years: self.years, kinds, limit: self.limit, ..usual };
        let path = find(&law, &self.award, &facts, self.on, &options).map_err(|refusal| match refusal {
            Refusal::UnknownAward { .. } => no_such_award(&law, &self.award, telling.lang),
            Refusal::WrongSubject { .. } => Failure::said(Fault::Input, telling.lang.pick(&refusal.words()))
                .at(Place { file: Some(self.facts.display().to_string()), line: None, path: Some("/subject".into()) }),
        })?;
        match telling.format {
            Format::Json => {
                let path = serde_json::to_string(&path);
                say!("{}", path.map_err(|error| Failure::said(Fault::Machine, error.to_string()))?);
            }
            Format::Text => print(&law, &path, telling.lang),
        }
        Ok(())
    }
}

fn print(law: &Law, path: &Path, language: Language) {
    say!("{} — {}", language.pick(&law.name(&path.award, path.on)), language.day(path.on));
    say!("{}", ways::sentence(law, path, language));
    for note in ways::notes(law, path, language) {
        say!("{note}");
    }
    for way in &path.ways {
        say!("\n{}", ways::title(path, way, language));
        say!("{}", ways::demand(&way.demand, language));
        way.steps.iter().for_each(|step| print_step(law, step, language));
        print_open(law, way, language);
    }
    if !path.occasions.is_empty() {
        say!("\n{}", language.text("path-occasions"));
        path.occasions.iter().for_each(|occasion| say!("  - {}", language.pick(&occasion.name)));
    }
}

fn print_step(law: &Law, step: &Step, language: Language) {
    let depends = match step.depends {
        Depends::OwnWork => "path-own-work",
        Depends::Council => "path-council",
    };
    say!("  {}  {} ({})", step.year, language.pick(&step.words), language.text(depends));
    for served in ways::served(step) {
        say!(
            "        {} ({}) [{}]",
            language.pick(&served.words),
            cite(law, &served.source, language),
            served.condition
        );
    }
    for left in &step.left_to_council {
        say!("        ◦ {} ({})", language.pick(&left.words), cite(law, &left.source, language));
    }
}

fn print_open(law: &Law, way: &Way, language: Language) {
    if way.open.is_empty() {
        return;
    }
    let head = if way.verdict == Verdict::Unknown { "path-open-text" } else { "path-open-record" };
    say!("  {}", language.text(head));
    for open in &way.open {
        say!("  ? {} [{}]", language.pick(&open.words), open.condition);
        for missing in &open.missing {
            let text = missing.text.as_deref().map(|text| citation::text(law, text, language));
            say!(
                "      {}{}",
                language.pick(&missing.what),
                text.map_or_else(String::new, |text| format!(" ({text})"))
            );
        }
    }
}
