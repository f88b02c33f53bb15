//! What a regulation changes, in words: its rows beside those of the nation, its worked examples, and what is wrong with it.

use rules::ask::Verdict;
use rules::changes::{self, Change, Said, What};
use rules::law::{Award, Law, Principle, Standard, TogetherRule, Value};
use rules::layer::Tier;
use rules::layer_text;
use rules::layers::Tried;
use rules::reader::Fault;
use rules::words::Words;
use store::layers::State;

use crate::catalogue;
use crate::citation::cite;
use crate::frame::Frame;
use crate::language::Language;

/// One row beside what stood in its place.
pub struct Row {
    pub what: String,
    /// The page of the honour; empty where the row is not of one.
    pub href: String,
    pub before: String,
    pub after: String,
    pub days: String,
    pub cite: String,
    /// Whether the shipped edition says something else of the same day.
    pub replaced: bool,
}

/// A worked example with what it came to.
pub struct Example {
    pub name: String,
    pub asked: String,
    pub expected: String,
    pub differences: Vec<String>,
}

/// What is wrong in the text, in which line, and what to write instead.
pub struct Wrong {
    /// Whether it is in the examples.
    pub in_cases: bool,
    pub line: usize,
    pub message: String,
    pub hint: String,
}

/// The rows of a regulation by its code.
pub fn rows(law: &Law, code: &str, frame: &Frame) -> Vec<Row> {
    changes::of(law, code).iter().map(|change| row(law, change, frame)).collect()
}

/// The documents on which a regulation rests, each up to its number.
pub fn sources(content: &str, language: Language) -> Vec<String> {
    let named = |(id, name): (String, Words)| {
        let name = language.pick(&name).to_owned();
        name.find(&id).map_or(name.clone(), |start| name[..start + id.len()].to_owned())
    };
    layer_text::documents(content).into_iter().map(named).collect()
}

/// The examples as they came out.
pub fn examples(tried: &[Tried], frame: &Frame) -> Vec<Example> {
    tried.iter().map(|tried| example(tried, frame)).collect()
}

/// The faults of text and examples.
pub fn faults(faults: &[Fault], frame: &Frame) -> Vec<Wrong> {
    let wrong = |fault: &Fault| Wrong {
        in_cases: fault.file.starts_with("cases/"),
        line: fault.line,
        message: frame.language.pick(&fault.message).to_owned(),
        hint: fault.hint.as_ref().map(|hint| frame.language.pick(hint).to_owned()).unwrap_or_default(),
    };
    faults.iter().map(wrong).collect()
}

/// The key of the word for how far a regulation has come.
pub fn state_key(state: State) -> &'static str {
    match state {
        State::Submitted => "regulation-state-submitted",
        State::Returned => "regulation-state-returned",
        State::Confirmed => "regulation-state-confirmed",
        State::Withdrawn => "regulation-state-withdrawn",
    }
}

/// The key of the word for whose it is.
pub fn tier_key(tier: Tier) -> &'static str {
    match tier {
        Tier::Unit => "regulation-tier-unit",
        Tier::Office => "regulation-tier-office",
        Tier::Nation => "regulation-tier-nation",
    }
}

/// The key of the word for a verdict.
pub fn verdict_key(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "verdict-met",
        Verdict::NotMet => "verdict-not-met",
        Verdict::Unknown => "verdict-unknown",
    }
}

/// The words of a value.
pub fn value_words(law: &Law, value: &Value, frame: &Frame) -> String {
    let words = value.words.clone().unwrap_or_else(|| value.condition.words(law, value.from));
    frame.language.pick(&words).to_owned()
}

fn row(law: &Law, change: &Change<'_>, frame: &Frame) -> Row {
    let (what, award, before, after) = parts(law, change, frame);
    Row {
        what,
        href: award.map(|award| catalogue::address(frame, &award.id)).unwrap_or_default(),
        before,
        after,
        days: catalogue::span(frame.language, change.from, change.until),
        cite: change.source.map(|source| cite(law, source, frame.language)).unwrap_or_default(),
        replaced: change.replaced,
    }
}

