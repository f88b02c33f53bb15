//! The security log: who was refused at which door, not more often than it takes to see it.

use store::accounts::{self, SecurityEvent};
use uuid::Uuid;

use crate::session::OFFICE;
use crate::visit::Visit;

/// Lines of one kind from one address within the window of the limits.
const MOST: u32 = 20;

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
