//! One decision: number, authority, what it is about, its lines in the order of official lists, and what later documents did to it.

pub mod act;
mod acts;
pub mod file;
mod history;
pub mod line;
pub mod mend;
pub mod missing;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use rules::facts::Subject;
use store::access;
use store::conferrals::{Conferral, Revocation};
use store::decisions::Decision;
use store::decisions::lines::{self, Placed};
use store::register::{self, acts::Acts};
use store::units::{Unit, level};
use store::words::EndKind;
use uuid::Uuid;

use crate::error::Error;
use crate::frame::Frame;
use crate::honours;
use crate::print::{self, Format, Way};
use crate::query;
use crate::subject;
use crate::visit::{Answer, Visit};

/// Lines of one page.
const ROWS: usize = 75;

#[derive(Template)]
#[template(path = "decision.html")]
struct DecisionPage {
    frame: Frame,
    ways: Vec<Way>,
    decision: Decision,
    /// The revocation known on the visit's day, in a sentence.
    revoked: String,
    /// What the register keeps of its paper: label and value.
    paper: Vec<(&'static str, String)>,
    lost: String,
    acts: Vec<String>,
    files: Option<Vec<acts::FileRow>>,
    history: Vec<history::Done>,
    /// Whether the viewer keeps the register.
    keeps: bool,
    here: String,
    groups: Vec<Group>,
    shown: String,
    first: String,
    after: String,
}

/// Lines that confer one award on one sort of subject.
struct Group {
    award: String,
    subjects: &'static str,
    is_people: bool,
    lines: Vec<Line>,
}

/// The positions from the topmost unit down.
type Place = Vec<(i32, String, Uuid)>;

struct Line {
    place: usize,
    href: String,
    name: String,
    post: String,
    unit: String,
    achievement: String,
    revoked: String,
    read_as: String,
    /// Where a keeper opens the line.
    open_href: String,
}

/// `GET /quyet-dinh/{id}`.
pub async fn show(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    let Path(id) = id?;
    let (mut decision, placed) = read(&visit, id).await?;
    let (viewer, store) = (&visit.signed_in()?.viewer, &visit.app.store);
    let shown = shown(&visit, &placed);
    let ids: Vec<Uuid> = placed[shown.clone()].iter().map(|line| line.id).collect();
    decision.lines = lines::lines(store, viewer, id, &ids, visit.day).await?;
    let seen = placed.iter().map(|line| line.id).collect();
    let happened = register::acts::acts(store, viewer, id, &seen, visit.day).await?;
    let (files, history) = match access::reads_whole_office(viewer) {
        true => (Some(acts::files(&visit, id).await?), history::of(&visit, id, &placed).await?),
        false => (None, Vec::new()),
    };
    visit.page(&DecisionPage { files, history, ..page(&visit, decision, (&placed, shown), &happened) })
}

/// The decision as the viewer may see it on the visit's day, and where its lines stand in the order of official lists.
async fn read(visit: &Visit, id: Uuid) -> Result<(Decision, Vec<Placed>), Error> {
    let viewer = &visit.signed_in()?.viewer;
    let store = &visit.app.store;
    let found = lines::placed(store, viewer, id, visit.day).await?;
    let (decision, placed) = found.filter(|(decision, _)| decision.row.day <= visit.day).ok_or(Error::NotFound)?;
    let units: BTreeSet<Uuid> = placed.iter().filter_map(|line| line.unit).collect();
    let units: Vec<Uuid> = units.into_iter().collect();
    let ways = level::ways(store, viewer, &units, decision.row.day).await?;
    let places = ways.into_iter().filter(|(_, way)| !way.is_empty()).map(|(unit, way)| (unit, place(&way))).collect();
    Ok((decision, sorted(visit, placed, &places)))
}

/// Where a unit stands in the order of the decree: by its own place under that of each unit above it.
fn place(way: &[Unit]) -> Place {
    way.iter().map(|unit| (unit.position, unit.code.clone(), unit.id)).collect()
}

/// Form from high to low; collectives before people, households last; units in the order of the decree; people by rank, then name.
fn sorted(visit: &Visit, mut lines: Vec<Placed>, places: &HashMap<Uuid, Place>) -> Vec<Placed> {
    let law = &visit.app.law;
    lines.sort_by_cached_key(|line| {
        let order = law.award(&line.award).map_or(u32::MAX, |award| award.order);
        let unit = line.unit.and_then(|unit| places.get(&unit));
        // A unit that is not known in the tree of the day comes last.
        (
            order,
            line.award.clone(),
            rank(line.subject),
            unit.is_none(),
            unit,
            line.level,
            line.sort_key.clone(),
            line.position,
        )
    });
    lines
}

/// The place of a sort of subject under its award.
fn rank(subject: Subject) -> u8 {
    match subject {
        Subject::TapThe => 0,
        Subject::CaNhan => 1,
        Subject::HoGiaDinh => 2,
    }
}

/// The lines of the page that is asked for.
fn shown(visit: &Visit, placed: &[Placed]) -> Range<usize> {
    let asked: Option<Uuid> = visit.asked("sau").and_then(|id| id.parse().ok());
    let begin = placed.iter().position(|line| Some(line.id) == asked).map_or(0, |place| place + 1);
    begin..placed.len().min(begin + ROWS)
}

fn page(
    visit: &Visit,
    decision: Decision,
    (placed, shown): (&[Placed], Range<usize>),
    happened: &Acts,
) -> DecisionPage {
    let keeps = visit.signed_in.as_ref().is_some_and(|signed_in| access::keeps_register(&signed_in.viewer));
    let language = visit.language;
    let title = language
        .text_with("decision-title", &[("number", &decision.row.number), ("day", &language.day(decision.row.day))]);
    let frame = visit.frame(title).crumb(visit.t("decisions-title"), "/quyet-dinh");
    let Range { start: begin, end } = shown;
    let here = |pairs: &[(&str, &str)]| frame.href(&query::address(&visit.path, pairs));
    let last = placed[..end].last().filter(|_| end < placed.len()).map(|line| line.id.to_string());
    DecisionPage {
        ways: print::ways(visit, &Format::ALL),
        revoked: told(visit, decision.revocation.as_ref()),
        groups: groups(visit, &frame, &decision.lines, begin, happened, keeps),
        paper: acts::paper(visit, &decision),
        lost: acts::lost(visit, &decision),
        acts: acts::told(visit, happened, |id| name_of(placed, id)),
        files: None,
        history: Vec::new(),
        keeps,
        here: format!("/quyet-dinh/{}", decision.row.id),
        shown: language
            .text_with("decision-shown", &[("from", &(begin + 1).min(end)), ("to", &end), ("total", &placed.len())]),
        first: if begin > 0 { here(&[]) } else { String::new() },
        after: last.map_or_else(String::new, |id| here(&[("sau", &id)])),
        frame,
        decision,
    }
}

/// The name on a line.
fn name_of(placed: &[Placed], line: Uuid) -> Option<&str> {
    placed.iter().find(|known| known.id == line).map(|known| known.subject_name.as_str())
}

fn groups(visit: &Visit, frame: &Frame, lines: &[Conferral], begin: usize, happened: &Acts, keeps: bool) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let runs = lines.chunk_by(|a, b| (&a.award, a.subject) == (&b.award, b.subject));
    let mut place = begin;
    for run in runs {
        let (decided, subject) = (run[0].decided, run[0].subject);
        let lines = run.iter().map(|conferral| {
            place += 1;
            Line {
                read_as: acts::read_as(visit, happened, conferral.id),
                open_href: if keeps { acts::open_href(conferral) } else { String::new() },
                ..line(visit, frame, conferral, place)
            }
        });
        groups.push(Group {
            award: honours::name(&visit.app.law, &run[0].award, decided, visit.language),
            subjects: match subject {
                Subject::TapThe => "subject-collectives",
                Subject::CaNhan => "subject-individuals",
                Subject::HoGiaDinh => "subject-households",
            },
            is_people: subject != Subject::TapThe,
            lines: lines.collect(),
        });
    }
    groups
}

fn line(visit: &Visit, frame: &Frame, conferral: &Conferral, place: usize) -> Line {
    Line {
        place,
        href: subject::href(frame, conferral),
        name: conferral.subject_name.clone(),
        post: conferral.post_printed.clone().unwrap_or_default(),
        unit: conferral.unit_name.clone().unwrap_or_default(),
        achievement: subject::achievement(visit.language, conferral),
        revoked: told(visit, conferral.revoked.as_ref()),
        read_as: String::new(),
        open_href: String::new(),
    }
}

/// What ended a decision or a line of it, as far as it is known on the visit's day; empty where nothing did.
fn told(visit: &Visit, revocation: Option<&Revocation>) -> String {
    let Some(end) = revocation.filter(|end| end.day <= visit.day) else {
        return String::new();
    };
    let key = match end.kind {
        EndKind::ThuHoi => "decision-withdrawn-by",
        EndKind::HuyBo => "decision-annulled-by",
        EndKind::SuaDoi => "decision-amended-by",
    };
    visit.language.text_with(key, &[("document", &end.document), ("day", &visit.language.day(end.day))])
}