/// What the row is of, its honour, what stood before and what it says.
fn parts<'l>(law: &Law, change: &Change<'l>, frame: &Frame) -> (String, Option<&'l Award>, String, String) {
    let language = frame.language;
    let name = |award: &Award| language.pick(&award.name(change.from)).to_owned();
    match &change.what {
        What::Award(award) => (frame.t("regulation-row-award").into_owned(), Some(*award), String::new(), name(award)),
        What::Standard(award, standard) => {
            (name(award), Some(*award), String::new(), standard_words(law, standard, frame))
        }
        What::Value { award, standard, value, before, .. } => {
            let what = format!("{} – {}", name(award), language.pick(&standard.name));
            let before = before.map(|before| value_words(law, before, frame)).unwrap_or_default();
            (what, Some(*award), before, value_words(law, value, frame))
        }
        What::Principle(principle, value) => {
            (reach(law, principle, frame), None, String::new(), value_words(law, value, frame))
        }
        What::Quota { award, quota, before } => {
            let before = before.map(|row| catalogue::quota_words(&row.value, frame)).unwrap_or_default();
            (name(award), Some(*award), before, catalogue::quota_words(quota, frame))
        }
        What::Rounding { dong, before } => {
            let words = |dong: u64| frame.t1("regulation-rounding", "dong", language.money(dong as i64));
            (frame.t("regulation-row-rounding").into_owned(), None, before.map(words).unwrap_or_default(), words(*dong))
        }
        What::Said { award, said, before } => {
            let (table, after) = said_words(said, frame);
            let what = award.map_or(table.clone(), |award| format!("{} – {table}", name(award)));
            let before: Vec<String> = before.iter().map(|said| said_words(said, frame).1).collect();
            (what, *award, before.join("; "), after)
        }
        What::Document(document) => (
            frame.t("regulation-row-document").into_owned(),
            None,
            String::new(),
            language.pick(&document.name).to_owned(),
        ),
    }
}

/// The name of the list in which a row stands, and what the row says.
fn said_words(said: &Said<'_>, frame: &Frame) -> (String, String) {
    let language = frame.language;
    let (table, words) = match said {
        Said::Name(words) => ("award-names", language.pick(words).to_owned()),
        Said::Decider(words) => ("award-deciders", language.pick(words).to_owned()),
        Said::Paper(words) => ("award-papers", language.pick(words).to_owned()),
        Said::Deadline(words) => ("award-deadlines", language.pick(words).to_owned()),
        Said::Vote(vote) => ("award-votes", catalogue::vote_words(vote, frame)),
        Said::Salary(dong) => ("regulation-row-salary", language.money(*dong as i64)),
        Said::Bonus(bonus) => {
            let times = frame.t1("award-times", "times", language.hundredths(bonus.thousandths as i64 / 10));
            let subject = frame.t(catalogue::subject_key(bonus.subject));
            ("law-column-bonus", format!("{subject}: {times}"))
        }
        Said::Together(rule) => {
            let (titles, form) = (frame.t(together_key(rule.titles)), frame.t(together_key(rule.title_and_form)));
            ("regulation-row-together", frame.t2("regulation-together", "titles", titles, "form", form))
        }
    };
    (frame.t(table).into_owned(), words)
}

fn together_key(rule: TogetherRule) -> &'static str {
    match rule {
        TogetherRule::Each => "regulation-together-each",
        TogetherRule::Highest => "regulation-together-highest",
        TogetherRule::Unknown => "regulation-together-unknown",
    }
}

fn standard_words(law: &Law, standard: &Standard, frame: &Frame) -> String {
    let leaves = standard.in_order().into_iter().filter_map(|leaf| leaf.values.first());
    let leaves: Vec<String> = leaves.map(|value| value_words(law, value, frame)).collect();
    format!("{}: {}", frame.language.pick(&standard.name), leaves.join("; "))
}

/// The honours that a further condition binds.
fn reach(law: &Law, principle: &Principle, frame: &Frame) -> String {
    let language = frame.language;
    let awards = &principle.reach.awards;
    let names: Vec<&str> = awards
        .iter()
        .filter_map(|id| law.award(id))
        .map(|award| award.names.last().map_or("", |row| language.pick(&row.value)))
        .collect();
    match names.is_empty() {
        true => frame.t("regulation-reach-many").into_owned(),
        false => names.join(", "),
    }
}

fn example(tried: &Tried, frame: &Frame) -> Example {
    let (case, language) = (&tried.case, frame.language);
    let mut asked = vec![frame.t1("award-case-on", "day", language.day(case.on))];
    asked.extend(case.received.map(|day| frame.t1("award-case-received", "day", language.day(day))));
    let expected = frame.t(verdict_key(case.expect));
    let expected = match case.provisional {
        None => expected.into_owned(),
        Some(provisional) => {
            let provisional = frame.t(verdict_key(provisional)).to_lowercase();
            frame.t2("award-case-provisional", "verdict", expected, "provisional", provisional)
        }
    };
    Example {
        name: case.name.clone(),
        asked: asked.join("; "),
        expected,
        differences: tried.outcome.differences.iter().map(|words| language.pick(words).to_owned()).collect(),
    }
}

/// The name in the head of a text, as far as it can be read.
pub fn name_of(content: &str) -> Option<String> {
    let line = content.lines().take_while(|line| !line.starts_with('[')).find(|line| line.starts_with("vi = "))?;
    let name = line.trim_start_matches("vi = ").trim();
    serde_json::from_str(name).ok()
}
