//! Listens, serves, and stops within twenty seconds when asked to.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;

use crate::backup::schedule;
use crate::checkpoints;
use crate::config::Settings;
use crate::failure::{Failure, Fault};
use crate::files;
use crate::jobs;
use crate::router::router;
use crate::state::App;
use crate::sweep::keep_sweeping;

/// How long requests under way may take after a stop has been asked for.
const GRACE: Duration = Duration::from_secs(20);
/// How long work under way may take to lay itself down.
const WORK_GRACE: Duration = Duration::from_secs(5);

/// Takes the port; a port of 0 takes any that is free.
pub async fn listen(settings: &Settings) -> Result<(TcpListener, SocketAddr), Failure> {
    let taken = async {
        let listener = TcpListener::bind(settings.listen).await?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    };
    taken.await.map_err(|error: io::Error| {
        Failure::new(Fault::Machine, "cli-error-port")
            .word("address", settings.listen.to_string())
            .word("cause", error.to_string())
            .hint("cli-hint-port")
    })
}

/// Serves until a stop is asked for, then lets the requests under way finish, but not for longer than the grace.
///
/// The journal is signed meanwhile, and once more at the end.
pub async fn serve(listener: TcpListener, app: App, stop: Stop) -> Result<(), Failure> {
    let (stopped, cut) = oneshot::channel::<()>();
    let (ended, end) = oneshot::channel::<()>();
    app.keys().map_err(|error| keys_failure(&error))?;
    let signing = tokio::spawn(sign(app.clone(), end));
    let (backing_up, no_more) = oneshot::channel::<()>();
    let own = app.clone();
    // On a thread of its own: packing and hashing would hold up visitors.
    tokio::task::spawn_blocking(move || Handle::current().block_on(schedule::keep_backing_up(own, no_more)));
    tokio::spawn(sweep(app.clone()));
    let working = tokio::spawn(jobs::run(app.clone()));
    let sweeping = tokio::spawn(keep_sweeping(app.clone()));
    let (stopping, work) = (app.stopping.clone(), app.work.clone());
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let asked = async move {
        stop.asked().await;
        stopping.store(true, Ordering::Relaxed);
        work.wake();
        drop(stopped);
    };
    let server = axum::serve(listener, service).with_graceful_shutdown(asked);
    let grace_over = async {
        // The sender is dropped, not used: the wait ends when a stop is asked for.
        let _ = cut.await;
        tokio::time::sleep(GRACE).await;
    };
    let served = tokio::select! {
        served = server => served.map_err(|error| runtime(&error)),
        () = grace_over => Ok(()),
    };
    sweeping.abort();
    drop(backing_up);
    drop(ended);
    // A task that panicked has said so itself; work that does not end now is taken up again from its beginning.
    let _ = tokio::time::timeout(WORK_GRACE, working).await;
    let _ = signing.await;
    served
}

/// Keys that cannot be read or made, as a failure of the command.
pub fn keys_failure(error: &io::Error) -> Failure {
    Failure::new(Fault::Machine, "cli-error-keys").word("cause", error.to_string()).hint("cli-hint-keys")
}

/// Takes away what uploads that were broken off left in the folder of files; a fault there stops nothing.
async fn sweep(app: App) {
    match files::sweep(&app, app.settings.clock.now()).await {
        Ok(0) => {}
        Ok(swept) => tracing::info!(swept, "files without a record swept away"),
        Err(error) => tracing::warn!(?error, "the folder of files was not swept"),
    }
}

async fn sign(app: App, end: oneshot::Receiver<()>) {
    if let Ok(keys) = app.keys() {
        checkpoints::keep_signing(app.store.clone(), &app.settings, keys, end).await;
    }
}

/// The signals that ask for a stop, watched from the moment this is made.
pub struct Stop {
    terminated: Signal,
    interrupted: Signal,
}

impl Stop {
    /// Watches SIGTERM and Ctrl+C from now on; made before the program says that it runs.
    pub fn watch() -> Result<Self, Failure> {
        let watch = |kind| signal(kind).map_err(|error| runtime(&error));
        Ok(Self { terminated: watch(SignalKind::terminate())?, interrupted: watch(SignalKind::interrupt())? })
    }

    async fn asked(mut self) {
        tokio::select! {
            _ = self.terminated.recv() => {}
            _ = self.interrupted.recv() => {}
        }
    }
}

fn runtime(error: &io::Error) -> Failure {
    Failure::new(Fault::Machine, "cli-error-runtime").word("cause", error.to_string())
}
