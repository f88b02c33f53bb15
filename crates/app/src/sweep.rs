//! What is dropped when its time is over: sessions and old lines of the security log.

use std::time::Duration;

use chrono::TimeDelta;
use store::accounts::{log, sessions};
use store::error::StoreError;
use tokio::time::{MissedTickBehavior, interval};

use crate::state::App;

/// How often a server looks.
const EVERY: Duration = Duration::from_secs(600);
/// How long the security log is kept, in days.
pub const KEPT_DAYS: i64 = 730;

/// Sweeps for as long as it is polled.
pub async fn keep_sweeping(app: App) {
    let mut every = interval(EVERY);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        if let Err(error) = sweep(&app).await {
            tracing::error!(%error, "what is over was not dropped");
        }
    }
}

/// Drops what is over now.
pub async fn sweep(app: &App) -> Result<(), StoreError> {
    let now = app.settings.clock.now();
    sessions::delete_expired(&app.store, now).await?;
    log::delete_before(&app.store, now - TimeDelta::days(KEPT_DAYS)).await?;
    Ok(())
}
