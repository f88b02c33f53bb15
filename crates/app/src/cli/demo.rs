//! `vinhdanh demo`: makes the demonstration data on an embedded database and serves it.

use std::path::Path;

use chrono::NaiveDate;
use clap::Args;
use serde_json::json;
use store::Store;

use crate::checkpoints;
use crate::cli::{Format, Telling, serve, wait_for};
use crate::clock::Clock;
use crate::config::{Flags, Settings};
use crate::demo;
use crate::demo::fill::FillError;
use crate::failure::{Failure, Fault};
use crate::keys::Keys;
use crate::server;
use crate::session::OFFICE;
use crate::state::App;

/// Shows the program with demonstration data.
#[derive(Debug, Args)]
pub struct Demo {
    #[command(flatten)]
    flags: Flags,
    /// Deletes the old demonstration data first.
    #[arg(long)]
    fresh: bool,
    /// Makes the data and opens no web page.
    #[arg(long)]
    prepare_only: bool,
    /// The day it is.
    #[arg(long, value_name = "DAY", default_value = "2026-11-23")]
    today: NaiveDate,
}

impl Demo {
    /// Prepares the data where there is none, then serves until asked to stop.
    pub fn run(self, telling: Telling) -> Result<(), Failure> {
        let settings = Settings::demonstration(self.flags, Clock::On(self.today))?;
        serve::log(&settings);
        wait_for(async {
            if self.fresh {
                clear(&settings).await?;
            }
            if self.prepare_only {
                let store = prepare(&settings, self.today, telling).await?;
                let keys = Keys::open(&settings.keys).map_err(|error| server::keys_failure(&error))?;
                let signed = checkpoints::sign(&store, &settings, &keys).await;
                signed.map_err(|error| serve::failure(error, &settings))?;
                let database = serve::shown(&settings.database);
                let line = telling.lang.text_with("cli-demo-prepared", &[("database", &database)]);
                telling.say(&line, &json!({"database": database}));
                return serve::close(store, &settings).await;
            }
            // The port first: where it is taken, no data is made in vain.
            let (listener, address) = server::listen(&settings).await?;
            let store = prepare(&settings, self.today, telling).await?;
            let app = App::new(store.clone(), settings.clone());
            let stop = server::Stop::watch()?;
            let url = format!("http://localhost:{}", address.port());
            let day = telling.lang.day(self.today);
            let line = telling.lang.text_with("cli-demo-at", &[("url", &url), ("day", &day)]);
            telling.say(&line, &json!({"url": url, "today": self.today}));
            server::serve(listener, app, stop).await?;
            serve::close(store, &settings).await
        })
    }
}

/// The store with the demonstration in it. A new SQLite file gets its name only when it is whole.
async fn prepare(settings: &Settings, today: NaiveDate, telling: Telling) -> Result<Store, Failure> {
    let new_file = settings.database.strip_prefix("sqlite:").filter(|file| !Path::new(file).exists());
    if let Some(file) = new_file {
        let unfinished = Settings { database: format!("{}.unfinished", settings.database), ..settings.clone() };
        delete(&unfinished)?;
        if let Err(failure) = make(&unfinished, today, telling).await {
            delete(&unfinished)?;
            return Err(failure);
        }
        std::fs::rename(format!("{file}.unfinished"), file).map_err(|error| {
            Failure::new(Fault::Machine, "cli-cause-other")
                .word("database", serve::shown(&settings.database))
                .word("cause", error.to_string())
        })?;
    }
    let store = serve::open(settings).await?;
    if store.is_empty(OFFICE).await.map_err(|error| serve::failure(error, settings))? {
        fill(&store, settings, today, telling).await?;
    }
    only_illustrative(&store, settings).await?;
    Ok(store)
}

/// Refuses a database with an office's own records: the demonstration lets everyone sign in as anyone.
async fn only_illustrative(store: &Store, settings: &Settings) -> Result<(), Failure> {
    let office = store::offices::one(store, OFFICE).await.map_err(|error| serve::failure(error, settings))?;
    match office {
        Some(office) if !office.illustrative => Err(Failure::new(Fault::Input, "cli-demo-own-records")
            .word("database", serve::shown(&settings.database))
            .hint("cli-demo-own-records-hint")),
        _ => Ok(()),
    }
}

/// Deletes the old demonstration, and nothing else.
async fn clear(settings: &Settings) -> Result<(), Failure> {
    let file = settings.database.strip_prefix("sqlite:").map(Path::new);
    if file.is_some_and(Path::exists) {
        let store = serve::open(settings).await?;
        let checked = only_illustrative(&store, settings).await;
        serve::close(store, settings).await?;
        checked?;
    }
    delete(settings)
}

async fn make(settings: &Settings, today: NaiveDate, telling: Telling) -> Result<(), Failure> {
    let store = serve::open(settings).await?;
    fill(&store, settings, today, telling).await?;
    serve::close(store, settings).await
}

async fn fill(store: &Store, settings: &Settings, today: NaiveDate, telling: Telling) -> Result<(), Failure> {
    if telling.format == Format::Text {
        eprintln!("{}", telling.lang.text("cli-demo-filling"));
    }
    let filled = demo::fill::fill(store, OFFICE, today, settings.clock.now()).await;
    filled.map_err(|error| match error {
        FillError::Files(flaw) => Failure::said(Fault::Input, flaw.to_string()),
        FillError::Store(error) => serve::failure(error, settings),
    })
}

/// Deletes the demonstration's own SQLite file with what SQLite lays beside it.
fn delete(settings: &Settings) -> Result<(), Failure> {
    let Some(file) = settings.database.strip_prefix("sqlite:") else {
        return Err(
            Failure::new(Fault::Usage, "cli-error-fresh-kind").word("database", serve::shown(&settings.database))
        );
    };
    for end in ["", "-wal", "-shm"] {
        let file = format!("{file}{end}");
        match std::fs::remove_file(Path::new(&file)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                let failure = Failure::new(Fault::Machine, "cli-error-fresh").word("file", file);
                return Err(failure.word("cause", error.to_string()));
            }
            _ => {}
        }
    }
    Ok(())
}
