//! Signs the journal once a second while it grows, so that nobody can rewrite it unseen.

use std::time::Duration;

use store::Store;
use store::error::StoreError;
use store::journal::checkpoints::{self, Made};
use tokio::sync::oneshot::Receiver;
use tokio::time::{MissedTickBehavior, interval};

use crate::config::Settings;
use crate::keys::Keys;
use crate::session::OFFICE;

/// How often a server looks whether the journal has grown.
const EVERY: Duration = Duration::from_secs(1);

/// Signs until the other end of `stop` is gone, and once more then.
pub async fn keep_signing(store: Store, settings: &Settings, keys: &Keys, mut stop: Receiver<()>) {
    let mut every = interval(EVERY);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut told = String::new();
    loop {
        let stopping = tokio::select! {
            _ = every.tick() => false,
            _ = &mut stop => true,
        };
        let trouble = match sign(&store, settings, keys).await {
            Ok(Made::Contradiction { size }) => format!("the journal does not begin with what was signed at {size}"),
            Ok(Made::Nothing | Made::Signed(_)) => String::new(),
            Err(error) => error.to_string(),
        };
        // Once a second would fill the log: each trouble is told when it begins.
        if trouble != told && !trouble.is_empty() {
            tracing::error!(trouble, "no checkpoint was signed");
        }
        told = trouble;
        if stopping {
            return;
        }
    }
}

/// Signs the journal as it stands, where it has grown; a command that wrote calls it at its end.
pub async fn sign(store: &Store, settings: &Settings, keys: &Keys) -> Result<Made, StoreError> {
    checkpoints::make(store, OFFICE, &keys.journal, settings.clock.now()).await
}
