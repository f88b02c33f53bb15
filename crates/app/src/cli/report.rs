//! `vinhdanh report`: the reports of the registry, as text or JSON.

mod json;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use rules::law::Law;
use store::Store;
use store::access::Viewer;
use store::reports::arithmetic::Period;
use store::reports::counted::UnitChoice;
use store::reports::period::{Parameters, PeriodReport, report};
use store::units::{self, Unit};
use store::words::Role;
use uuid::Uuid;

use crate::cli::{Format, Telling as Told, serve, wait_for};
use crate::config::{Flags, Settings};
use crate::failure::{Failure, Fault, Place};
use crate::language::Language;
use crate::period::asked::{self, End};
use crate::period::counting::{self, Way};
use crate::period::tables::Table;
use crate::period::{Telling, forms};
use crate::print::{self, Letterhead};
use crate::regulations::Regulations;
use crate::session::OFFICE;
use crate::wording::unit_name;

/// Makes a report.
#[derive(Debug, Args)]
pub struct ReportCommand {
    #[command(subcommand)]
    which: Which,
}

#[derive(Debug, Subcommand)]
enum Which {
    /// Titles and commendations of a period.
    Period(PeriodArgs),
}

#[derive(Debug, Args)]
struct PeriodArgs {
    #[command(flatten)]
    flags: Flags,
    /// First year or day.
    #[arg(long, value_name = "YEAR|DAY", value_parser = end)]
    from: End,
    /// Last year or day.
    #[arg(long, value_name = "YEAR|DAY", value_parser = end)]
    to: End,
    /// The period to compare with.
    #[arg(long, value_name = "YEAR-YEAR", value_parser = span)]
    compare: Option<(End, End)>,
    /// The unit.
    #[arg(long, value_name = "CODE")]
    unit: Option<String>,
    /// Without the unit's sub-units.
    #[arg(long, requires = "unit")]
    own_only: bool,
    /// How years are counted.
    #[arg(long, value_enum, default_value_t)]
    count_by: Way,
    /// The file to write: .pdf, .docx, .xlsx or .json.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// What is reported, with the unit as the database knows it.
struct Asked {
    period: Period,
    compare: Option<Period>,
    unit: Option<Unit>,
    own_only: bool,
    way: Way,
    /// Made up for demonstration, as every line for a reader must say.
    illustrative: bool,
    /// The law in force of the office, with the honours of its own.
    law: Arc<Law>,
}

impl ReportCommand {
    /// Prints the report.
    pub fn run(self, telling: Told) -> Result<(), Failure> {
        let Which::Period(arguments) = self.which;
        arguments.run(telling)
    }
}

impl PeriodArgs {
    fn run(self, telling: Told) -> Result<(), Failure> {
        let settings = Settings::office(self.flags)?;
        let day = settings.clock.today();
        let period = between(self.from, self.to, day, "--to")?;
        let compare = self.compare.map(|(from, to)| between(from, to, day, "--compare")).transpose()?;
        is_there(&settings)?;
        wait_for(async {
            let unread = |error| serve::failure(error, &settings);
            let store = store::open(&settings.database).await.map_err(unread)?;
            store.check_schema().await.map_err(unread)?;
            let unit = match &self.unit {
                Some(code) => Some(unit(&store, &settings, code, day).await?),
                None => None,
            };
            let office = store::offices::one(&store, OFFICE).await.map_err(unread)?;
            let illustrative = office.as_ref().is_some_and(|office| office.illustrative);
            let law = Regulations::default().current(&store, day).await.map_err(unread)?.law.clone();
            let asked = Asked { period, compare, unit, own_only: self.own_only, way: self.count_by, illustrative, law };
            let found = report(&store, &viewer(), &asked.parameters(), day).await.map_err(unread)?;
            let letterhead = Letterhead {
                name: office.as_ref().map_or_else(String::new, |office| {
                    unit_name(telling.lang, &office.name, office.name_en.as_deref())
                }),
                code: office.map_or_else(String::new, |office| office.code),
                illustrative,
            };
            match (&self.out, telling.format) {
                (Some(file), _) => asked.write(&found, telling.lang, &letterhead, day, file)?,
                (None, Format::Json) => say!("{}", json::told(&asked, &found)),
                (None, Format::Text) => asked.print(&found, telling.lang, &letterhead.name),
            }
            serve::close(store, &settings).await
        })
    }
}

impl Asked {
    fn parameters(&self) -> Parameters {
        let choice = self.unit.as_ref().map(|unit| UnitChoice { unit: unit.id, with_sub_units: !self.own_only });
        let countings = counting::countings(&self.law, self.way);
        Parameters { period: self.period, compare: self.compare, unit: choice, countings }
    }

