//! Listens, serves, and stops within twenty seconds when asked to.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

use crate::config::Settings;
use crate::failure::{Failure, Fault};
use crate::router::router;
use crate::state::App;

/// How long requests under way may take after a stop has been asked for.
const GRACE: Duration = Duration::from_secs(20);

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

/// Serves until SIGTERM or Ctrl+C, then lets the requests under way finish, but not for longer than the grace.
pub async fn serve(listener: TcpListener, app: App) -> Result<(), Failure> {
    let (stopped, stop) = oneshot::channel::<()>();
    let stopping = app.stopping.clone();
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let asked = async move {
        asked_to_stop().await;
        stopping.store(true, Ordering::Relaxed);
        drop(stopped);
    };
    let server = axum::serve(listener, service).with_graceful_shutdown(asked);
    let cut = async {
        // The sender is dropped, not used: the wait ends when a stop is asked for.
        let _ = stop.await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        served = server => served.map_err(|error| {
            Failure::new(Fault::Machine, "cli-error-runtime").word("cause", error.to_string())
        }),
        () = cut => Ok(()),
    }
}

async fn asked_to_stop() {
    let Ok(mut terminated) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminated.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
