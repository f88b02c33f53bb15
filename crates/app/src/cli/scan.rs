//! `vinhdanh scan`: a whole office set against the law, or the offices of several databases, each by itself and together.

mod answer;
mod offices;
pub mod told;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;
use rules::load::Laid;
use store::Store;
use store::units::branch::Branch;
use uuid::Uuid;

use crate::cli::evaluate::layers;
use crate::cli::law::no_such_award;
use crate::cli::report::unit;
use crate::cli::scan::answer::{Answer, Honour};
use crate::cli::{Format, Telling, serve, wait_for};
use crate::config::{Flags, Settings};
use crate::failure::{Failure, Fault, Place};
use crate::language::Language;
use crate::law::{self, Files};
use crate::prospects::kept::{Kept, Standing};
use crate::prospects::laws::Laws;
use crate::regulations::Regulations;
use crate::session::OFFICE;

/// Sets every subject of the office against the law.
#[derive(Debug, Args)]
pub struct Scan {
    #[command(flatten)]
    flags: Flags,
    /// The databases of further offices.
    #[arg(long, value_name = "URL")]
    also: Vec<String>,
    /// The honours; all where none is named.
    #[arg(long, value_name = "AWARD")]
    award: Vec<String>,
    /// The day of consideration.
    #[arg(long, value_name = "DAY")]
    on: NaiveDate,
    /// The unit with what is under it.
    #[arg(long, value_name = "CODE")]
    unit: Option<String>,
    /// An office's regulation laid over the law.
    #[arg(long, value_name = "FILE")]
    layer: Vec<PathBuf>,
    /// The file to write: .xlsx or .json.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Scan {
    /// Prints or writes who meets what.
    pub fn run(self, telling: Telling) -> Result<(), Failure> {
        if self.unit.is_some() && !self.also.is_empty() {
            let place = Place { path: Some("--unit".to_owned()), ..Place::default() };
            return Err(Failure::new(Fault::Usage, "cli-scan-unit-of-one").at(place));
        }
        let files = layers(&self.layer)?;
        let settings = Settings::office(self.flags.clone())?;
        wait_for(async {
            let answer = match self.also.is_empty() {
                true => Answer::of_office(self.on, self.office(&settings, &files, telling.lang).await?),
                false => Answer::of_country(self.on, self.country(&settings, &files, telling.lang).await?),
            };
            self.give(&answer, telling)
        })
    }

    /// What the one office comes to, or the unit in it that is asked for.
    async fn office(&self, settings: &Settings, files: &Files, language: Language) -> Result<Vec<Honour>, Failure> {
        let (store, laws) = opened(settings, self.on).await?;
        let laws = over(&laws, files, language)?;
        if let Some(unknown) = self.award.iter().find(|id| !laws.knows(id)) {
            return Err(no_such_award(laws.office(), unknown, language));
        }
        let branch = match &self.unit {
            Some(code) => Some(below(&store, settings, code, self.on).await?),
            None => None,
        };
        let kept = judged(store, settings, laws, self.on, &self.award).await?;
        let seen = |standing: &Standing| branch.as_ref().is_none_or(|branch| branch.contains(&standing.unit));
        Ok(answer::honours(&kept, !self.award.is_empty(), seen, language))
    }

    /// Prints the answer, or writes it to the file named.
    fn give(&self, answer: &Answer, telling: Telling) -> Result<(), Failure> {
        match (&self.out, telling.format) {
            (Some(file), _) if file.extension().is_some_and(|ending| ending == "json") => {
                write(file, told::json(answer).to_string().as_bytes())
            }
            (Some(file), _) => write(file, &told::workbook(answer, telling.lang)?),
            (None, Format::Json) => {
                say!("{}", told::json(answer));
                Ok(())
            }
            (None, Format::Text) => {
                say!("{}", told::text(answer, telling.lang));
                Ok(())
            }
        }
    }
}

/// The database of an office, which is there, with the laws in force in it on a day.
pub async fn opened(settings: &Settings, day: NaiveDate) -> Result<(Store, Laws), Failure> {
    let unread = |error| serve::failure(error, settings);
    let store = store::open_to_read(&settings.database).await.map_err(unread)?;
    store.check_schema().await.map_err(unread)?;
    let in_force = Regulations::default().current(&store, settings.clock.today()).await.map_err(unread)?;
    let laws = Laws::in_force(&store, &in_force, day).await.map_err(unread)?;
    Ok((store, laws))
}

/// The office on a day, judged for the honours named or all by laws that are known to fit together: to read it takes long.
pub async fn judged(
    store: Store,
    settings: &Settings,
    laws: Laws,
    day: NaiveDate,
    awards: &[String],
) -> Result<Kept, Failure> {
    let kept = Kept::read(&store, laws, day, awards.to_vec(), |_, _| false).await;
    let kept = kept.map_err(|error| serve::failure(error, settings))?;
    // Nothing stops the reading here, so it always comes to its end.
    let mut kept = kept.ok_or_else(|| Failure::new(Fault::Machine, "cli-error-runtime").word("cause", ""))?;
    kept.judge();
    serve::close(store, settings).await?;
    Ok(kept)
}

/// The laws with the layers of files laid over them.
pub fn over(laws: &Laws, files: &Files, language: Language) -> Result<Laws, Failure> {
    if files.is_empty() {
        return Ok(laws.clone());
    }
    let laid: Vec<_> = files.iter().map(|(name, text)| Laid { name, text, until: None }).collect();
    laws.with(&laid).map_err(|faults| law::failure(&faults, language))
}

/// The unit of a code with everything under it on a day.
async fn below(store: &Store, settings: &Settings, code: &str, day: NaiveDate) -> Result<HashSet<Uuid>, Failure> {
    let top = unit(store, settings, code, day).await?;
    let branch = Branch { office: OFFICE, unit: top.id, day };
    Ok(branch.list(store).await.map_err(|error| serve::failure(error, settings))?.into_iter().collect())
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(file, bytes).map_err(|error| {
        let why = format!("{}: {error}", file.display());
        Failure::new(Fault::Machine, "cli-report-out-written").word("why", why)
    })
}
