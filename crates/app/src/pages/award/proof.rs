//! The worked examples of an honour, run against the loaded law when the page is asked for.

use askama::Template;
use rules::ask::Verdict;
use rules::cases::{self, Case};
use rules::law::{Award, Law};
use rules::words;

use crate::error::Error;
use crate::frame::Frame;
use crate::law;

/// How many examples stand on one page.
const LENGTH: usize = 50;

#[derive(Template)]
#[template(path = "award/proof.html")]
struct Proof<'f> {
    frame: &'f Frame,
    saying: String,
    cases: Vec<Proven>,
    /// Which examples of how many, and the ways to those before and after; empty where one page holds them all.
    shown: String,
    before: String,
    after: String,
}

/// A case with what it came to.
struct Proven {
    name: String,
    asked: String,
    expected: String,
    differences: Vec<String>,
}

/// The cases of the honour as a part of the page at `here`, from the one counted `from` on.
pub fn render(award: &Award, frame: &Frame, here: &str, from: Option<&str>) -> Result<String, Error> {
    let name = format!("cases/{}.toml", award.id);
    let files = law::built_in_files();
    let own: Vec<(&str, &str)> = law::pairs(&files).into_iter().filter(|(file, _)| *file == name).collect();
    let cases = cases::read(&own).map_err(|faults| Error::Internal(format!("{name}: {faults:?}")))?;
    // The nation's cases prove the nation's law; those of a regulation stand with it.
    let nation = law::built_in();
    let mut proven: Vec<Proven> = cases.iter().map(|case| proven(&nation, case, frame)).collect();
    let held = proven.iter().filter(|case| case.differences.is_empty()).count();
    let saying = frame.t2("award-cases-held", "held", held, "all", proven.len());
    let total = proven.len();
    let asked = from.and_then(|from| from.parse::<usize>().ok()).unwrap_or(1).clamp(1, total.max(1));
    let begin = (asked - 1) / LENGTH * LENGTH;
    let end = total.min(begin + LENGTH);
    proven = proven.drain(begin..end).collect();
    let way = |begin: usize| frame.href(&format!("{here}&tu={}", begin + 1));
    let before = begin.checked_sub(LENGTH).map(way).unwrap_or_default();
    let after = if end < total { way(end) } else { String::new() };
    let shown = match total > LENGTH {
        true => frame.language.text_with("decision-shown", &[("from", &(begin + 1)), ("to", &end), ("total", &total)]),
        false => String::new(),
    };
    Ok(Proof { frame, saying, cases: proven, shown, before, after }.render()?)
}

fn proven(law: &Law, case: &Case, frame: &Frame) -> Proven {
    let language = frame.language;
    let mut asked = vec![frame.t1("award-case-on", "day", language.day(case.on))];
    asked.extend(case.received.map(|day| frame.t1("award-case-received", "day", language.day(day))));
    asked.extend(case.kind.map(|kind| frame.t1("award-of-kind", "kind", language.pick(&words::kind(kind)))));
    let expected = frame.t(verdict_key(case.expect));
    let expected = match case.provisional {
        None => expected.into_owned(),
        Some(provisional) => frame.t2(
            "award-case-provisional",
            "verdict",
            expected,
            "provisional",
            frame.t(verdict_key(provisional)).to_lowercase(),
        ),
    };
    let outcome = cases::run(law, case);
    Proven {
        name: case.name.clone(),
        asked: asked.join("; "),
        expected,
        differences: outcome.differences.iter().map(|words| language.pick(words).to_owned()).collect(),
    }
}

fn verdict_key(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "verdict-met",
        Verdict::NotMet => "verdict-not-met",
        Verdict::Unknown => "verdict-unknown",
    }
}
