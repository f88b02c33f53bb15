//! `vinhdanh law ask`: one number of the law: how much, who decides, how many, what vote, by when, which papers.

use std::path::PathBuf;

use chrono::{Datelike, NaiveDate};
use clap::{Args, ValueEnum};
use rules::bonus::{self, Conferred, Paid, Share};
use rules::facts::{Facts, Subject};
use rules::law::{Award, Class, Law, Mark, Row, rows_on};
use rules::layer::ceilings;
use serde::Serialize;
use serde_json::{Value, json};

use super::{load, no_such_award};
use crate::citation::{self, cite};
use crate::cli::{Format, Telling, evaluate};
use crate::failure::{Failure, Fault};
use crate::language::Language;
use crate::standing::{self, Standing};

/// Asks one number of the law.
#[derive(Debug, Args)]
pub struct Ask {
    /// What is asked.
    question: Question,
    /// The honour's id.
    award: String,
    /// The day.
    #[arg(long, value_name = "DAY")]
    on: NaiveDate,
    /// The facts as JSON: what else was decided for the subject on that day.
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// An office's regulation laid over the law.
    #[arg(long, value_name = "FILE")]
    layer: Vec<PathBuf>,
    /// A folder of law instead of the built-in one.
    #[arg(long = "law", value_name = "DIR")]
    law_dir: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Question {
    Bonus,
    Authority,
    Quota,
    Threshold,
    Deadline,
    Documents,
}

/// One line of the answer.
#[derive(Debug, Serialize)]
struct Line {
    words: String,
    value: Value,
    source: Value,
    cite: String,
    verified: bool,
    layer: String,
    /// The text to load before the line can be relied on.
    #[serde(skip_serializing_if = "Option::is_none")]
    waits_for: Option<String>,
    /// The last day for which it is known to hold, where it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<NaiveDate>,
}

impl Ask {
    /// Answers on standard output; without any line, says that nothing is loaded for the day.
    pub fn run(self, telling: Telling) -> Result<(), Failure> {
        let layers = evaluate::layers(&self.layer)?;
        let law = load(self.law_dir.as_deref(), &layers, telling.lang)?;
        let Some(award) = law.award(&self.award) else {
            return Err(no_such_award(&law, &self.award, telling.lang));
        };
        let facts = self.facts.as_ref().map(|file| evaluate::facts(&law, file, telling.lang)).transpose()?;
        let lines = self.lines(&law, award, facts.as_ref(), telling.lang)?;
        match telling.format {
            Format::Json => say!("{}", json!({"award": award.id, "on": self.on, "answers": lines})),
            Format::Text => print(&law, award, &lines, self.on, telling.lang),
        }
        Ok(())
    }

    fn lines(&self, law: &Law, award: &Award, facts: Option<&Facts>, language: Language) -> Result<Vec<Line>, Failure> {
        let of = Of { law, day: self.on, language };
        Ok(match self.question {
            Question::Bonus => match facts {
                Some(facts) => of.together(award, facts)?,
                None => award.subjects.iter().filter_map(|subject| of.bonus(award, *subject)).collect(),
            },
            Question::Authority => of.rows(&award.decided_by, |said| (language.pick(said).to_owned(), json!(said))),
            Question::Deadline => of.rows(&award.deadlines, |said| (language.pick(said).to_owned(), json!(said))),
            Question::Documents => of.rows(&award.papers, |said| (language.pick(said).to_owned(), json!(said))),
            Question::Quota => of.lines(ceilings(award, self.on), |quota| {
                let base = language.pick(&quota.base_words);
                let words = language.text_with("cli-ask-quota", &[("percent", &quota.percent), ("base", &base)]);
                (words, json!({"percent": quota.percent, "base": quota.base_words}))
            }),
            Question::Threshold => of.rows(&award.votes, |vote| {
                let key = if vote.ballot { "cli-ask-ballot" } else { "cli-ask-vote" };
                let words = language.text_with(key, &[("percent", &vote.percent)]);
                (words, json!({"percent": vote.percent, "ballot": vote.ballot}))
            }),
        })
    }
}

/// The law of a day in a language.
struct Of<'l> {
    law: &'l Law,
    day: NaiveDate,
    language: Language,
}

