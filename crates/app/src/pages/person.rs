//! One person: the career strip, what is within reach, the honours with their decisions, and who entered what.

pub mod file;

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use chrono::Datelike;
use rules::facts::Day;
use store::access;
use store::people::{self, Change, Membership, Person};
use uuid::Uuid;

use crate::cards::{self, Cards};
use crate::career::{self, Whose};
use crate::clock::day_of;
use crate::error::Error;
use crate::figures::career_strip::Drawn;
use crate::frame::Frame;
use crate::honours::{self, Honours};
use crate::language::Language;
use crate::print::{self, Format, Way};
use crate::subject::HOUSEHOLDS;
use crate::visit::{Answer, Visit};
use crate::wording;

#[derive(Template)]
#[template(path = "person.html")]
struct PersonPage {
    frame: Frame,
    files: Vec<Way>,
    facts: Vec<(&'static str, String)>,
    /// The unit of the day with its address, where the person works in one.
    unit: Option<(String, String)>,
    quotation: Option<String>,
    fictitious: bool,
    household: bool,
    strip: Option<Drawn>,
    cards: Cards,
    honours: Honours,
    initiatives: Vec<Recognised>,
    more_initiatives: usize,
    changes: Vec<Entry>,
    /// The page of the person, and whether the viewer enters records.
    base: String,
    writes: bool,
}

/// One initiative or subject of research.
struct Recognised {
    name: String,
    sort: String,
    scope: String,
    year: i32,
    /// Its decision with the day; empty while nobody has recognised it.
    decision: String,
}

/// Initiatives on the page before the rest is asked for.
const INITIATIVES: usize = 3;

/// What one step entered.
struct Entry {
    day: String,
    actor: String,
    why: String,
    what: String,
}

/// `GET /ca-nhan/{id}`.
pub async fn show(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    let Path(id) = id?;
    let (viewer, store, day) = (&visit.signed_in()?.viewer, &visit.app.store, visit.day);
    let (person, known) = people::one_with_facts(store, viewer, id, day).await?.ok_or(Error::NotFound)?;
    let changes = people::history(store, viewer, id, day).await?;
    let (title, list) = match person.household {
        Some(_) => ("households-title", HOUSEHOLDS),
        None => ("people-title", "/ca-nhan"),
    };
    let frame = visit.frame(person.full_name.clone()).crumb(visit.t(title), list);
    let law = &visit.app.law_for(&person.reviewed_in(day), day).await?;
    let strip = career::strip(law, &person.records, Whose::Person, &frame, day);
    let all = visit.asked("tat-ca").is_some();
    let every_honour = visit.asked("khen-thuong").is_some();
    let mut initiatives = initiatives(&visit, visit.language, &person);
    let shown = if every_honour { initiatives.len() } else { initiatives.len().min(INITIATIVES) };
    let more_initiatives = initiatives.split_off(shown).len();
    visit.page(&PersonPage {
        files: print::ways(&visit, &Format::ALL),
        cards: cards::of(law, &known.facts, day, &frame, &format!("/can-cu/ca-nhan/{id}"), all),
        strip: (!strip.is_empty()).then(|| strip.draw()),
        honours: honours::of(law, &person.records.conferrals, day, &frame, every_honour),
        initiatives,
        more_initiatives,
        changes: entries(&visit, &changes),
        base: format!("/ca-nhan/{id}"),
        writes: access::writes(viewer, "grade"),
        facts: facts(&visit, visit.language, &person),
        unit: membership(&person, day)
            .map(|stay| (stay.unit_name.clone(), frame.href(&format!("/tap-the/{}", stay.unit)))),
        quotation: person.quotation,
        fictitious: person.fictitious,
        household: person.household.is_some(),
        frame,
    })
}

fn membership(person: &Person, day: Day) -> Option<&Membership> {
    person.memberships.iter().find(|stay| stay.from <= day && stay.to.is_none_or(|to| to >= day))
}

/// What stands under the name: keys and values, personal data only for those who may see it.
fn facts(visit: &Visit, language: Language, person: &Person) -> Vec<(&'static str, String)> {
    let day = visit.day;
    let mut held: Vec<_> = person.records.posts.iter().collect();
    held.retain(|post| post.fact.from <= day && post.fact.to.is_none_or(|to| to >= day));
    held.sort_by_key(|post| post.position);
    let posts: Vec<String> = held.iter().map(|post| wording::post(language, &post.label, post.form)).collect();
    let shown = person.personal_data_shown;
    let address = person.household.as_ref().and_then(|household| household.address.clone());
    let facts = [
        ("field-address", address),
        ("person-post", Some(posts.join(", ")).filter(|posts| !posts.is_empty())),
        ("person-group", person.staff_group.map(|group| wording::group(language, group))),
        ("person-sex", person.sex.filter(|_| shown).map(|sex| wording::sex(language, sex))),
        ("person-born", person.born.map(|born| born.year().to_string())),
        ("person-recruited", person.recruited.map(|day| language.day(day))),
    ];
    facts.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

/// The initiatives known on the day, the newest first.
fn initiatives(visit: &Visit, language: Language, person: &Person) -> Vec<Recognised> {
    let known = person.records.initiatives.iter().rev().filter(|initiative| {
        initiative.fact.decided.map_or(initiative.fact.year <= visit.day.year(), |decided| decided <= visit.day)
    });
    let told = known.map(|initiative| {
        let (fact, number) = (&initiative.fact, initiative.fact.number.clone());
        let day = fact.decided.map(|day| language.day(day));
        Recognised {
            name: initiative.name.clone(),
            sort: wording::sort(language, fact.sort),
            scope: wording::capital(language.pick(&rules::words::scope(fact.scope))),
            year: fact.year,
            decision: number.into_iter().chain(day).collect::<Vec<_>>().join(", "),
        }
    });
    told.collect()
}

/// The history by step, the newest first, whatever the visit's day: it tells of entering, not of what was entered.
fn entries(visit: &Visit, changes: &[Change]) -> Vec<Entry> {
    let steps = changes.chunk_by(|a, b| (a.at, &a.why, &a.actor) == (b.at, &b.why, &b.actor));
    let entry = |step: &[Change]| Entry {
        day: visit.language.day(day_of(step[0].at)),
        actor: step[0].actor.clone().unwrap_or_else(|| visit.t("person-change-program")),
        why: step[0].why.clone(),
        what: what(visit, step),
    };
    steps.map(entry).collect()
}

/// The sorts of record that a history names, in the order of the page.
const NOUNS: [(&str, &str); 15] = [
    ("person", "person-noun-person"),
    ("household", "person-noun-household"),
    ("membership", "person-noun-membership"),
    ("post", "person-noun-post"),
    ("grade", "person-noun-grade"),
    ("conferral", "person-noun-conferral"),
    ("initiative", "person-noun-initiative"),
    ("discipline", "person-noun-discipline"),
    ("hold", "person-noun-hold"),
    ("leave", "person-noun-leave"),
    ("registration", "person-noun-registration"),
    ("roster_exception", "person-noun-exception"),
    ("attestation", "person-noun-attestation"),
    ("complete_range", "person-noun-complete"),
    ("account", "person-noun-account"),
];

/// What was entered, each sort of record once with its number.
fn what(visit: &Visit, step: &[Change]) -> String {
    let mut counted: Vec<(&str, u32)> = Vec::new();
    for change in step {
        match counted.iter_mut().find(|(noun, _)| *noun == change.noun) {
            Some((_, count)) => *count += change.records,
            None => counted.push((&change.noun, change.records)),
        }
    }
    counted.sort_by_key(|(noun, _)| NOUNS.iter().position(|(known, _)| known == noun));
    counted.into_iter().map(|(noun, count)| told(visit, noun, count)).collect::<Vec<_>>().join(", ")
}

fn told(visit: &Visit, noun: &str, count: u32) -> String {
    let key = NOUNS.iter().find(|(known, _)| *known == noun).map_or("person-noun-other", |(_, key)| key);
    visit.language.text_with(key, &[("count", &count)])
}
