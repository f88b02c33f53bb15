//! Whose answer a regulation would change: asked for as work with progress, then a table of before and after.

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::HeaderValue;
use axum::response::{IntoResponse, Redirect};
use rules::ask::Verdict;
use rules::compare::Said;
use rules::facts::Subject;
use rules::layer::Tier;
use rules::layers::Checked;
use store::jobs::{self, Job, State};
use store::layers::steps;
use store::layers::{self, subjects};
use uuid::Uuid;

use crate::error::Error;
use crate::frame::Frame;
use crate::law;
use crate::query;
use crate::regulations::preview::{self, Asked, Outcome};
use crate::regulations::told;
use crate::sheet::Posted;
use crate::visit::{Answer, Visit};

/// Rows of one page.
const ROWS: usize = 100;
/// Pieces of work that are looked through for the one of this regulation.
const LOOKED: u32 = 50;

#[derive(Template)]
#[template(path = "regulation/impact.html")]
struct ImpactPage {
    frame: Frame,
    here: String,
    under_way: Option<Progress>,
    /// What came of the last; empty before any.
    said: String,
    /// Why it cannot be told.
    wrong: String,
    stale: bool,
    rows: Vec<Row>,
    shown: String,
    first: String,
    after: String,
    asked_before: bool,
}

/// Work under way: parts done and in all, and how far in words.
struct Progress {
    done: u64,
    total: u64,
    said: String,
}

struct Row {
    name: String,
    kind: String,
    award: String,
    href: String,
    before: Told,
    after: Told,
}

/// An answer as it is shown; without one the honour is not for such a subject.
struct Told {
    verdict: &'static str,
    word: String,
}

/// A regulation whose effect is asked for: a draft, or a submission that waits.
struct Target {
    id: Uuid,
    name: String,
    back: String,
    unit: Option<Uuid>,
    content: String,
    cases: String,
    /// The last change of a draft; 0 for a submission, which never changes.
    changed: i64,
}

/// `GET /quy-che/du-thao/{id}/anh-huong`.
pub async fn of_draft(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    let target = draft(&visit, id?.0).await?;
    show(visit, target).await
}

/// `POST /quy-che/du-thao/{id}/anh-huong`.
pub async fn ask_of_draft(visit: Visit, id: Result<Path<Uuid>, PathRejection>, body: String) -> Answer {
    let target = draft(&visit, id?.0).await?;
    ask(visit, target, &body).await
}

/// `GET /quy-che/{id}/anh-huong`.
pub async fn of_submission(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    let target = submission(&visit, id?.0).await?;
    show(visit, target).await
}

/// `POST /quy-che/{id}/anh-huong`.
pub async fn ask_of_submission(visit: Visit, id: Result<Path<Uuid>, PathRejection>, body: String) -> Answer {
    let target = submission(&visit, id?.0).await?;
    ask(visit, target, &body).await
}

async fn draft(visit: &Visit, id: Uuid) -> Result<Target, Error> {
    let draft = super::draft::find(visit, id).await?;
    Ok(Target {
        id,
        name: told::name_of(&draft.content).unwrap_or_else(|| visit.t("regulations-unnamed")),
        back: format!("/quy-che/du-thao/{id}"),
        unit: draft.unit,
        content: draft.content,
        cases: draft.cases,
        changed: draft.changed,
    })
}

async fn submission(visit: &Visit, id: Uuid) -> Result<Target, Error> {
    let viewer = &visit.signed_in()?.viewer;
    let found = layers::one(&visit.app.store, viewer, id, visit.today).await?.ok_or(Error::NotFound)?;
    Ok(Target {
        id,
        name: if visit.language.code() == "en" { found.row.name_en } else { found.row.name },
        back: format!("/quy-che/{id}"),
        unit: found.row.unit,
        content: found.row.content,
        cases: found.row.cases,
        changed: 0,
    })
}

async fn ask(visit: Visit, target: Target, body: &str) -> Answer {
    let here = Redirect::to(&format!("{}/anh-huong", target.back));
    let (viewer, store, now) = (&visit.signed_in()?.viewer, &visit.app.store, visit.app.settings.clock.now());
    let known = last(&visit, target.id).await?;
    let running = known.filter(|job| !job.state.is_over());
    if Posted::of(body).get("viec") == "dung" {
        if let Some(job) = running {
            visit.app.work.stop(job.id);
            jobs::cancel(store, viewer.office, job.id, now).await?;
        }
        return Ok(here.into_response());
    }
    // Asked twice, it is done once.
    if running.is_some() {
        return Ok(here.into_response());
    }
    let checked = check(&visit, &target).await?;
    let Some(layer) = checked.layer() else { return Ok(here.into_response()) };
    let tier = if target.unit.is_some() { Tier::Unit } else { layer.tier };
    let asked = Asked {
        of: target.id,
        changed: target.changed,
        content: target.content,
        tier,
        unit: target.unit,
        // What will be answered once it holds.
        day: layer.from.map_or(visit.day, |from| from.max(visit.day)),
        account: viewer.account,
        role: viewer.role,
        role_unit: viewer.unit,
    };
    let asked = serde_json::to_value(asked).map_err(|error| Error::Internal(error.to_string()))?;
    jobs::ask(store, viewer.office, Uuid::now_v7(), preview::JOB, Some(viewer.account), now, &asked).await?;
    visit.app.work.wake();
    Ok(here.into_response())
}

