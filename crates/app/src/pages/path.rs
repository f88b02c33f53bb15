//! The way to an honour: what it takes year by year, the soonest way and the less demanding ones, as picture and table.

use std::collections::HashSet;

use askama::Template;
use axum::extract::Path as Address;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use rules::ask::{Verdict, title_day};
use rules::facts::{Day, Facts, Subject};
use rules::law::Law;
use rules::path::moves::Move;
use rules::path::{Depends, Options, Path, Step, Way, find};
use rules::words::capital;
use store::members::LAST_DAY;
use store::{people, units};
use uuid::Uuid;

use crate::catalogue;
use crate::citation::{self, cite};
use crate::error::Error;
use crate::field::{self, Field};
use crate::figures::way::{Mark, Picture, Row, State, sample};
use crate::frame::Frame;
use crate::language::Language;
use crate::query;
use crate::subject::HOUSEHOLDS;
use crate::visit::{Answer, Visit};
use crate::ways;

/// How many records a page looks at, so that it answers within a second.
const LIMIT: usize = 40_000;
/// Ways are drawn until so many bytes; the others are named with the way to each.
const LIGHT: usize = 6_000;
/// How many years of the past a picture begins with.
const PAST: i32 = 8;

#[derive(Template)]
#[template(path = "path.html")]
struct PathPage {
    frame: Frame,
    name: String,
    subject_href: String,
    award: String,
    award_href: String,
    why_href: String,
    day: Field,
    years: Field,
    answer: Option<Told>,
}

/// The ways in words.
struct Told {
    sentence: String,
    /// `met`, `not-met` or `unknown`, where the end of the soonest way is already reached or hangs on a text.
    verdict: &'static str,
    notes: Vec<String>,
    legend: Vec<(String, String)>,
    ways: Vec<Shown>,
    others: Vec<Other>,
    occasions: Vec<String>,
}

/// A way that is not drawn.
struct Other {
    title: String,
    demand: String,
    href: String,
}

/// One way.
struct Shown {
    title: String,
    demand: String,
    caption: String,
    picture: String,
    steps: Vec<Line>,
    open_head: String,
    open: Vec<(String, String)>,
}

/// One step.
struct Line {
    year: String,
    words: String,
    depends: String,
    state: String,
    serves: Vec<Condition>,
    left: Vec<(String, String)>,
}

/// A condition that a step serves.
struct Condition {
    words: String,
    cite: String,
    unverified: bool,
}

/// Whose way is looked for.
struct Asked {
    name: String,
    path: String,
    why: String,
    facts: Facts,
}

/// `GET /duong-di/ca-nhan/{id}/{award}`.
pub async fn person(visit: Visit, path: Result<Address<(Uuid, String)>, PathRejection>) -> Answer {
    let Address((id, award)) = path?;
    show(visit, Subject::CaNhan, id, &award).await
}

/// `GET /duong-di/tap-the/{id}/{award}`.
pub async fn collective(visit: Visit, path: Result<Address<(Uuid, String)>, PathRejection>) -> Answer {
    let Address((id, award)) = path?;
    show(visit, Subject::TapThe, id, &award).await
}

async fn show(visit: Visit, kind: Subject, id: Uuid, award_id: &str) -> Answer {
    let law = visit.app.law.clone();
    let Some(award) = law.award(award_id) else { return catalogue::no_such_award(&visit, award_id) };
    let name = visit.language.pick(&award.name(visit.day)).to_owned();
    let asked = subject(&visit, kind, id).await?;
    let kind = asked.facts.subject;
    if !award.subjects.contains(&kind) {
        let subject = visit.t(catalogue::subject_key(kind)).to_lowercase();
        let words = visit.language.text_with("why-wrong-subject", &[("award", &name), ("subject", &subject)]);
        return Err(Error::Invalid(words));
    }
    let (mut day, mut years) = (Field::asked(&visit, "ngay"), Field::asked(&visit, "nam"));
    if day.typed.is_empty() {
        day.typed = visit.day.to_string();
    }
    if years.typed.is_empty() {
        years.typed = Options::default().years.to_string();
    }
    let on = day.read(visit.language, "why-wrong-day", |typed| field::day(typed).filter(|day| *day == visit.day));
    let ahead = years.read(visit.language, "path-wrong-years", |typed| {
        typed.parse().ok().filter(|years| (1..=rules::path::LONGEST).contains(years))
    });
    let frame = visit.frame(visit.language.text_with("path-title", &[("award", &name)]));
    let (title, list) = match kind {
        Subject::TapThe => ("why-collectives", "/tap-the"),
        Subject::CaNhan => ("why-people", "/ca-nhan"),
        Subject::HoGiaDinh => ("households-title", HOUSEHOLDS),
    };
    let title = frame.t(title).into_owned();
    let frame = frame.crumb(title, list).crumb(asked.name.clone(), asked.path.clone());
    let wanted = visit.asked("cach").and_then(|place| place.parse().ok()).unwrap_or(1);
    let answer = on.zip(ahead).map(|(on, years)| told(&law, &award.id, &asked, on, years, wanted, &frame));
    let answer = answer.transpose()?;
    let status = if answer.is_some() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = PathPage {
        name: asked.name.clone(),
        subject_href: frame.href(&asked.path),
        award: name,
        award_href: catalogue::address(&frame, &award.id),
        why_href: frame.href(&format!("{}/{}", asked.why, award.id)),
        day,
        years,
        answer,
        frame,
    };
    visit.page_as(status, &page)
}

