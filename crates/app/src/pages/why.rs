//! Why a subject can or cannot be given an honour on a day: one sentence, then the tree of conditions with its records.

pub mod file;
mod records;
mod subject;
mod tree;

use askama::Template;
use askama::filters::Safe;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use rules::answer::{Answer as Found, Left, StandardFinding};
use rules::ask::Verdict;
use rules::explain::explain;
use rules::facts::{Day, Kind, Subject};
use rules::law::{Award, Law, Source};
use rules::{regime, words};
use uuid::Uuid;

use crate::catalogue::{self, KINDS};
use crate::citation::{self, cite};
use crate::error::Error;
use crate::field::{self, Field};
use crate::frame::Frame;
use crate::print::{self, Format, Way};
use crate::query;
use crate::visit::{Answer, Visit};

use self::subject::Asked;

/// Trees are drawn until so many bytes; the standards after that are named with the way to each.
const LIGHT: usize = 20_000;

#[derive(Template)]
#[template(path = "why.html")]
struct WhyPage {
    frame: Frame,
    files: Vec<Way>,
    subject: subject::Shown,
    award: String,
    award_href: String,
    path_href: String,
    form: Form,
    kinds: Vec<Choice>,
    answer: Option<Told>,
}

struct Choice {
    value: &'static str,
    label: String,
    chosen: bool,
}

/// The question as it was put: the day of consideration, the day of receipt, the kind of commendation.
struct Form {
    day: Field,
    received: Field,
    kind: Field,
}

/// The question as it was read.
#[derive(Clone, Copy)]
struct Question {
    on: Day,
    received: Option<Day>,
    kind: Option<Kind>,
}

/// The answer in words.
struct Told {
    facts: Vec<(String, String)>,
    summary: String,
    /// `met`, `not-met` or `unknown`; unknown wherever the law of the day is not loaded.
    verdict: &'static str,
    provisional: bool,
    notes: Vec<String>,
    standards: Vec<Standard>,
    others: Vec<Other>,
    left: Vec<LeftOver>,
}

/// A standard with its tree.
struct Standard {
    name: String,
    verdict: &'static str,
    word: String,
    earliest: Option<String>,
    tree: Safe<String>,
}

/// A standard that is not drawn.
struct Other {
    name: String,
    word: String,
    href: String,
}

/// What the council weighs.
struct LeftOver {
    words: String,
    cite: String,
    unverified: bool,
}

/// `GET /can-cu/ca-nhan/{id}/{award}`.
pub async fn person(visit: Visit, path: Result<Path<(Uuid, String)>, PathRejection>) -> Answer {
    let Path((id, award)) = path?;
    show(visit, Subject::CaNhan, id, &award).await
}

/// `GET /can-cu/tap-the/{id}/{award}`.
pub async fn collective(visit: Visit, path: Result<Path<(Uuid, String)>, PathRejection>) -> Answer {
    let Path((id, award)) = path?;
    show(visit, Subject::TapThe, id, &award).await
}

async fn show(visit: Visit, kind: Subject, id: Uuid, award_id: &str) -> Answer {
    let asked = subject::find(&visit, kind, id).await?;
    let law = asked.law.clone();
    let Some(award) = law.award(award_id) else { return catalogue::no_such_award(&visit, award_id) };
    let name = visit.language.pick(&award.name(visit.day)).to_owned();
    let kind = asked.kind;
    if !award.subjects.contains(&kind) {
        let subject = visit.t(catalogue::subject_key(kind)).to_lowercase();
        let words = visit.language.text_with("why-wrong-subject", &[("award", &name), ("subject", &subject)]);
        return Err(Error::Invalid(words));
    }
    let mut form = Form::asked(&visit);
    let question = form.question(&visit);
    let frame = visit.frame(visit.language.text_with("why-title", &[("award", &name)]));
    let frame = asked.crumbs(frame);
    let answer = question.map(|question| told(&law, award, &asked, question, &frame, &visit)).transpose()?;
    let status = if answer.is_some() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let files = if answer.is_some() { print::ways(&visit, &Format::PAPER) } else { Vec::new() };
    let page = WhyPage {
        files,
        subject: asked.shown(&frame),
        award: name,
        award_href: catalogue::address(&frame, &award.id),
        path_href: frame.href(&visit.path.replacen("/can-cu/", "/duong-di/", 1)),
        kinds: kinds(award, kind, &form, &frame),
        form,
        answer,
        frame,
    };
    visit.page_as(status, &page)
}

impl Form {
    fn asked(visit: &Visit) -> Self {
        let field = |name| Field::asked(visit, name);
        let mut form = Self { day: field("ngay"), received: field("nhan"), kind: field("loai") };
        if form.day.typed.is_empty() {
            form.day.typed = visit.day.to_string();
        }
        form
    }

    /// What is asked; nothing where a field cannot be read.
    fn question(&mut self, visit: &Visit) -> Option<Question> {
        let language = visit.language;
        // The frame reads the same field, so a day that it could not read is none.
        let on = self.day.read(language, "why-wrong-day", |typed| field::day(typed).filter(|day| *day == visit.day));
        let received = self.received.read(language, "why-wrong-day", field::day);
        let kind = self.kind.read(language, "why-wrong-kind", |typed| {
            KINDS.into_iter().find(|(word, _)| *word == typed).map(|(_, kind)| kind)
        });
        if received.zip(on).is_some_and(|(received, on)| received > on) {
            self.received.wrong = visit.t("why-wrong-order");
        }
        let wrong = [&self.day, &self.received, &self.kind].iter().any(|field| !field.wrong.is_empty());
        on.filter(|_| !wrong).map(|on| Question { on, received, kind })
    }
}

