//! `vinhdanh serve`: opens the database of an office and serves its pages.

use clap::Args;
use serde_json::json;
use store::Store;
use store::error::StoreError;
use tracing_subscriber::EnvFilter;

use crate::cli::{Telling, wait_for};
use crate::config::{Flags, Settings};
use crate::failure::{Failure, Fault};
use crate::state::App;
use crate::{server, session};

/// Serves the pages of an office.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    flags: Flags,
}

impl Serve {
    /// Serves until asked to stop.
    pub fn run(self, telling: Telling) -> Result<(), Failure> {
        let settings = Settings::office(self.flags)?;
        log(&settings);
        wait_for(async {
            let (listener, _) = server::listen(&settings).await?;
            let store = open(&settings).await?;
            let app = App::new(store.clone(), settings);
            let stop = server::Stop::watch()?;
            let url = &app.settings.public_url;
            telling.say(&telling.lang.text_with("cli-serve-at", &[("url", url)]), &json!({"url": url}));
            if let Some(link) = session::first_link(&app).await.map_err(|error| failure(error, &app.settings))? {
                telling.say(&format!("{}\n  {link}", telling.lang.text("cli-serve-first")), &json!({"first": link}));
            }
            let settings = app.settings.clone();
            server::serve(listener, app, stop).await?;
            close(store, &settings).await
        })
    }
}

/// Opens the database named in the settings and brings its schema up to date.
pub async fn open(settings: &Settings) -> Result<Store, Failure> {
    opened(store::open(&settings.database).await, settings).await
}

/// Brings the schema of a database that was opened up to date.
pub async fn opened(store: Result<Store, StoreError>, settings: &Settings) -> Result<Store, Failure> {
    let opened = async {
        let store = store?;
        store.migrate().await?;
        Ok(store)
    };
    opened.await.map_err(|error| failure(error, settings))
}

/// Closes the database, which leaves an SQLite file whole.
pub async fn close(store: Store, settings: &Settings) -> Result<(), Failure> {
    store.close().await.map_err(|error| failure(error, settings))
}

/// The address of a database without the password in it.
pub fn shown(database: &str) -> String {
    match (database.split_once("://"), database.rsplit_once('@')) {
        (Some((kind, _)), Some((_, place))) => format!("{kind}://…@{place}"),
        _ => database.to_owned(),
    }
}

/// A fault of the store as a failure of the command.
pub fn failure(error: StoreError, settings: &Settings) -> Failure {
    let (fault, key) = match &error {
        StoreError::Locked => (Fault::Machine, "cli-cause-locked"),
        StoreError::DiskFull => (Fault::Machine, "cli-cause-full"),
        StoreError::BadUrl(_) => (Fault::Usage, "cli-cause-address"),
        StoreError::NewerSchema { .. } => (Fault::Machine, "cli-cause-newer"),
        _ => (Fault::Machine, "cli-cause-other"),
    };
    Failure::new(fault, key)
        .word("database", shown(&settings.database))
        .word("cause", error.to_string())
        .hint("cli-hint-database")
}

/// Sends the log to standard error, as far as the settings ask for it.
pub fn log(settings: &Settings) {
    let filter = EnvFilter::try_new(&settings.log).unwrap_or_else(|_| EnvFilter::new("info"));
    // A second command in one process, as in tests, keeps the first log.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