/// The subject with its facts; an error where there is none or the viewer may not see it.
async fn subject(visit: &Visit, kind: Subject, id: Uuid) -> Result<Asked, Error> {
    let (store, viewer, day) = (&visit.app.store, &visit.signed_in()?.viewer, visit.day);
    match kind {
        Subject::TapThe => {
            let unit = units::one(store, viewer, id, day).await?.ok_or(Error::NotFound)?;
            let known = units::facts(store, viewer, id, day, LAST_DAY).await?.ok_or(Error::NotFound)?;
            let named = unit.on_day.as_ref().or(unit.names.last());
            let name = named.map(|unit| unit.name.clone()).unwrap_or_default();
            Ok(Asked { name, path: format!("/tap-the/{id}"), why: format!("/can-cu/tap-the/{id}"), facts: known.facts })
        }
        Subject::CaNhan | Subject::HoGiaDinh => {
            let person = people::one(store, viewer, id, day).await?.ok_or(Error::NotFound)?;
            let known = people::facts(store, viewer, id, day).await?.ok_or(Error::NotFound)?;
            Ok(Asked {
                name: person.full_name,
                path: format!("/ca-nhan/{id}"),
                why: format!("/can-cu/ca-nhan/{id}"),
                facts: known.facts,
            })
        }
    }
}

/// Looks for the ways and says what they are.
fn told(
    law: &Law,
    award: &str,
    asked: &Asked,
    on: Day,
    years: u32,
    wanted: usize,
    frame: &Frame,
) -> Result<Told, Error> {
    let language = frame.language;
    let options = Options { years, limit: LIMIT, ..Options::default() };
    let path = find(law, award, &asked.facts, on, &options)
        .map_err(|refusal| Error::Invalid(language.pick(&refusal.words()).to_owned()))?;
    let soonest = path.ways.first();
    let verdict = match soonest {
        Some(_) if path.suffices => "met",
        Some(way) if way.verdict == Verdict::Unknown || way.day == on => "unknown",
        Some(_) => "not-met",
        None => "",
    };
    let (ways, others) = drawn(law, &path, asked, wanted, frame);
    let states = [(State::Past, "path-past"), (State::Own, "path-own-work"), (State::Council, "path-council")];
    Ok(Told {
        sentence: ways::sentence(law, &path, language),
        verdict,
        notes: ways::notes(law, &path, language),
        legend: states.into_iter().map(|(state, key)| (sample(state), frame.t(key).into_owned())).collect(),
        ways,
        others,
        occasions: path.occasions.iter().map(|occasion| language.pick(&occasion.name).to_owned()).collect(),
    })
}

/// The way asked for or the soonest, then others as long as the page stays light; those that are too many are named.
fn drawn(law: &Law, path: &Path, asked: &Asked, wanted: usize, frame: &Frame) -> (Vec<Shown>, Vec<Other>) {
    let mut order: Vec<usize> = (0..path.ways.len()).collect();
    order.sort_by_key(|place| (*place + 1 != wanted, *place));
    let (mut ways, mut others, mut bytes) = (Vec::new(), Vec::new(), 0);
    for place in order {
        let way = &path.ways[place];
        if bytes > LIGHT {
            let kept = frame.query.iter().filter(|(name, _)| name != "cach");
            let number = (place + 1).to_string();
            let pairs = kept.map(|(name, value)| (name.as_str(), value.as_str())).chain([("cach", number.as_str())]);
            others.push(Other {
                title: ways::title(path, way, frame.language),
                demand: ways::demand(&way.demand, frame.language),
                href: query::address(&frame.path, &pairs.collect::<Vec<_>>()),
            });
            continue;
        }
        let shown = shown(law, path, way, &asked.facts, frame);
        bytes += shown.picture.len() + shown.steps.iter().map(Line::weight).sum::<usize>();
        ways.push(shown);
    }
    (ways, others)
}

impl Line {
    fn weight(&self) -> usize {
        let served = self.serves.iter().map(|served| served.words.len() + served.cite.len()).sum::<usize>();
        let left = self.left.iter().map(|(words, cite)| words.len() + cite.len()).sum::<usize>();
        self.words.len() + served + left + 300
    }
}