/// The kinds of commendation that the honour's standards know for this kind of subject.
fn kinds(award: &Award, subject: Subject, form: &Form, frame: &Frame) -> Vec<Choice> {
    let known = |kind: Kind| {
        award.standards.iter().any(|standard| standard.kind == Some(kind) && standard.subjects.contains(&subject))
    };
    let choice = |(value, kind): (&'static str, Kind)| Choice {
        value,
        label: frame.language.pick(&words::kind(kind)).to_owned(),
        chosen: form.kind.typed == value,
    };
    KINDS.into_iter().filter(|(_, kind)| known(*kind)).map(choice).collect()
}

/// Asks the law and says what it answers.
fn told(
    law: &Law,
    award: &Award,
    asked: &Asked,
    question: Question,
    frame: &Frame,
    visit: &Visit,
) -> Result<Told, Error> {
    let Question { on, received, kind } = question;
    let language = frame.language;
    let found = explain(law, &award.id, &asked.known.facts, on, received, kind)
        .map_err(|refusal| Error::Invalid(language.pick(&refusal.words()).to_owned()))?;
    let (standards, others) = standards(law, &found, asked, frame, visit)?;
    Ok(Told {
        facts: facts(law, question, frame),
        summary: language.pick(&found.summary).to_owned(),
        verdict: if found.provisional.is_some() { "unknown" } else { verdict_word(found.verdict) },
        provisional: found.provisional.is_some(),
        notes: notes(law, &found, frame),
        standards,
        others,
        left: found.left_to_council.iter().map(|left| left_over(law, left, frame)).collect(),
    })
}

/// The days and the kind asked for, and the law that a transition keeps.
fn facts(law: &Law, question: Question, frame: &Frame) -> Vec<(String, String)> {
    let Question { on, received, kind } = question;
    let language = frame.language;
    let mut facts = vec![(frame.t("why-on").into_owned(), language.day(on))];
    facts.extend(received.map(|day| (frame.t("why-received").into_owned(), language.day(day))));
    facts.extend(kind.map(|kind| (frame.t("why-kind").into_owned(), language.pick(&words::kind(kind)).to_owned())));
    let regime = regime::choose(law, on, received.unwrap_or(on));
    if regime.day != on {
        facts.push((frame.t("why-regime").into_owned(), frame.t1("why-regime-day", "day", language.day(regime.day))));
    }
    facts
}

/// What a reader must know beside the sentence: texts not loaded, what the earliest day supposes.
fn notes(law: &Law, found: &Found, frame: &Frame) -> Vec<String> {
    let language = frame.language;
    let mut notes = Vec::new();
    // An alternative that waits for a text is no concern of who has met another.
    let open = found.verdict == Verdict::Unknown;
    let findings = || found.standards.iter().filter(|_| open).flat_map(|standard| &standard.conditions);
    let mut texts: Vec<&str> =
        findings().flat_map(|finding| &finding.missing).filter_map(|missing| missing.text.as_deref()).collect();
    texts.sort_unstable();
    texts.dedup();
    for text in texts {
        let count = findings()
            .filter(|finding| finding.missing.iter().any(|missing| missing.text.as_deref() == Some(text)))
            .count();
        notes.push(frame.t2("why-waiting", "count", count, "text", citation::text(law, text, language)));
    }
    if let Some(day) = found.earliest_under {
        notes.push(frame.t1("why-earliest-under", "day", language.day(day)));
    }
    notes
}

/// The standards with their trees, the one asked for or the nearest first; those that are too many are named only.
fn standards(
    law: &Law,
    found: &Found,
    asked: &Asked,
    frame: &Frame,
    visit: &Visit,
) -> Result<(Vec<Standard>, Vec<Other>), Error> {
    let wanted = visit.asked("tieu-chuan").and_then(|place| place.parse::<usize>().ok());
    let wanted = wanted.and_then(|place| found.standards.get(place.checked_sub(1)?)).or(found.nearest());
    let first =
        |(_, standard): &(usize, &StandardFinding)| wanted.is_some_and(|wanted| std::ptr::eq(wanted, *standard));
    let (mut order, rest): (Vec<_>, Vec<_>) = found.standards.iter().enumerate().partition(first);
    order.extend(rest);
    let book = asked.book(law, frame);
    let (mut drawn, mut others, mut bytes) = (Vec::new(), Vec::new(), 0);
    for (place, standard) in order {
        let (verdict, word) = tree::word(standard.verdict, standard.provisional, None, frame);
        let name = frame.language.pick(&standard.name).to_owned();
        if bytes > LIGHT {
            others.push(Other { name, word, href: standard_href(visit, place + 1) });
            continue;
        }
        let tree = tree::render(law, standard, &book, frame)?;
        bytes += tree.len();
        let earliest = standard.earliest.map(|day| frame.t1("why-earliest", "day", frame.language.day(day)));
        drawn.push(Standard { name, verdict, word, earliest, tree: Safe(tree) });
    }
    Ok((drawn, others))
}

/// This page with another standard drawn first.
fn standard_href(visit: &Visit, place: usize) -> String {
    let place = place.to_string();
    let kept = visit.query.iter().filter(|(name, _)| name != "tieu-chuan");
    let pairs = kept.map(|(name, value)| (name.as_str(), value.as_str())).chain([("tieu-chuan", place.as_str())]);
    query::address(&visit.path, &pairs.collect::<Vec<_>>())
}

fn left_over(law: &Law, left: &Left, frame: &Frame) -> LeftOver {
    let source: &Source = &left.source;
    LeftOver {
        words: frame.language.pick(&left.words).to_owned(),
        cite: cite(law, source, frame.language),
        unverified: !left.verified,
    }
}

/// The verdict as the style sheet and the macro name it.
fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::NotMet => "not-met",
        Verdict::Unknown => "unknown",
    }
}
