//! What was done to the entry of a decision, in words, for those who read the whole office.

use store::decisions::lines::Placed;
use store::register::history::{self, Told, What};
use uuid::Uuid;

use crate::error::Error;
use crate::register::words::{self, Differing};
use crate::visit::Visit;

/// One thing that was done.
pub struct Done {
    pub at: String,
    pub who: String,
    pub what: String,
    pub why: String,
    pub changed: Vec<Differing>,
}

/// Everything done to the entry of a decision, the newest first.
pub async fn of(visit: &Visit, decision: Uuid, placed: &[Placed]) -> Result<Vec<Done>, Error> {
    let viewer = &visit.signed_in()?.viewer;
    let told = history::of_decision(&visit.app.store, viewer, decision).await?;
    Ok(told.into_iter().map(|told| done(visit, decision, placed, told)).collect())
}

fn done(visit: &Visit, decision: Uuid, placed: &[Placed], told: Told) -> Done {
    let (language, law) = (visit.language, &visit.app.law);
    let (key, changed) = match &told.what {
        What::Entered => ("history-entered", Vec::new()),
        What::Corrected { before, after } => ("history-corrected", words::differing(language, law, before, after)),
        What::Removed(content) => ("history-removed", words::differing(language, law, content, &words::fields(&()))),
    };
    let line = placed.iter().find(|line| line.id == told.record && told.record != decision);
    let what = visit.t(key);
    Done {
        at: language.moment(told.at),
        who: told.actor.unwrap_or_else(|| visit.t("history-program")),
        what: line.map_or(what.clone(), |line| format!("{what}: {}", line.subject_name)),
        why: told.why,
        changed,
    }
}
