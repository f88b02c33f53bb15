//! `vinhdanh import`: brings a file in from the command line, or only shows what would come of it.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use serde_json::{Value, json};
use store::access::Viewer;
use store::error::StoreError;
use store::imports::files::{self, ImportFile, NewFile};
use store::imports::rows::{self, ImportRow};
use store::imports::write::{self, Part};
use store::imports::{KINDS, Kind, RowState, stage};
use store::jobs as kept;
use store::units;
use store::words::{self, Role};
use uuid::Uuid;

use crate::cli::{Format, Telling, serve, wait_for};
use crate::config::{Flags, Settings};
use crate::failure::{Failure, Fault, Place};
use crate::imports::choices::Choices;
use crate::imports::receiving::{self, Broken};
use crate::imports::{passed, reading, returned, sheet, words as told};
use crate::language::Language;
use crate::session::OFFICE;
use crate::state::App;
use crate::{field, jobs};

/// Rows that are named one by one in a preview.
const NAMED: u32 = 20;
/// How often the progress is shown anew.
const SHOWN: Duration = Duration::from_millis(250);
/// Rows that keep everything from being entered.
const IN_THE_WAY: [RowState; 3] = [RowState::Doubtful, RowState::Conflict, RowState::Wrong];

/// Brings a file in.
#[derive(Debug, Args)]
pub struct Import {
    #[command(flatten)]
    flags: Flags,
    /// The file.
    #[arg(value_name = "FILE")]
    workbook: PathBuf,
    /// What its rows are.
    #[arg(long = "as", value_name = "KIND", value_parser = kind)]
    rows_are: Kind,
    /// The sheet; the first that looks like a list where none is named.
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// The unit of rows that name none.
    #[arg(long, value_name = "CODE")]
    unit: Option<String>,
    /// The year of rows that name none.
    #[arg(long = "year", value_name = "YEAR", value_parser = year)]
    year_of_rows: Option<i32>,
    /// Shows what would be entered and enters nothing.
    #[arg(long = "dry-run")]
    try_only: bool,
    /// Enters the rows that can be entered although others cannot.
    #[arg(long)]
    valid_part: bool,
    /// Enters without asking.
    #[arg(long = "yes")]
    unasked: bool,
    /// Where the file is written with what is to be said of each row.
    #[arg(long, value_name = "FILE")]
    errors_to: Option<PathBuf>,
}

impl Import {
    /// Reads, shows, and enters what was confirmed.
    pub fn run(self, telling: Telling) -> Result<(), Failure> {
        let settings = Settings::office(self.flags.clone())?;
        wait_for(async {
            let store = serve::open(&settings).await?;
            let app = App::new(store.clone(), settings.clone());
            let done = self.bring(&app, telling).await;
            serve::close(store, &settings).await?;
            done
        })
    }

    async fn bring(&self, app: &App, telling: Telling) -> Result<(), Failure> {
        app.keys().map_err(|error| crate::server::keys_failure(&error))?;
        let unit = self.unit(app).await?;
        let file = self.lay_down(app, unit, telling.lang).await?;
        let done = self.decide(app, &file, telling).await;
        let file = files::known(&app.store, OFFICE, file.id).await.map_err(|error| unwritten(app, error))?;
        if self.try_only || done.is_err() && file.step.is_none() {
            self.forget(app, &file).await?;
        }
        done
    }

    /// Reads the file into rows that wait.
    async fn lay_down(&self, app: &App, unit: Option<Uuid>, language: Language) -> Result<ImportFile, Failure> {
        let id = Uuid::now_v7();
        let name = self.workbook.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let received = receiving::copy(&app.settings.files, id, &self.workbook).await;
        let received = received.map_err(|broken| self.not_received(&broken, language))?;
        let path = receiving::place(&app.settings.files, id);
        let choices = self.choices(&path, &name).map_err(|refusal| {
            // Refused before it has a row: nothing stays.
            let _ = std::fs::remove_file(&path);
            Failure::said(Fault::Input, sheet::refusal(language, &refusal)).at(self.place())
        })?;
        let fault = |error| unwritten(app, error);
        let now = app.settings.clock.now();
        let file = NewFile {
            id,
            kind: self.rows_are,
            file_name: name,
            sha256: received.sha256,
            size: i64::try_from(received.size).unwrap_or(i64::MAX),
            stored_as: id.to_string(),
            unit,
            made: now,
        };
        files::receive(&app.store, &viewer(), &file).await.map_err(fault)?;
        files::choose(&app.store, OFFICE, id, &json!(choices)).await.map_err(fault)?;
        let (job, asked) = (Uuid::now_v7(), json!({"file": id, "role": words::text(Role::Officer), "unit": null}));
        stage::ask(&app.store, &viewer(), id, reading::JOB, &asked, job, now).await.map_err(fault)?;
        let read = work(app, job, language).await;
        let file = files::known(&app.store, OFFICE, id).await.map_err(fault)?;
        if let Err(failure) = read {
            self.forget(app, &file).await?;
            return Err(failure.at(self.place()));
        }
        Ok(file)
    }

