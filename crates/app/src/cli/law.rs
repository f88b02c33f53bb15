//! `vinhdanh law`: checks the files of the law, runs its cases, shows one honour on a day, answers one number of it, finds the ways to it, and how far all reach.

mod ask;
mod coverage;
mod path;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use rules::law::{Award, Law, Leaf, Mark, Node, Row, Standard, rows_on};
use rules::layer::ceilings;
use rules::words::Words;
use serde_json::{Value, json};

use crate::cli::{Format, Telling};
use crate::failure::{Failure, Fault, Place};
use crate::language::Language;
use crate::law::{self, Files};

/// Checks and shows the law.
#[derive(Debug, Args)]
pub struct LawCommand {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Checks that the files fit together.
    Check(Folder),
    /// Runs the cases.
    Test(Folder),
    /// Shows one honour on a day.
    Show(Show),
    /// Asks one number of the law.
    Ask(ask::Ask),
    /// Looks for the ways to an honour, year by year.
    Path(path::PathTo),
    /// Shows how far the law is loaded.
    Coverage(Folder),
}

#[derive(Debug, Args)]
struct Folder {
    /// The folder of the law.
    dir: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Show {
    /// The honour's id.
    award: String,
    /// The day.
    #[arg(long, value_name = "DAY")]
    on: NaiveDate,
    /// A folder of law instead of the built-in one.
    #[arg(long = "law", value_name = "DIR")]
    law_dir: Option<PathBuf>,
}

impl LawCommand {
    /// Does what the verb says.
    pub fn run(self, telling: Telling) -> Result<(), Failure> {
        match self.verb {
            Verb::Check(folder) => check(folder.dir.as_deref(), telling),
            Verb::Test(folder) => test(folder.dir.as_deref(), telling),
            Verb::Show(show) => show.run(telling),
            Verb::Ask(ask) => ask.run(telling),
            Verb::Path(path) => path.run(telling),
            Verb::Coverage(folder) => {
                coverage::print(&load(folder.dir.as_deref(), &Files::new(), telling.lang)?, telling);
                Ok(())
            }
        }
    }
}

/// The files of a folder, or those that the binary carries.
pub fn files(folder: Option<&Path>) -> Result<Files, Failure> {
    folder.map_or_else(|| Ok(law::built_in_files()), law::folder_files)
}

/// The law of a folder, or the built-in one.
pub fn load(folder: Option<&Path>, layers: &Files, language: Language) -> Result<Law, Failure> {
    let files = files(folder)?;
    rules::load::load(&law::pairs(&files), &law::pairs(layers)).map_err(|faults| law::failure(&faults, language))
}

/// A refusal for an honour that the law does not list.
pub fn no_such_award(law: &Law, award: &str, language: Language) -> Failure {
    let ids: Vec<&str> = law.awards.iter().map(|known| known.id.as_str()).collect();
    let failure = Failure::new(Fault::Input, "cli-law-award")
        .word("award", award)
        .at(Place { path: Some("award".into()), ..Place::default() });
    match rules::reader::nearest(award, &ids) {
        Some(near) => failure.hint_said(language.text_with("cli-law-near", &[("award", &near)])),
        None => failure.hint("cli-law-list"),
    }
}

fn check(folder: Option<&Path>, telling: Telling) -> Result<(), Failure> {
    let files = files(folder)?;
    let law = match rules::load::load(&law::pairs(&files), &[]) {
        Ok(law) => law,
        Err(faults) => {
            // All faults but the first stand before the failure itself.
            for fault in faults.iter().skip(1).filter(|_| telling.format == Format::Text) {
                eprintln!("{}:{}: {}", fault.file, fault.line, telling.lang.pick(&fault.message));
            }
            return Err(law::failure(&faults, telling.lang));
        }
    };
    let cases = rules::cases::read(&law::pairs(&files)).map_err(|faults| law::failure(&faults, telling.lang))?;
    rules::path::case::read(&law::pairs(&files)).map_err(|faults| law::failure(&faults, telling.lang))?;
    let standards = law.awards.iter().map(|award| award.standards.len()).sum::<usize>();
    let words = [law.awards.len(), standards, law.documents.len(), cases.len()].map(|count| count.to_string());
    let line = telling.lang.text_with(
        "cli-law-checked",
        &[("awards", &words[0]), ("standards", &words[1]), ("documents", &words[2]), ("cases", &words[3])],
    );
    telling.say(
        &line,
        &json!({"awards": law.awards.len(), "standards": standards, "documents": law.documents.len(), "cases": cases.len()}),
    );
    Ok(())
}

fn test(folder: Option<&Path>, telling: Telling) -> Result<(), Failure> {
    let files = files(folder)?;
    let law = load(folder, &Files::new(), telling.lang)?;
    let refused = |faults: Vec<rules::reader::Fault>| law::failure(&faults, telling.lang);
    let cases = rules::cases::read(&law::pairs(&files)).map_err(refused)?;
    let paths = rules::path::case::read(&law::pairs(&files)).map_err(refused)?;
    let mut failed: Vec<Value> = Vec::new();
    let mut tell = |file: &str, line: usize, name: &str, differences: &[Words]| {
        if differences.is_empty() {
            return;
        }
        if telling.format == Format::Text {
            say!("{file}:{line}: {name}");
            differences.iter().for_each(|difference| say!("    {}", telling.lang.pick(difference)));
        }
        failed.push(json!({"file": file, "line": line, "name": name, "differences": differences}));
    };
    for case in &cases {
        tell(&case.file, case.line, &case.name, &rules::cases::run(&law, case).differences);
    }
    for case in &paths {
        tell(&case.file, case.line, &case.name, &rules::path::case::run(&law, case).differences);
    }
    let (passed, failures) = (cases.len() + paths.len() - failed.len(), failed.len());
    let words = [passed, failures].map(|count| count.to_string());
    let line = telling.lang.text_with("cli-law-tested", &[("passed", &words[0]), ("failed", &words[1])]);
    telling.say(&line, &json!({"passed": passed, "failed": failed}));
    match failures {
        0 => Ok(()),
        _ => Err(Failure::new(Fault::Verification, "cli-law-cases").word("failed", &words[1])),
    }
}

impl Show {
    fn run(self, telling: Telling) -> Result<(), Failure> {
        let law = load(self.law_dir.as_deref(), &Files::new(), telling.lang)?;
        let Some(award) = law.award(&self.award) else {
            return Err(no_such_award(&law, &self.award, telling.lang));
        };
        match telling.format {
            Format::Json => say!("{}", described(&law, award, self.on)),
            Format::Text => print(&law, award, self.on, telling.lang),
        }
        Ok(())
    }
}

/// One honour on a day as JSON.
fn described(law: &Law, award: &Award, on: NaiveDate) -> Value {
    let said = |row: &Row<Words>| json!({"words": row.value, "source": row.source, "mark": row.mark});
    let bonus = |subject| rules::bonus::amount(law, &award.id, on, subject);
    let standards = award.standards.iter().filter(|standard| standard.touches(on));
    json!({
        "award": award.id,
        "on": on,
        "name": award.name(on),
        "class": award.class,
        "level": award.level,
        "decided_by": rows_on(&award.decided_by, on).map(said).collect::<Vec<_>>(),
        "bonus": award.subjects.iter().map(|subject| json!({"subject": subject, "amount": bonus(*subject)})).collect::<Vec<_>>(),
        "votes": rows_on(&award.votes, on).map(|row| json!({"percent": row.value.percent, "ballot": row.value.ballot, "source": row.source, "mark": row.mark})).collect::<Vec<_>>(),
        "quotas": ceilings(award, on).into_iter().map(|row| json!({"percent": row.value.percent, "base": row.value.base_words, "source": row.source, "mark": row.mark})).collect::<Vec<_>>(),
        "papers": rows_on(&award.papers, on).map(said).collect::<Vec<_>>(),
        "standards": standards.map(|standard| described_standard(law, award, standard, on)).collect::<Vec<_>>(),
    })
}

fn described_standard(law: &Law, award: &Award, standard: &Standard, on: NaiveDate) -> Value {
    let leaf = |leaf: &Leaf| {
        let value = leaf.on(on)?;
        Some(json!({
            "id": format!("{}/{}/{}", award.id, standard.id, leaf.id),
            "role": leaf.role,
            "words": leaf_words(law, leaf, on),
            "source": value.source,
            "mark": value.mark,
            "layer": value.layer,
        }))
    };
    json!({
        "id": format!("{}/{}", award.id, standard.id),
        "kind": standard.kind,
        "subjects": standard.subjects,
        "from": standard.from,
        "until": standard.until,
        "name": standard.name,
        "tree": standard.tree,
        "conditions": standard.in_order().into_iter().filter_map(leaf).collect::<Vec<_>>(),
    })
}

/// What a leaf asks on a day, in words.
fn leaf_words(law: &Law, leaf: &Leaf, on: NaiveDate) -> Words {
    leaf.on(on)
        .map_or_else(Words::default, |value| value.words.clone().unwrap_or_else(|| value.condition.words(law, on)))
}

fn print(law: &Law, award: &Award, on: NaiveDate, language: Language) {
    say!("{} — {}", language.pick(&award.name(on)), language.day(on));
    for row in rows_on(&award.decided_by, on) {
        say!("{}: {}{}", language.text("cli-law-decides"), language.pick(&row.value), doubt(row.mark, language));
    }
    for subject in &award.subjects {
        if let Some(amount) = rules::bonus::amount(law, &award.id, on, *subject) {
            say!("{}: {}", language.text("cli-law-bonus"), language.money(amount.dong as i64));
        }
    }
    for standard in award.standards.iter().filter(|standard| standard.touches(on)) {
        say!("\n{}", language.pick(&standard.name));
        print_node(law, standard, &standard.tree, on, language, 1);
    }
}

fn print_node(law: &Law, standard: &Standard, node: &Node, on: NaiveDate, language: Language, depth: usize) {
    let indent = "  ".repeat(depth);
    let (lead, nodes): (&str, &[Node]) = match node {
        Node::All(nodes) => ("cli-law-all", nodes),
        Node::Any(nodes) => ("cli-law-any", nodes),
        Node::Not(inner) => ("cli-law-not", std::slice::from_ref(inner.as_ref())),
        Node::Leaf(id) => {
            let leaf = &standard.leaves[id];
            let mark = leaf.on(on).map_or(Mark::Never, |value| value.mark);
            let source = leaf.on(on).map(|value| crate::citation::cite(law, &value.source, language));
            let words = leaf_words(law, leaf, on);
            say!("{indent}- {} ({}){}", language.pick(&words), source.unwrap_or_default(), doubt(mark, language));
            return;
        }
    };
    say!("{indent}{}", language.text(lead));
    nodes.iter().for_each(|node| print_node(law, standard, node, on, language, depth + 1));
}

fn doubt(mark: Mark, language: Language) -> String {
    match mark {
        Mark::Verified => String::new(),
        other => format!(" [{}]", language.pick(&other.words())),
    }
}
