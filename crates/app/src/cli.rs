//! The command line: one file a command, one way to tell a failure.

/// Writes one line of an answer. A reader that has gone away, such as `head`, is no failure.
macro_rules! say {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

pub mod backup;
pub mod demo;
pub mod evaluate;
mod help;
pub mod import;
pub mod law;
pub mod migrate;
pub mod report;
pub mod sample;
pub mod scan;
pub mod serve;
pub mod verify;
pub mod what_if;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::{Args, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::failure::{Failure, Fault};
use crate::language::Language;

/// Emulation and commendation records: web pages and command line.
#[derive(Debug, Parser)]
#[command(name = "vinhdanh", version)]
pub struct Line {
    #[command(flatten)]
    pub telling: Telling,
    #[command(subcommand)]
    pub command: Command,
}

/// In which language and which form an answer is told.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct Telling {
    /// Language of the answer.
    #[arg(long, global = true, value_enum, default_value_t)]
    pub lang: Language,
    /// Form of the answer.
    #[arg(long, global = true, value_enum, default_value_t)]
    pub format: Format,
}

/// Lines for a person, or JSON for a program; JSON is never localised but for its messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    #[default]
    Text,
    Json,
}

/// What the program can be told to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    Demo(demo::Demo),
    Serve(serve::Serve),
    Migrate(migrate::Migrate),
    Law(law::LawCommand),
    Evaluate(evaluate::Evaluate),
    Report(report::ReportCommand),
    Verify(verify::Verify),
    Backup(backup::Backup),
    Restore(backup::Restore),
    Drill(backup::Drill),
    Import(import::Import),
    Sample(sample::Sample),
    Scan(scan::Scan),
    WhatIf(what_if::WhatIf),
}

impl Telling {
    /// Prints a line for a person, or in JSON the value.
    pub fn say(self, line: &str, value: &serde_json::Value) {
        match self.format {
            Format::Text => say!("{line}"),
            Format::Json => say!("{value}"),
        }
    }
}

/// Runs one command line and gives its exit code: 0 answered, 1 input refused, 2 wrong usage, 3 the machine, 4 verification.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.collect();
    let telling = help::telling(&arguments);
    let command = help::localised(telling.lang);
    let line = match command.try_get_matches_from(arguments).and_then(|found| Line::from_arg_matches(&found)) {
        Ok(line) => line,
        Err(error) if !error.use_stderr() => {
            print!("{}", help::shown(&error, telling.lang));
            return ExitCode::SUCCESS;
        }
        Err(error) => return tell(telling, &help::failure(&error)),
    };
    let done = match line.command {
        Command::Demo(demo) => demo.run(line.telling),
        Command::Serve(serve) => serve.run(line.telling),
        Command::Migrate(migrate) => migrate.run(line.telling),
        Command::Law(law) => law.run(line.telling),
        Command::Evaluate(evaluate) => evaluate.run(line.telling),
        Command::Report(report) => report.run(line.telling),
        Command::Verify(verify) => verify.run(line.telling),
        Command::Backup(backup) => backup.run(line.telling),
        Command::Restore(restore) => restore.run(line.telling),
        Command::Drill(drill) => drill.run(line.telling),
        Command::Import(import) => import.run(line.telling),
        Command::Sample(sample) => sample.run(line.telling),
        Command::Scan(scan) => scan.run(line.telling),
        Command::WhatIf(what_if) => what_if.run(line.telling),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => tell(line.telling, &failure),
    }
}

/// Runs a command that waits for databases and visitors.
pub fn wait_for<F: Future<Output = Result<(), Failure>>>(work: F) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(Fault::Machine, "cli-error-runtime").word("cause", error.to_string()))?;
    runtime.block_on(work)
}

fn tell(telling: Telling, failure: &Failure) -> ExitCode {
    let told = match telling.format {
        Format::Json => failure.json(telling.lang).to_string(),
        Format::Text => format!("{}: {}", telling.lang.text("cli-error"), failure.lines(telling.lang)),
    };
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "{told}");
    ExitCode::from(failure.fault as u8)
}