    /// Takes away what was laid down: nothing of it was entered.
    async fn forget(&self, app: &App, file: &ImportFile) -> Result<(), Failure> {
        files::forget(&app.store, OFFICE, file).await.map_err(|error| unwritten(app, error))?;
        // What cannot be removed has no row and is never read.
        let _ = std::fs::remove_file(receiving::place(&app.settings.files, file.id));
        Ok(())
    }

    fn not_received(&self, broken: &Broken, language: Language) -> Failure {
        let told = |key| Failure::new(Fault::Input, key);
        match broken {
            Broken::TooLarge => {
                let limit = language.number(i64::try_from(receiving::LARGEST >> 20).unwrap_or(i64::MAX));
                told("import-too-large").word("limit", limit).at(self.place())
            }
            Broken::Cut => told("import-cut").at(self.place()),
            Broken::Machine(error) => told("cli-file-unreadable")
                .word("file", self.workbook.display().to_string())
                .word("cause", error.to_string()),
        }
    }

    fn place(&self) -> Place {
        Place { file: Some(self.workbook.display().to_string()), ..Place::default() }
    }

    /// Shows what would be entered, and enters it where that was confirmed.
    async fn decide(&self, app: &App, file: &ImportFile, telling: Telling) -> Result<(), Failure> {
        let fault = |error| unwritten(app, error);
        let counts = rows::counts(&app.store, OFFICE, file.id).await.map_err(fault)?;
        let of = |states: &[RowState]| -> u32 {
            counts.iter().filter(|(state, _)| states.contains(state)).map(|(_, rows)| rows).sum()
        };
        let in_the_way = rows::list(&app.store, OFFICE, file.id, &IN_THE_WAY, 0, NAMED).await.map_err(fault)?;
        let passed = self.passed(app, file, telling.lang).await?;
        show(file, &counts, &in_the_way, &passed, telling);
        if let Some(to) = &self.errors_to {
            give_back(app, file, to, telling.lang).await?;
        }
        let (ready, wrong) = (of(&[RowState::Ready, RowState::New]), of(&IN_THE_WAY));
        let refused = |key| Failure::new(Fault::Input, key).word("rows", wrong.to_string());
        if self.try_only || ready == 0 {
            return if wrong == 0 { Ok(()) } else { Err(refused("cli-import-wrong")) };
        }
        if wrong > 0 && !self.valid_part {
            return Err(refused("cli-import-wrong").hint("cli-import-hint-part"));
        }
        if !self.unasked && !confirmed(ready, telling.lang) {
            return Err(Failure::new(Fault::Usage, "cli-import-not-confirmed").hint("cli-import-hint-yes"));
        }
        let part = if self.valid_part { Part::Valid } else { Part::All };
        let (job, now) = (Uuid::now_v7(), app.settings.clock.now());
        write::confirm(&app.store, &viewer(), file.id, part, job, now).await.map_err(fault)?;
        let outcome = work(app, job, telling.lang).await?;
        let rows = outcome["written"].as_u64().unwrap_or_default();
        let line = telling.lang.text_with("cli-import-done", &[("rows", &rows)]);
        telling.say(&line, &json!({"written": rows, "late": outcome["late"], "batch": file.id}));
        Ok(())
    }

    /// What the file has besides records: one sentence, and the first of those rows.
    async fn passed(
        &self,
        app: &App,
        file: &ImportFile,
        language: Language,
    ) -> Result<(String, Vec<ImportRow>), Failure> {
        let fault = |error| unwritten(app, error);
        let told = passed::told(app, file, language).await.map_err(fault)?;
        let rows = rows::list(&app.store, OFFICE, file.id, &[RowState::Skipped], 0, NAMED).await.map_err(fault)?;
        Ok((told, rows))
    }

    fn choices(&self, path: &Path, name: &str) -> Result<Choices, intake::refusal::Refusal> {
        let sheet = match &self.sheet {
            None => None,
            Some(wanted) => {
                let book = sheet::open(path, name)?;
                let place = book.sheets.iter().position(|sheet| sheet.name == *wanted);
                Some(place.ok_or(intake::refusal::Refusal::NoSuchSheet)?)
            }
        };
        let chosen = sheet.map(|sheet| Choices { sheet, ..Choices::default() });
        let look = sheet::look(path, name, chosen.as_ref())?;
        Ok(Choices { year: self.year_of_rows, ..look.choices })
    }

    async fn unit(&self, app: &App) -> Result<Option<Uuid>, Failure> {
        let Some(code) = &self.unit else {
            return Ok(None);
        };
        let day = app.settings.clock.today();
        let found = units::find_by_code(&app.store, &viewer(), code, day).await;
        let found = found.map_err(|error| unwritten(app, error))?;
        Ok(Some(found.map(|unit| unit.id).ok_or_else(|| {
            let place = Place { path: Some("--unit".to_owned()), ..Place::default() };
            Failure::new(Fault::Input, "cli-report-no-unit").word("code", code.clone()).at(place)
        })?))
    }
}

