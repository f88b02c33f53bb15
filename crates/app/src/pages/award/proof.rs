//! The worked examples of an honour, run against the loaded law when the page is asked for.

use askama::Template;
use rules::ask::Verdict;
use rules::cases::{self, Case};
use rules::law::{Award, Law};
use rules::words;

use crate::error::Error;
use crate::frame::Frame;
use crate::law;

#[derive(Template)]
#[template(path = "award/proof.html")]
struct Proof<'f> {
    frame: &'f Frame,
    saying: String,
    cases: Vec<Proven>,
}

/// A case with what it came to.
struct Proven {
    name: String,
    asked: String,
    expected: String,
    differences: Vec<String>,
}

/// The cases of the honour as a part of the page.
pub fn render(award: &Award, frame: &Frame) -> Result<String, Error> {
    let name = format!("cases/{}.toml", award.id);
    let files = law::built_in_files();
    let own: Vec<(&str, &str)> = law::pairs(&files).into_iter().filter(|(file, _)| *file == name).collect();
    let cases = cases::read(&own).map_err(|faults| Error::Internal(format!("{name}: {faults:?}")))?;
    // The nation's cases prove the nation's law; those of a regulation stand with it.
    let nation = law::built_in();
    let proven: Vec<Proven> = cases.iter().map(|case| proven(&nation, case, frame)).collect();
    let held = proven.iter().filter(|case| case.differences.is_empty()).count();
    let saying = frame.t2("award-cases-held", "held", held, "all", proven.len());
    Ok(Proof { frame, saying, cases: proven }.render()?)
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