impl Of<'_> {
    fn rows<T>(&self, rows: &[Row<T>], said: impl Fn(&T) -> (String, Value)) -> Vec<Line> {
        self.lines(rows_on(rows, self.day), said)
    }

    fn lines<'r, T: 'r>(
        &self,
        rows: impl IntoIterator<Item = &'r Row<T>>,
        said: impl Fn(&T) -> (String, Value),
    ) -> Vec<Line> {
        let line = |row: &Row<T>| {
            let (words, value) = said(&row.value);
            self.line(row, words, value)
        };
        rows.into_iter().map(line).collect()
    }

    fn line<T>(&self, row: &Row<T>, words: String, value: Value) -> Line {
        let (waits_for, until) = match standing::of_row(self.law, row, self.day) {
            Standing::Waits { text, until } => (Some(text.to_owned()), until),
            _ => (None, None),
        };
        Line {
            words,
            value,
            source: json!(row.source),
            cite: cite(self.law, &row.source, self.language),
            verified: row.mark == Mark::Verified && waits_for.is_none(),
            layer: row.layer.clone(),
            waits_for,
            until,
        }
    }

    fn bonus(&self, award: &Award, subject: Subject) -> Option<Line> {
        let row = award.bonus(self.day, subject)?;
        let amount = bonus::amount(self.law, &award.id, self.day, subject);
        let words = match &amount {
            Some(amount) => self.language.money(amount.dong as i64),
            None => self.language.text("cli-ask-not-known").into_owned(),
        };
        let subject_words = self.language.text(crate::catalogue::subject_key(subject));
        let verified = amount.as_ref().is_some_and(|amount| amount.verified);
        let line = self.line(row, format!("{subject_words}: {words}"), json!({"subject": subject, "amount": amount}));
        Some(Line { verified: line.verified && verified, ..line })
    }

    /// The bonus of an honour beside all that was decided for the subject on the same day.
    fn together(&self, award: &Award, facts: &Facts) -> Result<Vec<Line>, Failure> {
        if !award.subjects.contains(&facts.subject) {
            return Err(Failure::new(Fault::Input, "cli-ask-subject"));
        }
        let honours = conferred(award, facts, self.day);
        let paid = bonus::together(self.law, &honours, self.day, facts.subject);
        Ok(paid.iter().filter_map(|paid| self.paid(paid, facts.subject)).collect())
    }

    fn paid(&self, paid: &Paid, subject: Subject) -> Option<Line> {
        let award = self.law.award(&paid.award)?;
        let row = award.bonus(self.day, subject)?;
        let dong = match &paid.amount {
            Some(amount) => self.language.money(amount.dong as i64),
            None => self.language.text("cli-ask-not-known").into_owned(),
        };
        let key = match paid.share {
            Share::Paid => "cli-ask-paid",
            Share::Absorbed => "cli-ask-absorbed",
            Share::Unknown => "cli-ask-unknown",
        };
        let name = self.language.pick(&award.name(self.day)).to_owned();
        let line = self.line(row, self.language.text_with(key, &[("award", &name), ("dong", &dong)]), json!(paid));
        let decided = paid.share != Share::Unknown && paid.amount.as_ref().is_some_and(|amount| amount.verified);
        Some(Line { verified: line.verified && decided, ..line })
    }
}

/// The asked honour and every other that the facts say was decided on the day; a title asked for that is not among
/// them is for the year before.
fn conferred(award: &Award, facts: &Facts, day: NaiveDate) -> Vec<Conferred> {
    let titles = facts.titles.iter().filter(|title| title.decided == Some(day));
    let titles = titles.map(|title| Conferred { award: title.award.clone(), period: Some((title.year, title.year)) });
    let awards = facts.awards.iter().filter(|award| award.decided == day);
    let awards = awards.map(|fact| Conferred { award: fact.award.clone(), period: fact.period });
    let mut honours: Vec<Conferred> = titles.chain(awards).collect();
    if honours.iter().all(|honour| honour.award != award.id) {
        let year = day.year() - 1;
        let period = (award.class == Class::DanhHieu).then_some((year, year));
        honours.insert(0, Conferred { award: award.id.clone(), period });
    }
    honours
}

fn print(law: &Law, award: &Award, lines: &[Line], on: NaiveDate, language: Language) {
    say!("{} — {}", language.pick(&award.name(on)), language.day(on));
    if lines.is_empty() {
        say!("{}", language.text("cli-ask-nothing"));
    }
    for line in lines {
        say!("- {}", line.words);
        let marks = [
            (!line.verified && line.waits_for.is_none()).then(|| language.text("law-unverified").into_owned()),
            line.waits_for.as_ref().map(|text| {
                let text = citation::text(law, text, language);
                match line.until {
                    Some(until) => {
                        language.text_with("law-to-check", &[("until", &language.day(until)), ("text", &text)])
                    }
                    None => language.text_with("law-not-loaded", &[("text", &text)]),
                }
            }),
            (line.layer != rules::law::NATION).then(|| language.text_with("law-layer", &[("name", &line.layer)])),
        ];
        let marks: Vec<String> = marks.into_iter().flatten().collect();
        let cited = std::iter::once(line.cite.clone()).chain(marks).collect::<Vec<_>>().join("; ");
        say!("  ({cited})");
    }
}
