//! `vinhdanh demo`: makes the demonstration data on an embedded database and serves it.

use std::path::Path;

use chrono::NaiveDate;
use clap::Args;
use serde_json::json;

use crate::cli::{Telling, serve, wait_for};
use crate::clock::Clock;
use crate::config::{Flags, Settings};
use crate::failure::{Failure, Fault};
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
        if self.fresh {
            delete(&settings)?;
        }
        wait_for(async {
            if self.prepare_only {
                let store = serve::open(&settings).await?;
                prepare(&store, &settings, self.today).await?;
                let line = telling.lang.text_with("cli-demo-prepared", &[("database", &settings.database)]);
                telling.say(&line, &json!({"database": settings.database}));
                return serve::close(store, &settings).await;
            }
            // The port first: where it is taken, no data is made in vain.
            let (listener, address) = server::listen(&settings).await?;
            let store = serve::open(&settings).await?;
            prepare(&store, &settings, self.today).await?;
            let url = format!("http://localhost:{}", address.port());
            let day = telling.lang.day(self.today);
            let line = telling.lang.text_with("cli-demo-at", &[("url", &url), ("day", &day)]);
            telling.say(&line, &json!({"url": url, "today": self.today}));
            server::serve(listener, App::new(store.clone(), settings.clone())).await?;
            serve::close(store, &settings).await
        })
    }
}

/// Fills an empty database.
async fn prepare(store: &store::Store, settings: &Settings, today: NaiveDate) -> Result<(), Failure> {
    if !store.is_empty(OFFICE).await.map_err(|error| serve::failure(error, settings))? {
        return Ok(());
    }
    let _ = today;
    Ok(())
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
        if let Err(error) = std::fs::remove_file(Path::new(&file)) {
            if error.kind() != std::io::ErrorKind::NotFound {
                return Err(Failure::new(Fault::Machine, "cli-error-fresh")
                    .word("file", file)
                    .word("cause", error.to_string()));
            }
        }
    }
    Ok(())
}
