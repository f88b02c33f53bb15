//! `vinhdanh evaluate`: whether one subject meets one honour's standard on a day, and why.

use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;
use rules::answer::{Answer, Finding, StandardFinding};
use rules::ask::Verdict;
use rules::explain::{Refusal, explain};
use rules::facts::{Facts, Kind};
use rules::facts_check::FactsFault;
use rules::law::{Law, Node, Role};

use crate::cli::law::{load, no_such_award};
use crate::cli::{Format, Telling};
use crate::failure::{Failure, Fault, Place};
use crate::language::Language;
use crate::law::{self, Files};

/// Says whether a subject meets an honour's standard, and why.
#[derive(Debug, Args)]
pub struct Evaluate {
    /// The honour's id.
    award: String,
    /// The day of consideration.
    #[arg(long, value_name = "DAY")]
    on: NaiveDate,
    /// The day the dossier was received.
    #[arg(long, value_name = "DAY")]
    received: Option<NaiveDate>,
    /// Only standards of this kind.
    #[arg(long, value_parser = kind)]
    kind: Option<Kind>,
    /// An office's regulation laid over the law.
    #[arg(long, value_name = "FILE")]
    layer: Vec<PathBuf>,
    /// The facts as JSON; `-` reads standard input.
    #[arg(long, value_name = "FILE")]
    facts: PathBuf,
    /// A folder of law instead of the built-in one.
    #[arg(long = "law", value_name = "DIR")]
    law_dir: Option<PathBuf>,
}

/// A kind of commendation by its word.
pub fn kind(word: &str) -> Result<Kind, String> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).map_err(|error| error.to_string())
}

impl Evaluate {
    /// Answers on standard output, whatever the verdict.
    pub fn run(self, telling: Telling) -> Result<(), Failure> {
        let layers = layers(&self.layer)?;
        let law = load(self.law_dir.as_deref(), &layers, telling.lang)?;
        let facts = facts(&law, &self.facts, telling.lang)?;
        let answer =
            explain(&law, &self.award, &facts, self.on, self.received, self.kind).map_err(|refusal| match refusal {
                Refusal::UnknownAward { .. } => no_such_award(&law, &self.award, telling.lang),
                Refusal::WrongSubject { .. } => {
                    Failure::said(Fault::Input, telling.lang.pick(&refusal.words())).at(Place {
                        file: Some(self.facts.display().to_string()),
                        line: None,
                        path: Some("/subject".into()),
                    })
                }
            })?;
        match telling.format {
            Format::Json => {
                let answer = serde_json::to_string(&answer);
                say!("{}", answer.map_err(|error| Failure::said(Fault::Machine, error.to_string()))?);
            }
            Format::Text => print(&law, &answer, telling.lang),
        }
        Ok(())
    }
}

/// The layers of an office in files.
pub fn layers(files: &[PathBuf]) -> Result<Files, Failure> {
    files.iter().map(|path| Ok((path.display().to_string(), law::read(path)?))).collect()
}

/// The facts in a file, or from standard input where its name is `-`.
pub fn facts(law: &Law, file: &Path, language: Language) -> Result<Facts, Failure> {
    let name = file.display().to_string();
    let text = if name == "-" { standard_input()? } else { law::read(file)? };
    rules::facts_check::parse(law, &text).map_err(|fault| refused(&name, &fault, language))
}

fn standard_input() -> Result<String, Failure> {
    let mut text = String::new();
    let read = std::io::stdin().read_to_string(&mut text);
    read.map_err(|error| {
        Failure::new(Fault::Input, "cli-file-unreadable").word("file", "-").word("cause", error.to_string())
    })?;
    Ok(text)
}

fn refused(file: &str, fault: &FactsFault, language: Language) -> Failure {
    let place = Place { file: Some(file.to_owned()), line: fault.line, path: Some(fault.path.clone()) };
    Failure::said(Fault::Input, language.pick(&fault.message)).at(place)
}

fn print(law: &Law, answer: &Answer, language: Language) {
    say!("{} — {}", language.pick(&law.name(&answer.award, answer.on)), language.day(answer.on));
    say!("{}", language.pick(&answer.summary));
    for standard in &answer.standards {
        say!("\n{} {}", sign(standard.provisional.unwrap_or(standard.verdict)), language.pick(&standard.name));
        print_node(law, standard, &standard.tree, language, 1);
    }
    if !answer.left_to_council.is_empty() {
        say!("\n{}:", language.text("cli-evaluate-council"));
        answer.left_to_council.iter().for_each(|left| say!("  ◦ {}", language.pick(&left.words)));
    }
}

fn print_node(law: &Law, standard: &StandardFinding, node: &Node, language: Language, depth: usize) {
    let (lead, nodes): (Option<&str>, &[Node]) = match node {
        Node::All(nodes) if depth == 1 => (None, nodes),
        Node::All(nodes) => (Some("cli-law-all"), nodes),
        Node::Any(nodes) => (Some("cli-law-any"), nodes),
        Node::Not(inner) => (Some("cli-law-not"), std::slice::from_ref(inner.as_ref())),
        Node::Leaf(id) => {
            if let Some(finding) = standard.conditions.iter().find(|finding| finding.leaf() == id) {
                print_finding(law, finding, language, depth);
            }
            return;
        }
    };
    if let Some(lead) = lead {
        say!("{}{}", "  ".repeat(depth), language.text(lead));
    }
    nodes.iter().for_each(|node| print_node(law, standard, node, language, depth + 1));
}

fn print_finding(law: &Law, finding: &Finding, language: Language, depth: usize) {
    if finding.role == Role::Judgement {
        return;
    }
    let indent = "  ".repeat(depth);
    let cited = crate::citation::cite(law, &finding.source, language);
    say!("{indent}{} {} ({cited})", sign(finding.verdict), language.pick(&finding.words));
    let decisions: Vec<&str> = finding.records.iter().filter_map(|record| record.decision.as_deref()).collect();
    if !decisions.is_empty() {
        say!("{indent}    {}: {}", language.text("cli-evaluate-records"), decisions.join("; "));
    }
    for missing in &finding.missing {
        say!("{indent}    {}", language.pick(&missing.what));
    }
}

/// The sign of a verdict in lines for a person.
pub fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "✓",
        Verdict::NotMet => "✗",
        Verdict::Unknown => "?",
    }
}
