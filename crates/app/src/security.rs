//! The security log: who was refused at which door, not more often than it takes to see it.

use store::accounts::{self, SecurityEvent, log};
use uuid::Uuid;

use crate::session::OFFICE;
use crate::visit::Visit;

/// Lines of one kind from one address within the window of the limits.
const MOST: u32 = 20;

/// Refusals of one account that the journal takes within the window of the limits.
const MOST_JOURNALED: u32 = 20;

/// Enters in the journal that someone signed in was refused, unless the account has filled its share.
pub async fn refused(visit: &Visit, event: &str) {
    let Some(signed_in) = &visit.signed_in else {
        return;
    };
    let app = &visit.app;
    let now = app.settings.clock.now();
    let share = format!("refusal {}", signed_in.viewer.account);
    if app.limits.wait(&share, MOST_JOURNALED, now).is_some() {
        return;
    }
    app.limits.failed(&share, now);
    let method = visit.method.as_str();
    if let Err(error) = log::refuse(&app.store, &signed_in.viewer, now, method, &visit.path, event).await {
        tracing::error!(%error, event, "refusal not journaled");
    }
}

/// Adds a line to the log unless the address has filled its share; a log that cannot be written stops nobody.
pub async fn note(visit: &Visit, event: &str, detail: &str) {
    let app = &visit.app;
    let now = app.settings.clock.now();
    let share = format!("log {event} {}", visit.address);
    if app.limits.wait(&share, MOST, now).is_some() {
        return;
    }
    app.limits.failed(&share, now);
    let line = SecurityEvent {
        id: Uuid::now_v7(),
        at: now,
        event: event.to_owned(),
        account: visit.signed_in.as_ref().map(|signed_in| signed_in.viewer.account),
        address: Some(visit.address.to_string()),
        detail: Some(detail.to_owned()),
    };
    if let Err(error) = accounts::log_security(&app.store, OFFICE, &line).await {
        tracing::error!(%error, event, "security log not written");
    }
}