async fn show(visit: Visit, target: Target) -> Answer {
    let frame = visit.frame(visit.t("impact-title")).crumb(visit.t("regulations-title"), "/quy-che");
    let frame = frame.crumb(target.name.clone(), target.back.clone());
    let job = last(&visit, target.id).await?;
    let mut page = ImpactPage {
        here: format!("{}/anh-huong", target.back),
        under_way: None,
        said: String::new(),
        wrong: String::new(),
        stale: false,
        rows: Vec::new(),
        shown: String::new(),
        first: String::new(),
        after: String::new(),
        asked_before: job.is_some(),
        frame,
    };
    if check(&visit, &target).await?.law.is_none() {
        page.wrong = visit.t("impact-wrong");
    }
    match job {
        None => {}
        Some(job) if !job.state.is_over() => {
            page.under_way = Some(progress(&visit, &job));
            let mut answer = visit.page(&page)?;
            // The browser asks again by itself, without any script.
            answer.headers_mut().insert("refresh", HeaderValue::from_static("2"));
            return Ok(answer);
        }
        Some(job) => fill(&visit, &job, &target, &mut page).await?,
    }
    visit.page(&page)
}

/// The last work of the viewer's own on a regulation; what others may see is theirs.
async fn last(visit: &Visit, of: Uuid) -> Result<Option<Job>, Error> {
    let viewer = &visit.signed_in()?.viewer;
    let known = jobs::latest(&visit.app.store, viewer.office, &[preview::JOB], LOOKED).await?;
    let of = of.to_string();
    let own = |job: &Job| {
        job.actor == Some(viewer.account)
            && job.asked["of"] == of.as_str()
            && job.asked["role"] == store::words::text(viewer.role).as_str()
    };
    Ok(known.into_iter().find(own))
}

async fn check(visit: &Visit, target: &Target) -> Result<Checked, Error> {
    let files = law::built_in_files();
    let (office, texts) = (visit.signed_in()?.viewer.office, (target.content.as_str(), target.cases.as_str()));
    Ok(steps::checked(&visit.app.store, office, &law::pairs(&files), target.unit, texts, visit.today).await?)
}

fn progress(visit: &Visit, job: &Job) -> Progress {
    let (done, total) = visit.app.work.progress(job.id).unwrap_or((job.done, job.total));
    let said = match total {
        0 => visit.t("impact-waiting"),
        _ => visit.language.text_with("impact-so-far", &[("done", &done), ("total", &total)]),
    };
    Progress { done, total, said }
}

/// Fills the page with what the work came to.
async fn fill(visit: &Visit, job: &Job, target: &Target, page: &mut ImpactPage) -> Result<(), Error> {
    let language = visit.language;
    page.stale = job.asked["changed"].as_i64() != Some(target.changed);
    let outcome = job.outcome.clone().filter(|_| job.state == State::Done);
    let Some(outcome) = outcome.and_then(|outcome| serde_json::from_value::<Outcome>(outcome).ok()) else {
        page.said = visit.t(if job.state == State::Cancelled { "impact-stopped" } else { "impact-failed" });
        return Ok(());
    };
    let asked: Asked = serde_json::from_value(job.asked.clone()).map_err(|error| Error::Internal(error.to_string()))?;
    page.said = language.text_with(
        "impact-said",
        &[
            ("people", &outcome.people),
            ("subjects", &outcome.subjects),
            ("answers", &outcome.answers),
            ("day", &language.day(asked.day)),
        ],
    );
    let start = visit.asked("tu").and_then(|start| start.parse::<usize>().ok()).unwrap_or(0);
    let rows: Vec<&preview::Row> = outcome.rows.iter().skip(start).take(ROWS).collect();
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let names = subjects::names(&visit.app.store, &visit.signed_in()?.viewer, &ids, asked.day).await?;
    // Who is no longer in reach is not shown.
    let named = rows.iter().filter_map(|row| Some((*row, names.get(&row.id)?)));
    page.rows = named.map(|(row, name)| told_row(visit, row, name, &asked)).collect();
    let (first, end) = (start + usize::from(!rows.is_empty()), start + rows.len());
    page.shown = language.text_with("impact-shown", &[("first", &first), ("last", &end), ("all", &outcome.rows.len())]);
    if start > 0 {
        page.first.clone_from(&page.here);
    }
    if end < outcome.rows.len() {
        page.after = query::address(&page.here, &[("tu", &end.to_string())]);
    }
    Ok(())
}

fn told_row(visit: &Visit, row: &preview::Row, name: &str, asked: &Asked) -> Row {
    let (place, kind) = match row.kind {
        Subject::TapThe => ("tap-the", "law-subject-collective"),
        Subject::CaNhan | Subject::HoGiaDinh => ("ca-nhan", "law-subject-person"),
    };
    let (award, day) = (&row.changed.award, asked.day.to_string());
    let law = &visit.app.law;
    let path = format!("/can-cu/{place}/{}/{award}", row.id);
    // An honour that only the draft knows has no page to ask yet.
    let known = law.award(award).is_some();
    Row {
        name: name.to_owned(),
        kind: visit.t(kind),
        award: visit.language.pick(&law.name(award, asked.day)).to_owned(),
        href: if known { query::address(&path, &[("ngay", &day)]) } else { String::new() },
        before: said(visit, row.changed.before),
        after: said(visit, row.changed.after),
    }
}

fn said(visit: &Visit, said: Option<Said>) -> Told {
    let Some(said) = said else { return Told { verdict: "", word: visit.t("impact-no-honour") } };
    let verdict = match said.verdict {
        Verdict::Met => "met",
        Verdict::NotMet => "not-met",
        Verdict::Unknown => "unknown",
    };
    let word = said.provisional.map(|provisional| {
        let provisional = visit.t(told::verdict_key(provisional)).to_lowercase();
        visit.language.text_with("why-provisional", &[("verdict", &provisional)])
    });
    let earliest =
        said.earliest.map(|day| visit.language.text_with("why-earliest", &[("day", &visit.language.day(day))]));
    Told { verdict, word: word.into_iter().chain(earliest).collect::<Vec<_>>().join("; ") }
}
