//! Who can be proposed: every honour with how many meet it, fall one short, or cannot be judged yet.

pub mod honour;
pub mod file;

use std::collections::HashSet;

use askama::Template;
use axum::http::HeaderValue;
use axum::http::header::REFRESH;
use axum::response::{IntoResponse, Redirect};
use rules::facts::Subject;
use store::access;
use uuid::Uuid;

use crate::error::Error;
use crate::frame::Frame;
use crate::language::Word;
use crate::print::{self, Format, Way};
use crate::prospects::count::{self, Which};
use crate::prospects::kept::{Kept, Standing};
use crate::prospects::sheets;
use crate::prospects::{SUBJECTS, Snapshot};
use crate::query;
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "prospects.html")]
struct ProspectsPage {
    frame: Frame,
    files: Vec<Way>,
    groups: Vec<Group>,
    lead: String,
    provisional: bool,
}

/// The honours of one kind of subject.
struct Group {
    title: String,
    heads: Vec<String>,
    rows: Vec<Row>,
    /// Honours that nobody meets and nobody is one short of.
    others: Vec<Row>,
}

struct Row {
    href: String,
    name: String,
    cells: Vec<Cell>,
}

/// A number that opens its list.
struct Cell {
    count: u32,
    href: String,
    label: String,
}

#[derive(Template)]
#[template(path = "prospects_making.html")]
struct MakingPage {
    frame: Frame,
    done: u64,
    total: u64,
}

/// `GET /de-nghi`.
pub async fn show(visit: Visit) -> Answer {
    let reach = reach(&visit).await?;
    let kept = match visit.app.prospects.of(&visit.app, visit.day).await? {
        Snapshot::Ready(kept) => kept,
        Snapshot::Making(done, total) => return making(&visit, done, total),
    };
    let seen = |standing: &Standing| is_seen(&reach, standing);
    let count = |subject: Subject| kept.standing(subject).filter(|(_, standing)| seen(standing)).count();
    let counted = count::by_award(&kept, seen);
    let provisional = counted.iter().any(|row| row.provisional);
    let group = |subject: Subject| {
        let rows = counted.iter().filter(|row| row.subject == subject && !row.tally.is_nothing());
        let (near, far): (Vec<_>, Vec<_>) = rows.partition(|row| row.tally.is_in_reach());
        let line = |row: &&count::Row| line(&visit, &kept, row);
        Group {
            title: visit.t(sheets::subject_key(subject)),
            heads: count::heads(visit.language, provisional).into(),
            rows: near.iter().map(line).collect(),
            others: far.iter().map(line).collect(),
        }
    };
    visit.page(&ProspectsPage {
        files: print::ways(&visit, &[Format::Xlsx]),
        groups: SUBJECTS
            .into_iter()
            .filter(|subject| *subject != Subject::HoGiaDinh || count(*subject) > 0)
            .map(group)
            .collect(),
        lead: lead(&visit, SUBJECTS.map(count)),
        provisional,
        frame: visit.frame(visit.t("prospects-title")),
    })
}

/// `POST /de-nghi/dung`: the snapshot is not made to its end.
pub async fn cancel(visit: Visit) -> Answer {
    visit.signed_in()?;
    visit.app.prospects.cancel();
    Ok(Redirect::to("/").into_response())
}

/// Whose records were set against the law; households where there are any.
fn lead(visit: &Visit, [people, collectives, households]: [usize; 3]) -> String {
    let key = if households > 0 { "prospects-lead-households" } else { "prospects-lead" };
    let counts: [(&str, &dyn Word); 3] =
        [("people", &people), ("collectives", &collectives), ("households", &households)];
    visit.language.text_with(key, &counts)
}

fn line(visit: &Visit, kept: &Kept, row: &count::Row) -> Row {
    let (subject, award) = (row.subject, row.award.as_str());
    let name = visit.language.pick(&kept.name(award)).to_owned();
    let href = |which: Which| query::address(&address(subject, award), &[("loc", which.word())]);
    let cell = |which: Which| Cell {
        count: row.tally.of(which),
        href: href(which),
        label: format!("{name}: {}", visit.t(if row.provisional { which.key_before() } else { which.key() })),
    };
    Row { href: href(Which::Eligible), cells: Which::ALL.map(cell).into(), name }
}

/// The list of an honour.
fn address(subject: Subject, award: &str) -> String {
    format!("/de-nghi/{}/{award}", store::words::text(subject))
}

/// The page that waits for the snapshot and asks again by itself.
fn making(visit: &Visit, done: u64, total: u64) -> Answer {
    let frame = visit.frame(visit.t("prospects-title"));
    let mut answer = visit.page(&MakingPage { frame, done, total })?;
    answer.headers_mut().insert(REFRESH, HeaderValue::from_static("2"));
    Ok(answer)
}

/// The units whose subjects the visitor sees; nothing where those are all.
type Reach = Option<HashSet<Uuid>>;

async fn reach(visit: &Visit) -> Result<Reach, Error> {
    Ok(access::scope(&visit.signed_in()?.viewer, visit.day).units(&visit.app.store).await?)
}

fn is_seen(reach: &Reach, standing: &Standing) -> bool {
    reach.as_ref().is_none_or(|units| units.contains(&standing.unit))
}
