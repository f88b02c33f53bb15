//! Backups: what lies in the folder, whether the last went well and was drilled, a button for one more, and the files.

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::HeaderValue;
use axum::http::header::REFRESH;
use axum::response::{IntoResponse, Redirect};
use serde_json::json;
use store::access;
use store::jobs::{self, Job, State};
use store::words::Role;
use uuid::Uuid;

use crate::backup::schedule::{self, BACKUP, DRILL};
use crate::backup::told::{text, troubles};
use crate::error::{Error, Refusal};
use crate::frame::Frame;
use crate::security;
use crate::sending::sent;
use crate::visit::{Answer, Visit};

/// Who may look; [`access::makes_backups`] says who may ask for one.
pub const READERS: &[Role] = &[Role::Administrator, Role::Auditor];

/// As many backups and jobs as are shown.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "backups.html")]
struct BackupsPage {
    frame: Frame,
    rows: Vec<Row>,
    schedule: String,
    troubles: Vec<String>,
    under_way: bool,
    may_ask: bool,
}

struct Row {
    made: String,
    file: String,
    size: String,
    leaves: String,
    drilled: bool,
}

/// `GET /quan-tri/sao-luu`.
pub async fn show(visit: Visit) -> Answer {
    let viewer = &visit.signed_in()?.viewer;
    if !access::sees_backups(viewer) {
        return Err(Error::Forbidden(Refusal::Role));
    }
    let done = jobs::latest(&visit.app.store, viewer.office, &[BACKUP, DRILL], SHOWN as u32).await?;
    let kept = schedule::kept(&visit.app.settings.backups.folder);
    let rows = kept.iter().take(SHOWN).map(|backup| row(&visit, backup, &done)).collect();
    let page = BackupsPage {
        frame: visit.frame(visit.t("menu-backups")),
        rows,
        schedule: told(&visit),
        troubles: troubles(&visit, &done),
        under_way: done.iter().any(|job| job.kind == BACKUP && !job.state.is_over()),
        may_ask: access::makes_backups(viewer),
    };
    let mut answer = visit.page(&page)?;
    if page.under_way {
        // The browser asks again by itself, without any script.
        answer.headers_mut().insert(REFRESH, HeaderValue::from_static("2"));
    }
    Ok(answer)
}

/// `POST /quan-tri/sao-luu`: asks for one more, which this server or another makes at once.
pub async fn ask(visit: Visit) -> Answer {
    let viewer = &visit.signed_in()?.viewer;
    if !access::makes_backups(viewer) {
        return Err(Error::Forbidden(Refusal::Role));
    }
    let waiting = jobs::latest(&visit.app.store, viewer.office, &[BACKUP], 1).await?;
    // Asked twice, it is made once.
    if waiting.iter().all(|job| job.state.is_over()) {
        let now = visit.app.settings.clock.now();
        jobs::ask(&visit.app.store, viewer.office, Uuid::now_v7(), BACKUP, Some(viewer.account), now, &json!({}))
            .await?;
    }
    visit.app.backing_up.notify_one();
    Ok(Redirect::to("/quan-tri/sao-luu").into_response())
}

/// `GET /quan-tri/sao-luu/{file}`: a backup of the folder to be kept elsewhere; the security log says who took it.
pub async fn take(visit: Visit, file: Result<Path<String>, PathRejection>) -> Answer {
    let Path(file) = file?;
    let viewer = &visit.signed_in()?.viewer;
    if !access::makes_backups(viewer) {
        return Err(Error::Forbidden(Refusal::Role));
    }
    let kept = schedule::kept(&visit.app.settings.backups.folder);
    let backup = kept.into_iter().find(|backup| name(backup) == file).ok_or(Error::NotFound)?;
    let opened = tokio::fs::File::open(&backup.path).await;
    let opened = opened.map_err(|error| Error::Internal(format!("{}: {error}", backup.path.display())))?;
    security::note(&visit, "backup-taken", &file).await;
    sent(opened, i64::try_from(backup.size).unwrap_or(i64::MAX), "application/zstd", &file)
}

fn name(backup: &schedule::Kept) -> String {
    backup.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn row(visit: &Visit, backup: &schedule::Kept, done: &[Job]) -> Row {
    let file = name(backup);
    let of_file =
        |kind: &str| done.iter().find(|job| job.kind == kind && job.state == State::Done && text(job, "file") == file);
    let leaves = of_file(BACKUP).and_then(|job| job.outcome.as_ref()?["offices"][0]["size"].as_i64());
    Row {
        made: visit.language.moment(backup.made),
        size: visit.language.number(i64::try_from(backup.size).unwrap_or(i64::MAX)),
        leaves: leaves.map(|leaves| visit.language.number(leaves)).unwrap_or_default(),
        drilled: of_file(DRILL).is_some(),
        file,
    }
}

fn told(visit: &Visit) -> String {
    let schedule = &visit.app.settings.backups;
    let folder = schedule.folder.display().to_string();
    let (keep, at) = (schedule.keep, schedule.at.map(|at| at.format("%H:%M").to_string()));
    match at {
        Some(at) => visit.language.text_with(
            "backups-schedule",
            &[("at", &at), ("days", &keep.days), ("weeks", &keep.weeks), ("months", &keep.months), ("folder", &folder)],
        ),
        None => visit.language.text_with("backups-no-schedule", &[("folder", &folder)]),
    }
}
