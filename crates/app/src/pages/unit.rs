//! One unit: names and lineage, career strip, what is within reach, its years, its people, its honours.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use chrono::Datelike;
use rules::facts::{Grade, MembersFact};
use store::access;
use store::members;
use store::page::Total;
use store::people::{self, PersonRow};
use store::review::{self, Reviewed};
use store::units::{self, Lineage, Unit, UnitRecord, level};
use uuid::Uuid;

use crate::cards::{self, Cards};
use crate::career::{self, Whose};
use crate::error::Error;
use crate::figures::career_strip::Drawn;
use crate::frame::Frame;
use crate::honours::{self, Honours};
use crate::query;
use crate::visit::{Answer, Visit};
use crate::wording;

/// Years of the table before the rest is asked for.
const YEARS: usize = 5;
/// Members on the page before the rest is asked for: leaders first.
const MEMBERS: u32 = 5;
/// The most of them that are shown when all are asked for.
const MOST_MEMBERS: u32 = 500;
/// The titles whose shares the table tells.
const ADVANCED: &str = "lao-dong-tien-tien";
const FIGHTERS: &str = "chien-si-thi-dua-co-so";

#[derive(Template)]
#[template(path = "unit.html")]
struct UnitPage {
    frame: Frame,
    facts: Vec<(&'static str, String, String)>,
    /// Why there is no unit of that day, where there is none.
    absent: String,
    fictitious: bool,
    names: Vec<Named>,
    lineage: Vec<Step>,
    strip: Option<Drawn>,
    cards: Cards,
    years: Vec<Year>,
    more_years: usize,
    year: i32,
    members: Vec<Member>,
    members_shown: String,
    members_href: String,
    more_members: usize,
    honours: Honours,
    base: String,
    /// Whether the viewer enters records of units.
    writes: bool,
}

/// A name with its days, the text that gives it, and how sure that is.
struct Named {
    name: String,
    days: String,
    basis: String,
    /// The key of what a reader must know of it; empty for one that was checked.
    remark: &'static str,
}

/// One step of the lineage in a sentence, with the other unit.
struct Step {
    day: String,
    told: String,
    document: String,
    other: String,
    other_href: String,
}

/// A year of the collective in figures.
struct Year {
    year: i32,
    total: String,
    grades: Vec<String>,
    /// How many hold the title, and their share.
    advanced: String,
    fighters: String,
    own: String,
}

struct Member {
    href: String,
    name: String,
    post: String,
    unit: String,
    grade: String,
    titles: String,
}

/// `GET /tap-the/{id}`.
pub async fn show(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    let Path(id) = id?;
    let (viewer, store, day) = (&visit.signed_in()?.viewer, &visit.app.store, visit.day);
    let found = units::one_with_facts(store, viewer, id, day, members::LAST_DAY).await?;
    let (record, known) = found.ok_or(Error::NotFound)?;
    let most = if visit.asked("thanh-vien").is_some() { MOST_MEMBERS } else { MEMBERS };
    let (people, total_members) = people::members(store, viewer, id, day, most).await?;
    let shown: Vec<Uuid> = people.iter().map(|person| person.id).collect();
    let reviewed = review::of_people(store, viewer, &shown, day, day.year() - 1).await?;
    let now = now(&record).ok_or(Error::NotFound)?;
    let above = match now.parent {
        Some(parent) => level::way(store, viewer, parent, day).await?.pop(),
        None => None,
    };
    let (language, law) = (visit.language, &visit.app.law_for(&[id], day).await?);
    let title = wording::unit_name(language, &now.name, now.name_en.as_deref());
    let frame = visit.frame(title).crumb(visit.t("units-title"), "/tap-the");
    let strip = career::strip(law, &record.records, Whose::Collective(&record.names), &frame, day);
    let all = visit.asked("tat-ca").is_some();
    let told = known.facts.members.iter().rev().filter(|fact| !(fact.grades.is_empty() && fact.titles.is_empty()));
    let mut years: Vec<Year> = told.map(|fact| year(&visit, &record, fact)).collect();
    let shown_years = if all { years.len() } else { years.len().min(YEARS) };
    let more_years = years.split_off(shown_years).len();
    visit.page(&UnitPage {
        facts: facts(&visit, &frame, now, above.as_ref()),
        base: format!("/tap-the/{id}"),
        writes: access::writes(viewer, "grade"),
        absent: if record.on_day.is_some() { String::new() } else { absent(&visit, &record) },
        fictitious: record.fictitious,
        names: names(&visit, &record),
        lineage: record.lineage.iter().map(|step| lineage(&visit, &frame, id, step)).collect(),
        cards: cards::of(law, &known.facts, day, &frame, &format!("/can-cu/tap-the/{id}"), all),
        strip: (!strip.is_empty()).then(|| strip.draw()),
        years,
        more_years,
        year: day.year() - 1,
        members_shown: members_shown(&visit, people.len(), total_members),
        members_href: frame.href(&query::address(&visit.path, &[("thanh-vien", "tat-ca")])) + "#thanh-vien",
        more_members: (total_members.at_least().min(MOST_MEMBERS) as usize).saturating_sub(people.len()),
        members: people.iter().map(|person| member(&visit, &frame, id, person, &reviewed)).collect(),
        honours: honours::of(law, &record.records.conferrals, day, &frame, visit.asked("khen-thuong").is_some()),
        frame,
    })
}

fn members_shown(visit: &Visit, rows: usize, total: Total) -> String {
    let key = match total {
        Total::Exactly(_) => "unit-members-shown",
        Total::MoreThan(_) => "unit-members-shown-more",
    };
    visit.language.text_with(key, &[("rows", &rows), ("total", &total.at_least())])
}

/// The unit of the day, or else under its last name begun by then, or its first.
fn now(record: &UnitRecord) -> Option<&Unit> {
    record.on_day.as_ref().or(record.names.last())
}

fn facts(visit: &Visit, frame: &Frame, unit: &Unit, parent: Option<&Unit>) -> Vec<(&'static str, String, String)> {
    let parent_name = parent.map(|unit| wording::name_of(visit.language, unit));
    let parent_href = parent.map_or_else(String::new, |unit| frame.href(&format!("/tap-the/{}", unit.id)));
    let in_vietnamese = (visit.language.code() == "en" && unit.name_en.is_some()).then(|| unit.name.clone());
    let facts = [
        ("unit-name-vietnamese", in_vietnamese, String::new()),
        ("units-code", Some(unit.code.clone()), String::new()),
        ("units-kind", Some(wording::unit_kind(visit.language, &unit.kind)), String::new()),
        ("unit-parent", parent_name, parent_href),
        ("units-cluster", unit.cluster.clone(), String::new()),
    ];
    facts.into_iter().filter_map(|(key, value, href)| Some((key, value?, href))).collect()
}

/// That the unit had not begun on the day, or was no more.
fn absent(visit: &Visit, record: &UnitRecord) -> String {
    let language = visit.language;
    let first = record.names.first().map(|name| name.from);
    match (first.filter(|first| *first > visit.day), record.names.last().and_then(|name| name.to)) {
        (Some(first), _) => language.text_with("unit-not-yet", &[("day", &language.day(first))]),
        (None, Some(last)) => language.text_with("unit-no-more", &[("day", &language.day(last))]),
        (None, None) => String::new(),
    }
}

/// The names borne, the oldest first; a name that went on in another place of the decree is one name.
fn names(visit: &Visit, record: &UnitRecord) -> Vec<Named> {
    let language = visit.language;
    let known: Vec<&Unit> = record.names.iter().filter(|name| name.from <= visit.day).collect();
    let alike = |a: &&Unit, b: &&Unit| (&a.name, &a.code, &a.basis) == (&b.name, &b.code, &b.basis);
    let told = known.chunk_by(alike).map(|run| {
        let (first, last) = (run[0], run[run.len() - 1]);
        let from = language.day(first.from);
        let days = match last.to.filter(|to| *to < visit.day) {
            Some(to) => language.text_with("career-from-to", &[("from", &from), ("to", &language.day(to))]),
            None => language.text_with("career-since", &[("from", &from)]),
        };
        Named {
            name: format!("{} ({})", first.name, first.code),
            days,
            basis: first.basis.clone().unwrap_or_default(),
            remark: wording::certainty_key(first.certainty),
        }
    });
    told.collect()
}

fn lineage(visit: &Visit, frame: &Frame, unit: Uuid, step: &Lineage) -> Step {
    let (other, name) = if step.successor == unit {
        (step.predecessor, &step.predecessor_name)
    } else {
        (step.successor, &step.successor_name)
    };
    let words: [(&str, &dyn crate::language::Word); 2] =
        [("from", &step.predecessor_name), ("to", &step.successor_name)];
    Step {
        day: visit.language.day(step.day),
        told: visit.language.text_with(wording::lineage_key(step.kind), &words),
        document: step.document.clone().unwrap_or_default(),
        other: name.clone(),
        other_href: frame.href(&format!("/tap-the/{other}")),
    }
}

fn year(visit: &Visit, record: &UnitRecord, fact: &MembersFact) -> Year {
    let language = visit.language;
    let count = |number: u32| language.number(number.into());
    let titled = |award: &str| match fact.titles.get(award).copied().unwrap_or(0) {
        // Where no title at all is on record for the year, none can be told from not known.
        _ if fact.titles.is_empty() => "–".to_owned(),
        number => language.text_with(
            "unit-years-titled",
            &[("count", &number), ("share", &language.share(number.into(), fact.total.into()))],
        ),
    };
    let graded = |grade| match fact.grades.get(&grade) {
        _ if fact.grades.is_empty() => "–".to_owned(),
        number => count(number.copied().unwrap_or(0)),
    };
    let grades = [Grade::XuatSac, Grade::Tot, Grade::HoanThanh, Grade::KhongHoanThanh];
    let own = record.records.conferrals.iter().filter(|conferral| {
        conferral.title_year == Some(fact.year)
            && conferral.is_known(visit.day)
            && honours::ended(conferral, visit.day).is_none()
    });
    let own = own.map(|conferral| honours::name(&visit.app.law, &conferral.award, conferral.decided, language));
    Year {
        year: fact.year,
        total: count(fact.total),
        grades: grades.map(graded).into(),
        advanced: titled(ADVANCED),
        fighters: titled(FIGHTERS),
        own: own.collect::<Vec<_>>().join("; "),
    }
}

fn member(visit: &Visit, frame: &Frame, unit: Uuid, person: &PersonRow, reviewed: &HashMap<Uuid, Reviewed>) -> Member {
    let (language, law) = (visit.language, &visit.app.law);
    let year = reviewed.get(&person.id).cloned().unwrap_or_default();
    let titles = year.titles.iter().map(|award| honours::name(law, award, visit.day, language));
    Member {
        href: frame.href(&format!("/ca-nhan/{}", person.id)),
        name: person.full_name.clone(),
        post: person.post.clone().unwrap_or_default(),
        unit: person.unit_name.clone().filter(|_| person.unit != Some(unit)).unwrap_or_default(),
        grade: year.grade.map_or_else(|| visit.t("unit-member-no-grade"), |grade| wording::grade(language, grade)),
        titles: titles.collect::<Vec<_>>().join("; "),
    }
}
