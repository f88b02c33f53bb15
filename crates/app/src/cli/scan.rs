//! `vinhdanh scan` and `vinhdanh what-if`: the whole office set against the law, and against a changed law.

use std::collections::HashSet;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use documents::sheet;
use rules::load::Laid;
use rules::scan::rulebook::Progress;
use serde_json::{Value, json};
use store::Store;
use store::units::branch::Branch;
use uuid::Uuid;

use crate::cli::evaluate::{layers, sign};
use crate::cli::law::no_such_award;
use crate::cli::report::unit;
use crate::cli::{Format, Telling, serve, wait_for};
use crate::config::{Flags, Settings};
use crate::failure::{Failure, Fault};
use crate::language::Language;
use crate::law::{self, Files};
use crate::prospects::ceiling::Ceiling;
use crate::prospects::compare::{Changed, compare};
use crate::prospects::count::{self, Row, Which};
use crate::prospects::kept::{Kept, Standing};
use crate::prospects::laws::Laws;
use crate::prospects::listed::{self, Filter, Line};
use crate::prospects::missing;
use crate::prospects::sheets::{self, subject_key};
use crate::prospects::word;
use crate::regulations::Regulations;
use crate::session::OFFICE;

/// Sets every subject of the office against the law.
#[derive(Debug, Args)]
pub struct Scan {
    #[command(flatten)]
    flags: Flags,
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

/// Compares the law with a changed one on the people of the office; nothing takes effect.
#[derive(Debug, Args)]
pub struct WhatIf {
    #[command(flatten)]
    flags: Flags,
    /// The day of consideration.
    #[arg(long, value_name = "DAY")]
    on: NaiveDate,
    /// The change, in the grammar of a layer.
    #[arg(long, value_name = "FILE", required = true)]
    layer: Vec<PathBuf>,
}

impl Scan {
    /// Prints or writes who meets what.
    pub fn run(self, telling: Telling) -> Result<(), Failure> {
        let files = layers(&self.layer)?;
        let settings = Settings::office(self.flags.clone())?;
        wait_for(async {
            let (store, laws) = opened(&settings, self.on).await?;
            let laws = over(&laws, &files, telling.lang)?;
            if let Some(unknown) = self.award.iter().find(|id| laws.knowing(id).award(id).is_none()) {
                return Err(no_such_award(laws.office(), unknown, telling.lang));
            }
            let branch = match &self.unit {
                Some(code) => Some(below(&store, &settings, code, self.on).await?),
                None => None,
            };
            let kept = judged(store, &settings, laws, self.on, &self.award).await?;
            let seen = |standing: &Standing| branch.as_ref().is_none_or(|branch| branch.contains(&standing.unit));
            let rows = count::by_award(&kept, seen);
            let lists: Vec<(Row, Vec<Line>)> = match self.award.is_empty() {
                true => Vec::new(),
                false => rows.iter().map(|row| (row.clone(), lines(&kept, row, seen))).collect(),
            };
            match (&self.out, telling.format) {
                (Some(file), _) if file.extension().is_some_and(|ending| ending == "json") => {
                    write(file, told(&kept, &rows, &lists).to_string().as_bytes())
                }
                (Some(file), _) => write(file, &workbook(&kept, &rows, &lists, telling.lang)?),
                (None, Format::Json) => {
                    say!("{}", told(&kept, &rows, &lists));
                    Ok(())
                }
                (None, Format::Text) => {
                    table(&kept, &rows, &lists, telling.lang);
                    Ok(())
                }
            }
        })
    }
}

impl WhatIf {
    /// Prints who gains and who loses.
    pub fn run(self, telling: Telling) -> Result<(), Failure> {
        let files = layers(&self.layer)?;
        let settings = Settings::office(self.flags.clone())?;
        wait_for(async {
            let (store, before) = opened(&settings, self.on).await?;
            let after = over(&before, &files, telling.lang)?;
            let kept = judged(store, &settings, before, self.on, &[]).await?;
            let changed = compare(&kept, &after, &Progress::default()).unwrap_or_default();
            match telling.format {
                Format::Json => say!("{}", Value::from(changed.iter().map(change_told).collect::<Vec<_>>())),
                Format::Text => changes(&after, self.on, &changed, telling.lang),
            }
            Ok(())
        })
    }
}

/// The database of the office with the laws in force in it on a day.
async fn opened(settings: &Settings, day: NaiveDate) -> Result<(Store, Laws), Failure> {
    let unread = |error| serve::failure(error, settings);
    let store = store::open(&settings.database).await.map_err(unread)?;
    store.check_schema().await.map_err(unread)?;
    let in_force = Regulations::default().current(&store, settings.clock.today()).await.map_err(unread)?;
    let laws = Laws::in_force(&store, &in_force, day).await.map_err(unread)?;
    Ok((store, laws))
}

/// The office on a day, judged for the honours named or all by laws that are known to fit together: to read it takes long.
async fn judged(
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

/// The unit of a code with everything under it on a day.
async fn below(store: &Store, settings: &Settings, code: &str, day: NaiveDate) -> Result<HashSet<Uuid>, Failure> {
    let top = unit(store, settings, code, day).await?;
    let branch = Branch { office: OFFICE, unit: top.id, day };
    Ok(branch.list(store).await.map_err(|error| serve::failure(error, settings))?.into_iter().collect())
}

/// The laws with the layers of files laid over them.
fn over(laws: &Laws, files: &Files, language: Language) -> Result<Laws, Failure> {
    if files.is_empty() {
        return Ok(laws.clone());
    }
    let laid: Vec<_> = files.iter().map(|(name, text)| Laid { name, text, until: None }).collect();
    laws.with(&laid).map_err(|faults| law::failure(&faults, language))
}

/// Those who meet an honour, fall one short or cannot be judged, in this order.
fn lines(kept: &Kept, row: &Row, seen: impl Fn(&Standing) -> bool + Copy) -> Vec<Line> {
    let mut found = Vec::new();
    for which in [Which::Eligible, Which::Close, Which::Unknown] {
        let filter = Filter { which, units: None, leaders: None, sex: None };
        let rows = listed::rows(kept, row.subject, &row.award, &filter, seen);
        found.extend(listed::lines(kept, row.subject, &row.award, &rows));
    }
    found
}

fn verdict(line: &Line) -> &'static str {
    match line.mark.verdict() {
        rules::ask::Verdict::Met => "met",
        rules::ask::Verdict::NotMet => "not_met",
        rules::ask::Verdict::Unknown => "unknown",
    }
}

fn told(kept: &Kept, rows: &[Row], lists: &[(Row, Vec<Line>)]) -> Value {
    let line = |line: &Line| {
        json!({
            "id": line.standing.id,
            "name": line.standing.name,
            "unit": line.standing.unit,
            "verdict": verdict(line),
            "provisional": line.mark.is_provisional(),
            "held": line.mark.is_held(),
            "blocking": line.blocking,
            "lacking": line.lacking,
            "earliest": line.earliest,
        })
    };
    let row = |row: &Row| {
        let subjects = lists.iter().find(|(listed, _)| listed == row);
        json!({
            "award": row.award,
            "subject": word(row.subject),
            "eligible": row.tally.of(Which::Eligible),
            "never_given": row.tally.of(Which::Never),
            "one_short": row.tally.of(Which::Close),
            "unknown": row.tally.of(Which::Unknown),
            "provisional": row.provisional,
            "subjects": subjects.map(|(_, lines)| lines.iter().map(line).collect::<Vec<_>>()),
        })
    };
    json!({"on": kept.day(), "awards": rows.iter().map(row).collect::<Vec<_>>()})
}

fn table(kept: &Kept, rows: &[Row], lists: &[(Row, Vec<Line>)], language: Language) {
    let provisional = rows.iter().any(|row| row.provisional);
    let heads = count::heads(language, provisional).map(|head| format!("{head:>30}")).concat();
    say!("{:<52}{heads}", language.text("prospects-honour"));
    for row in rows {
        let name = language.pick(&kept.name(&row.award)).to_owned();
        let counts = row.tally.0.map(|count| format!("{count:>30}")).concat();
        say!("{:<52}{counts}", format!("{name} ({})", language.text(subject_key(row.subject))));
    }
    for (row, lines) in lists {
        say!("\n{}", language.pick(&kept.name(&row.award)));
        for line in lines {
            let missing = missing::said(kept, line, language).join("; ");
            say!("{} {} {}", sign(line.mark.verdict()), line.standing.name, missing);
        }
    }
    if provisional {
        say!("\n{}", language.text("prospects-provisional"));
    }
    say!("\n{}", language.text("prospects-legend"));
}

/// The numbers, then the subjects of each honour that was asked for.
fn workbook(kept: &Kept, rows: &[Row], lists: &[(Row, Vec<Line>)], language: Language) -> Result<Vec<u8>, Failure> {
    let day = language.text_with("prospects-as-of", &[("day", &language.day(kept.day()))]);
    let listed = lists.iter().map(|(row, lines)| {
        let name = language.pick(&kept.name(&row.award)).to_owned();
        let above = vec![name.clone(), day.clone()];
        sheets::subjects(language, kept, lines, |unit| kept.unit_name(unit).to_owned(), name, above)
    });
    let counted = sheets::counted(language, kept, rows, vec![day.clone()]);
    let sheets: Vec<_> = std::iter::once(counted).chain(listed).collect();
    sheet::write(&sheets).map_err(|flaw| Failure::said(Fault::Machine, flaw.0))
}

fn write(file: &std::path::Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(file, bytes).map_err(|error| {
        let why = format!("{}: {error}", file.display());
        Failure::new(Fault::Machine, "cli-report-out-written").word("why", why)
    })
}

fn change_told(changed: &Changed) -> Value {
    let (within_before, within_after) = changed.within();
    let ceiling = |ceiling: &Option<Ceiling>| {
        ceiling.as_ref().map(|it| json!({"percent": it.percent, "base": it.base, "of": it.of, "most": it.most}))
    };
    json!({
        "award": changed.award,
        "subject": word(changed.subject),
        "before": changed.before,
        "after": changed.after,
        "gain": changed.all.gain,
        "lose": changed.all.lose,
        "ceiling_before": ceiling(&changed.ceiling_before),
        "ceiling_after": ceiling(&changed.ceiling_after),
        "within_before": within_before,
        "within_after": within_after,
        "women": {"gain": changed.women.gain, "lose": changed.women.lose},
        "men": {"gain": changed.men.gain, "lose": changed.men.lose},
        "leaders": {"gain": changed.leaders.gain, "lose": changed.leaders.lose},
        "staff": {"gain": changed.staff.gain, "lose": changed.staff.lose},
        "units": changed.by_unit.iter().map(|(unit, it)| json!({"unit": unit, "gain": it.gain, "lose": it.lose})).collect::<Vec<_>>(),
    })
}

fn changes(laws: &Laws, day: NaiveDate, changed: &[Changed], language: Language) {
    if changed.is_empty() {
        say!("{}", language.text("what-if-nothing"));
    }
    for one in changed {
        let law = laws.knowing(&one.award);
        let name = language.pick(&law.name(&one.award, day)).to_owned();
        say!(
            "{}",
            language.text_with(
                "what-if-line",
                &[
                    ("award", &name),
                    ("before", &u64::from(one.before)),
                    ("after", &u64::from(one.after)),
                    ("gain", &u64::from(one.all.gain)),
                    ("lose", &u64::from(one.all.lose)),
                ]
            )
        );
        if let Some(ceiling) = one.ceiling_said(law, day, language) {
            say!("  {ceiling}");
        }
    }
}