fn shown(law: &Law, path: &Path, way: &Way, facts: &Facts, frame: &Frame) -> Shown {
    let language = frame.language;
    let title = ways::title(path, way, language);
    let open = way.open.iter().map(|open| {
        let missing = open.missing.iter().map(|missing| match &missing.text {
            Some(text) => citation::text(law, text, language),
            None => capital(language.pick(&missing.what)),
        });
        (language.pick(&open.words).to_owned(), missing.collect::<Vec<_>>().join("; "))
    });
    let open_head = if way.verdict == Verdict::Unknown { "path-open-text" } else { "path-open-record" };
    Shown {
        demand: ways::demand(&way.demand, language),
        caption: title.clone(),
        picture: picture(law, path, way, facts, frame, &title).draw(),
        steps: cited_once(way.steps.iter().map(|step| line(law, step, frame)).collect()),
        open_head: frame.t(open_head).into_owned(),
        open: open.collect(),
        title,
    }
}

/// The same steps, each condition cited where it comes first: what ten years serve is not cited ten times.
fn cited_once(mut steps: Vec<Line>) -> Vec<Line> {
    let mut seen = HashSet::new();
    for step in &mut steps {
        let served = step.serves.iter_mut().map(|served| (&served.words, &mut served.cite));
        let left = step.left.iter_mut().map(|(words, cite)| (&*words, cite));
        for (words, cite) in served.chain(left) {
            if !seen.insert((words.clone(), cite.clone())) {
                cite.clear();
            }
        }
    }
    steps
}

fn line(law: &Law, step: &Step, frame: &Frame) -> Line {
    let language = frame.language;
    let (state, key) = match step.depends {
        Depends::OwnWork => (State::Own, "path-own-work"),
        Depends::Council => (State::Council, "path-council"),
    };
    let serves = ways::served(step).into_iter().map(|served| Condition {
        words: language.pick(&served.words).to_owned(),
        cite: cite(law, &served.source, language),
        unverified: !served.verified,
    });
    let left = step.left_to_council.iter();
    Line {
        year: step.year.to_string(),
        words: language.pick(&step.words).to_owned(),
        depends: frame.t(key).into_owned(),
        state: sample(state),
        serves: serves.collect(),
        left: left.map(|left| (language.pick(&left.words).to_owned(), cite(law, &left.source, language))).collect(),
    }
}

/// The rows of the picture, in the order of their keys.
const ROWS: [&str; 5] =
    ["path-row-grades", "path-row-titles", "path-row-initiatives", "path-row-awards", "path-row-others"];

fn picture(law: &Law, path: &Path, way: &Way, facts: &Facts, frame: &Frame, title: &str) -> Picture {
    let language = frame.language;
    let mut rows: Vec<Row> =
        ROWS.iter().map(|key| Row { label: frame.t(key).into_owned(), marks: Vec::new() }).collect();
    let first = chrono::Datelike::year(&path.on);
    let shown = |mark: &Mark| mark.year > first - PAST;
    for (row, mark) in past(law, path.on, facts, language).into_iter().filter(|(_, mark)| shown(mark)) {
        rows[row].marks.push(mark);
    }
    for step in &way.steps {
        let row = match step.what {
            Move::Grade { .. } => 0,
            Move::Title { .. } => 1,
            Move::Initiative { .. } => 2,
            Move::Award { .. } => 3,
            _ => 4,
        };
        let state = if step.depends == Depends::OwnWork { State::Own } else { State::Council };
        rows[row].marks.push(Mark { year: step.year, state, saying: saying(step.year, language.pick(&step.words)) });
    }
    rows.retain(|row| !row.marks.is_empty());
    let planned_from = way.steps.iter().map(|step| step.year).min().unwrap_or(first);
    Picture { saying: frame.t2("path-picture", "way", title, "steps", way.steps.len()), planned_from, rows }
}

fn saying(year: i32, words: &str) -> String {
    format!("{year}: {words}")
}

/// The records of the day as marks, each with its row.
fn past(law: &Law, on: Day, facts: &Facts, language: Language) -> Vec<(usize, Mark)> {
    let mark = |year: i32, words: &str| Mark { year, state: State::Past, saying: saying(year, words) };
    let named = |award: &str, day| language.pick(&law.name(award, day)).to_owned();
    let grades = facts.grades.iter().map(|fact| (0, mark(fact.year, language.pick(&rules::words::grade(fact.grade)))));
    let titles = facts.titles.iter().filter(|fact| title_day(fact) <= on);
    let titles = titles.map(|fact| (1, mark(fact.year, &named(&fact.award, title_day(fact)))));
    let initiatives = facts.initiatives.iter().map(|fact| {
        let scope = rules::words::scope(fact.scope);
        (2, mark(fact.year, &language.text_with("career-initiative-in", &[("scope", &language.pick(&scope))])))
    });
    let awards = facts.awards.iter().filter(|fact| fact.decided <= on);
    let awards = awards.map(|fact| (3, mark(chrono::Datelike::year(&fact.decided), &named(&fact.award, fact.decided))));
    grades.chain(titles).chain(initiatives).chain(awards).collect()
}