    /// Writes the report as what the ending of the file says.
    fn write(
        &self,
        report: &PeriodReport,
        language: Language,
        letterhead: &Letterhead,
        day: NaiveDate,
        file: &Path,
    ) -> Result<(), Failure> {
        let place = || Place { path: Some("--out".to_owned()), ..Place::default() };
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let unknown = || Failure::new(Fault::Input, "cli-report-out-format").at(place());
        let bytes = if ending == "json" {
            json::told(self, report).to_string().into_bytes()
        } else {
            let forms = forms::forms(&self.law, report, self.period.to);
            let format = print::Format::of(ending).ok_or_else(unknown)?;
            let printable = self.telling(report, language, &letterhead.name, &forms).printable(letterhead, day);
            let made = printable.bytes(format);
            made.map_err(|flaw| Failure::new(Fault::Machine, "cli-report-out-made").word("why", flaw))?
                .ok_or_else(unknown)?
        };
        std::fs::write(file, bytes).map_err(|error| {
            let place = Place { file: Some(file.display().to_string()), ..place() };
            Failure::new(Fault::Machine, "cli-report-out-written").word("why", error.to_string()).at(place)
        })
    }

    fn print(&self, report: &PeriodReport, language: Language, office: &str) {
        let forms = forms::forms(&self.law, report, self.period.to);
        let telling = self.telling(report, language, office, &forms);
        if self.illustrative {
            say!("{}", language.text("frame-demo-banner"));
        }
        let period = asked::told(language, self.period);
        say!("{}\n", language.text_with("period-heading", &[("unit", &telling.unit), ("period", &period)]));
        telling.tables().iter().for_each(print);
        for paragraph in telling.paragraphs() {
            say!("{paragraph}");
        }
        for note in telling.left_out() {
            say!("{note}");
        }
    }

    fn telling<'a>(
        &'a self,
        report: &'a PeriodReport,
        language: Language,
        office: &'a str,
        forms: &'a [forms::Form],
    ) -> Telling<'a> {
        let unit = self.unit.as_ref().map(|unit| match (language, unit.name_en.as_deref()) {
            (Language::En, Some(name)) => name,
            _ => unit.name.as_str(),
        });
        let unit = unit.unwrap_or(office);
        Telling { language, period: self.period, compare: self.compare, unit, report, forms }
    }
}

fn end(text: &str) -> Result<End, String> {
    asked::end(text).ok_or_else(|| text.to_owned())
}

fn span(text: &str) -> Result<(End, End), String> {
    asked::span(text).ok_or_else(|| text.to_owned())
}

fn between(from: End, to: End, day: NaiveDate, flag: &str) -> Result<Period, Failure> {
    asked::between(from, to, day).map_err(|flaw| {
        let place = Place { path: Some(flag.to_owned()), ..Place::default() };
        Failure::new(Fault::Input, flaw.key()).word("years", asked::LONGEST.to_string()).at(place)
    })
}

/// A report makes no database: a file that is not there is a slip in its name.
pub fn is_there(settings: &Settings) -> Result<(), Failure> {
    match settings.database.strip_prefix("sqlite:") {
        Some(file) if !Path::new(file).exists() => Err(Failure::new(Fault::Machine, "cli-report-no-database")
            .word("database", settings.database.clone())
            .hint("cli-report-hint-database")),
        _ => Ok(()),
    }
}

/// The unit that bears a code on a day; a failure where none does.
pub async fn unit(store: &Store, settings: &Settings, code: &str, day: NaiveDate) -> Result<Unit, Failure> {
    let found = units::find_by_code(store, &viewer(), code, day).await;
    found.map_err(|error| serve::failure(error, settings))?.ok_or_else(|| {
        let place = Place { path: Some("--unit".to_owned()), ..Place::default() };
        Failure::new(Fault::Input, "cli-report-no-unit").word("code", code).at(place).hint("cli-report-hint-unit")
    })
}

/// Who can run a command on the database reads what an auditor reads.
fn viewer() -> Viewer {
    Viewer { office: OFFICE, account: Uuid::nil(), role: Role::Auditor, unit: None, person: None }
}

/// A table in columns as wide as their longest figure.
fn print(table: &Table) {
    let width = |text: &str| text.chars().count();
    let label =
        table.lines.iter().map(|line| width(&line.label) + line.indent()).max().unwrap_or(0).max(width(&table.caption));
    let widths: Vec<usize> = table
        .columns
        .iter()
        .enumerate()
        .map(|(place, name)| {
            let figures =
                table.lines.iter().filter_map(|line| line.numbers.get(place)).map(|number| width(&number.text));
            figures.max().unwrap_or(0).max(width(name))
        })
        .collect();
    let right = |texts: Vec<&str>| {
        let cells = texts.iter().zip(&widths).map(|(text, wide)| format!("{}{text}", " ".repeat(wide - width(text))));
        cells.collect::<Vec<_>>().join("  ")
    };
    let left = |text: &str| format!("{text}{}", " ".repeat(label - width(text)));
    say!("{}  {}", left(&table.caption), right(table.columns.iter().map(String::as_str).collect()));
    for line in &table.lines {
        let name = format!("{}{}", " ".repeat(line.indent()), line.label);
        say!("{}  {}", left(&name), right(line.numbers.iter().map(|number| number.text.as_str()).collect()));
    }
    say!("");
}
