//! One leaf: what it says, the act to which it belongs, and its proof as a file.

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use store::journal::checkpoints;
use store::journal::listing::{self, Line};
use store::journal::note::Note;

use super::{file, instant, reader, what};
use crate::error::Error;
use crate::frame::Frame;
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "journal/leaf.html")]
struct LeafPage {
    frame: Frame,
    n: u64,
    what: String,
    at: String,
    who: String,
    why: Option<String>,
    record: String,
    /// The canonical JSON, once a checkpoint proves it.
    content: Option<String>,
    proven: String,
}

/// `GET /nhat-ky/{n}`.
pub async fn show(visit: Visit, n: Result<Path<u64>, PathRejection>) -> Answer {
    let Path(n) = n?;
    let viewer = &visit.signed_in()?.viewer;
    let store = &visit.app.store;
    let line = listing::one(store, viewer, n).await?;
    let act: Option<Line> = listing::act(store, viewer, n).await?;
    let proof = checkpoints::prove(store, viewer.office, n).await?;
    let language = visit.language;
    let size = proof.as_ref().and_then(|proof| proof.checkpoint.parse::<Note>().ok()?.checkpoint().ok());
    let proven = match &size {
        Some(signed) => language.text_with("journal-proven", &[("size", &signed.size.to_string())]),
        None => language.text("journal-unproven").into_owned(),
    };
    let frame = visit.frame(language.text_with("journal-leaf-title", &[("n", &n.to_string())]));
    visit.page(&LeafPage {
        frame: frame.crumb(visit.t("journal-title"), "/nhat-ky"),
        n,
        what: what(language, &line),
        at: instant(language, line.at),
        who: line.actor.unwrap_or_else(|| visit.t("journal-program")),
        why: act.and_then(|act| act.why),
        record: line.id.to_string(),
        content: proof.map(|proof| proof.leaf),
        proven,
    })
}

/// `GET /nhat-ky/{n}/bang-chung`: the proof as a file for `vinhdanh verify --proof`.
pub async fn proof(visit: Visit, n: Result<Path<u64>, PathRejection>) -> Answer {
    let Path(n) = n?;
    let office = reader(&visit)?;
    let proof = checkpoints::prove(&visit.app.store, office, n).await?.ok_or(Error::NotFound)?;
    Ok(file(&format!("la-{n}.tlog-proof"), proof.text()))
}
