//! `vinhdanh what-if`: who would gain and who would lose by a changed law.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use rules::scan::rulebook::Progress;
use serde_json::{Value, json};

use crate::cli::evaluate::layers;
use crate::cli::scan::{judged, opened, over};
use crate::cli::{Format, Telling, wait_for};
use crate::config::{Flags, Settings};
use crate::failure::Failure;
use crate::language::Language;
use crate::prospects::ceiling::Ceiling;
use crate::prospects::compare::{Changed, compare};
use crate::prospects::laws::Laws;

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

fn change_told(changed: &Changed) -> Value {
    let (within_before, within_after) = changed.within();
    let ceiling = |ceiling: &Option<Ceiling>| {
        ceiling.as_ref().map(|it| json!({"percent": it.percent, "base": it.base, "of": it.of, "most": it.most}))
    };
    json!({
        "award": changed.award,
        "subject": changed.subject,
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