/// Does work that was just asked for, in the foreground; its outcome, or why it came to nothing.
async fn work(app: &App, job: Uuid, language: Language) -> Result<Value, Failure> {
    let fault = |error| unwritten(app, error);
    let claimed = kept::claim_one(&app.store, OFFICE, job, app.settings.clock.now()).await.map_err(fault)?;
    if let Some(claimed) = claimed {
        tokio::select! {
            () = jobs::work_off(app, &claimed) => {}
            () = progress(app, job) => {}
        }
        if std::io::stderr().is_terminal() {
            // Where standard error is closed nobody looks at the bar.
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
    let job = kept::one(&app.store, OFFICE, job).await.map_err(fault)?;
    let job = job.ok_or_else(|| Failure::new(Fault::Machine, "import-failed-other"))?;
    let outcome = job.outcome.unwrap_or_default();
    match job.state {
        kept::State::Done => Ok(outcome),
        _ => {
            let fault = if outcome["error"] == "refused" { Fault::Input } else { Fault::Machine };
            Err(Failure::said(fault, told::failure(language, &outcome)))
        }
    }
}

/// A bar on standard error while work goes on, where somebody looks at it.
async fn progress(app: &App, job: Uuid) {
    loop {
        tokio::time::sleep(SHOWN).await;
        let Some((done, total)) = app.work.progress(job).filter(|_| std::io::stderr().is_terminal()) else {
            continue;
        };
        let width = usize::try_from((done * 30).checked_div(total).unwrap_or(0)).unwrap_or(0).min(30);
        let _ = write!(std::io::stderr(), "\r[{}{}] {done}/{total}", "#".repeat(width), ".".repeat(30 - width));
    }
}

fn show(
    file: &ImportFile,
    counts: &[(RowState, u32)],
    rows: &[ImportRow],
    (told_of, passed): &(String, Vec<ImportRow>),
    telling: Telling,
) {
    let language = telling.lang;
    match telling.format {
        Format::Json => {
            let counts: serde_json::Map<String, Value> =
                counts.iter().map(|(state, rows)| (words::text(*state), (*rows).into())).collect();
            let complaint = |row: &ImportRow| json!({"row": row.n, "state": words::text(row.state), "says": told::complaint(language, file.kind, row)});
            let of = |rows: &[ImportRow]| -> Vec<Value> { rows.iter().map(complaint).collect() };
            let (kind, in_the_way, passed) = (words::text(file.kind), of(rows), of(passed));
            let told = json!({"file": file.file_name, "kind": kind, "rows": counts, "in_the_way": in_the_way, "passed": passed});
            say!("{told}");
        }
        Format::Text => {
            say!("{} – {}", file.file_name, told::kind(language, file.kind));
            for (state, rows) in counts {
                say!("  {:<24} {:>9}", told::row_state(language, *state), language.number((*rows).into()));
            }
            if !told_of.is_empty() {
                say!("  {told_of}");
            }
            for row in passed {
                let complaint = told::complaint(language, file.kind, row).unwrap_or_default();
                let number = language.text_with("import-row-number", &[("n", &row.n)]);
                say!("  {number}: {complaint}");
            }
            for row in rows {
                let complaint = told::complaint(language, file.kind, row).unwrap_or_default();
                let number = language.text_with("import-row-number", &[("n", &row.n)]);
                say!("  {number}: {} – {complaint}", told::subject(language, &row.values));
            }
        }
    }
}

async fn give_back(app: &App, file: &ImportFile, to: &Path, language: Language) -> Result<(), Failure> {
    let unmade = |cause: String| {
        Failure::new(Fault::Machine, "cli-import-unmade").word("file", to.display().to_string()).word("cause", cause)
    };
    let (_, bytes) = returned::returned(app, file, language).await.map_err(|why| match why {
        returned::NotReturned::Refused(refusal) => unmade(sheet::refusal(language, &refusal)),
        returned::NotReturned::Store(error) => unmade(error.to_string()),
        returned::NotReturned::Machine(why) => unmade(why),
    })?;
    std::fs::write(to, bytes).map_err(|error| unmade(error.to_string()))
}

/// Asks whoever sits before the terminal.
fn confirmed(rows: u32, language: Language) -> bool {
    if !std::io::stdin().is_terminal() {
        return false;
    }
    eprint!("{} ", language.text_with("cli-import-ask", &[("rows", &rows)]));
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "c" | "có" | "co" | "y" | "yes")
}

fn unwritten(app: &App, error: StoreError) -> Failure {
    serve::failure(error, &app.settings)
}

fn kind(text: &str) -> Result<Kind, String> {
    KINDS.into_iter().find(|kind| words::text(*kind) == text).ok_or_else(|| text.to_owned())
}

fn year(text: &str) -> Result<i32, String> {
    field::year(text).ok_or_else(|| text.to_owned())
}

/// Who can run a command on the database brings in what an officer brings in.
fn viewer() -> Viewer {
    Viewer { office: OFFICE, account: Uuid::nil(), role: Role::Officer, unit: None, person: None }
}
