//! Which day's law judges a dossier: the day of consideration, unless a transition keeps it under the law before.

use chrono::Datelike;

use crate::ask::{Clip, Missing};
use crate::facts::{Day, Year};
use crate::law::{CountingRule, Law, Mark, Transition, TransitionRule};
use crate::words::Words;

/// The law chosen for a dossier.
#[derive(Debug)]
pub struct Regime<'l> {
    /// The day whose values apply.
    pub day: Day,
    /// A transition whose rule is not known; nothing can be decided.
    pub unsettled: Option<&'l Transition>,
    /// The old law applies but the new one does where it is better: then "not met" cannot be said.
    pub favourable: Option<&'l Transition>,
}

/// The law for a dossier considered `on` a day and received on another.
pub fn choose(law: &Law, on: Day, received: Day) -> Regime<'_> {
    let crossed = law.transitions.iter().find(|change| change.change <= on && received < change.change);
    let Some(change) = crossed else { return Regime { day: on, unsettled: None, favourable: None } };
    let before = change.change.pred_opt().unwrap_or(on);
    match change.rule {
        _ if change.mark == Mark::Never => Regime { day: on, unsettled: Some(change), favourable: None },
        TransitionRule::Unknown => Regime { day: on, unsettled: Some(change), favourable: None },
        TransitionRule::New => Regime { day: on, unsettled: None, favourable: None },
        TransitionRule::Old => Regime { day: before, unsettled: None, favourable: change.favourable.then_some(change) },
    }
}

/// The first years counted after an earlier award, decided on a day for years up to `last`, by the rule of the day
/// `on`; where the rule itself is not certain, the later year is certain and the earlier possible.
pub fn first_year_after(law: &Law, decided: Day, last: Option<Year>, on: Day) -> Clip {
    let decision = Clip { certain: decided.year() + 1, possible: decided.year() };
    let achievement = last.map_or(decision, |last| Clip { certain: last + 1, possible: last + 1 });
    match law.counting.iter().rev().find(|row| row.from <= on) {
        Some(row) if row.mark != Mark::Never && row.rule == CountingRule::Decision => decision,
        Some(row) if row.mark != Mark::Never => achievement,
        _ => Clip {
            certain: decision.certain.max(achievement.certain),
            possible: decision.possible.min(achievement.possible),
        },
    }
}

/// What is missing where a transition is not settled.
pub fn missing(law: &Law, change: &Transition) -> Missing {
    let id = &change.source.document;
    let name = law.documents.get(id).map_or_else(|| Words::same(id), |document| document.name.clone());
    let mut missing = Missing::text(law, id);
    missing.what = Words::new(
        format!(
            "chưa có quy định chuyển tiếp cho hồ sơ nhận trước ngày {} ({})",
            crate::words::day(change.change).vi,
            name.vi
        ),
        format!("no rule at hand for dossiers received before {} ({})", crate::words::day(change.change).en, name.en),
    );
    missing
}
