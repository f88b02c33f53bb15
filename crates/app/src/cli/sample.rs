//! `vinhdanh sample`: fills an empty database with a fictitious office of any size, for measuring.

use std::io::Write as _;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use clap::Args;
use serde_json::json;
use store::Store;
use store::error::StoreError;

use crate::cli::{Format, Telling, serve, wait_for};
use crate::config::{Flags, Settings};
use crate::demo::{Population, fill, sample};
use crate::failure::{Failure, Fault};
use crate::language::Word;
use crate::session::OFFICE;

/// Makes an office of fictitious people with plausible careers.
#[derive(Debug, Args)]
pub struct Sample {
    #[command(flatten)]
    flags: Flags,
    /// How many people.
    #[arg(long, value_name = "N")]
    people: usize,
    /// The same seed makes the same people.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// The last day that is known.
    #[arg(long, value_name = "DAY", default_value = "2026-11-23")]
    until: NaiveDate,
}

/// What has been written so far.
#[derive(Debug, Default)]
struct Written {
    people: usize,
    awards: usize,
}

impl Sample {
    /// Writes the office, part by part.
    pub fn run(self, telling: Telling) -> Result<(), Failure> {
        let settings = Settings::office(self.flags.clone())?;
        wait_for(async {
            let store = serve::opened(store::open_to_fill(&settings.database).await, &settings).await?;
            let started = Instant::now();
            let written = self.write(&store, &settings, telling).await?;
            serve::close(store, &settings).await?;
            let (people, awards) = (written.people, written.awards);
            let database = serve::shown(&settings.database);
            let words: [(&str, &dyn Word); 3] = [("people", &people), ("awards", &awards), ("database", &database)];
            let line = telling.lang.text_with("cli-sample-made", &words);
            let told = json!({
                "people": people,
                "awards": awards,
                "seed": self.seed,
                "seconds": started.elapsed().as_secs(),
            });
            telling.say(&line, &told);
            Ok(())
        })
    }

    async fn write(&self, store: &Store, settings: &Settings, telling: Telling) -> Result<Written, Failure> {
        let failed = |error: StoreError| serve::failure(error, settings);
        if !store.is_empty(OFFICE).await.map_err(failed)? {
            return Err(Failure::new(Fault::Input, "cli-sample-not-empty")
                .word("database", serve::shown(&settings.database))
                .hint("cli-sample-not-empty-hint"));
        }
        let parts = sample::Sample::new(self.people, self.seed);
        let parts = parts.map_err(|flaw| Failure::said(Fault::Input, flaw.to_string()))?;
        let (mut written, mut ids) = (Written::default(), fill::Ids::default());
        let mut shown = Instant::now();
        for (part, awards) in drawn_ahead(parts, self.until) {
            fill::add_part(store, OFFICE, &part, self.until, settings.clock.now(), &mut ids).await.map_err(failed)?;
            written.people += part.people.len();
            written.awards += awards;
            if telling.format == Format::Text && shown.elapsed() > Duration::from_millis(500) {
                progress(written.people, self.people);
                shown = Instant::now();
            }
        }
        if telling.format == Format::Text {
            progress(written.people, self.people);
            eprintln!();
        }
        // Each part was found in its own order; from here on all are found in one.
        store::search::rebuild(store, OFFICE).await.map_err(failed)?;
        store.analyze().await.map_err(failed)?;
        Ok(written)
    }
}

/// The parts as known on a day with their awards, each drawn while the one before is written.
fn drawn_ahead(parts: sample::Sample, until: NaiveDate) -> mpsc::IntoIter<(Population, usize)> {
    let (drawn, taken) = mpsc::sync_channel(1);
    std::thread::spawn(move || {
        for part in parts {
            // Whoever writes the parts may have met a fault and want no more of them.
            if drawn.send(sample::known(part, until)).is_err() {
                return;
            }
        }
    });
    taken.into_iter()
}

/// Draws the bar over itself.
fn progress(done: usize, all: usize) {
    let filled = done * 40 / all.max(1);
    let mut screen = std::io::stderr();
    // Where standard error is closed there is nobody to show it to.
    let _ = write!(screen, "\r[{}{}] {done}/{all}", "#".repeat(filled), " ".repeat(40 - filled));
    let _ = screen.flush();
}
