//! What came of backups and drills, in words for those who look after them.

use store::jobs::{Job, State};

use super::schedule::{BACKUP, DRILL};
use crate::visit::Visit;

/// What went wrong last, each in one line; nothing where the last backup and the last drill went well.
pub fn troubles(visit: &Visit, done: &[Job]) -> Vec<String> {
    let last = |kind: &str| done.iter().find(|job| job.kind == kind && job.state.is_over());
    [(BACKUP, "backups-failed"), (DRILL, "backups-drill-failed")]
        .into_iter()
        .filter_map(|(kind, key)| {
            let job = last(kind).filter(|job| job.state == State::Failed)?;
            Some(visit.language.text_with(key, &[("cause", &text(job, "fault"))]))
        })
        .collect()
}

/// A word of what came of a job; empty where it says nothing of it.
pub fn text(job: &Job, name: &str) -> String {
    job.outcome.as_ref().and_then(|outcome| outcome[name].as_str()).unwrap_or_default().to_owned()
}
