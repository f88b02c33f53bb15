//! The way to an honour: year by year what it takes, soonest and least demanding, judged by the one explainer.
//!
//! The moves of a year are read from the law itself: the conditions of the target's standards, and of the honours that
//! these ask for, say which grades, titles, initiatives, registrations and confirmations can serve. Each honour on the
//! way is put to [`crate::explain`] over the record with all that was planned before it, so a way is right by
//! construction. The search looks at records that fare alike once ([`digest`]), leaves those that another outdoes,
//! and goes on from where the least still to come ([`bound`]) promises most; [`demand::Demand`] says what *least* is.

pub mod asks;
mod bound;
pub mod case;
pub mod demand;
mod digest;
mod ground;
mod judge;
mod known;
mod least;
mod line;
pub mod moves;
mod search;
mod spared;
mod tell;
#[cfg(test)]
mod trial;
mod yearly;

use serde::Serialize;

use crate::answer::Left;
use crate::ask::{Missing, Verdict};
use crate::explain::Refusal;
use crate::facts::{Day, Facts, Kind, RecordKind, Subject, Year};
use crate::law::{Law, Source};
use crate::words::Words;

use self::demand::Demand;
use self::ground::Ground;
use self::judge::Judge;
use self::moves::Move;
use self::search::{Found, Outcome};

/// The longest span that is searched, in years.
pub const LONGEST: u32 = 40;
/// How many records a search looks at before it says that it stopped.
pub const LIMIT: usize = 60_000;

/// How a way is looked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// How many years ahead, at most [`LONGEST`].
    pub years: u32,
    /// The kinds of standard that may be used; those without a kind always may.
    pub kinds: Vec<Kind>,
    /// How many records may be looked at.
    pub limit: usize,
    /// How many ways are told at most.
    pub ways: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { years: 20, kinds: vec![Kind::CongTrang], limit: LIMIT, ways: 4 }
    }
}

/// Ways to an honour, the soonest first and each later one less demanding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Path {
    pub award: String,
    pub subject: Subject,
    pub on: Day,
    /// Whether the records as they stand meet a standard on the first day, as the explainer says; a way from that day on
    /// may suppose records and confirmations that are not there.
    pub suffices: bool,
    /// The last year that was looked at.
    pub until: Year,
    pub ways: Vec<Way>,
    /// Ways that no plan can bring: an occasion must be confirmed.
    pub occasions: Vec<Occasion>,
    /// The last day for which every text used is loaded, where the ways go beyond it: its values are taken to stay.
    pub earliest_under: Option<Day>,
    /// Kinds of record that a way supposes to be kept whole.
    pub supposed: Vec<RecordKind>,
    /// Whether the search came to its end; else a better way may exist.
    pub exact: bool,
    /// How many records were looked at.
    pub looked: usize,
    /// Where no way was found: what stands in it under the law of the first day.
    pub blocking: Vec<Missing>,
}

/// One way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Way {
    /// The day from which the honour can be given.
    pub day: Day,
    /// Met, or unknown where a text that is not at hand has the last word.
    pub verdict: Verdict,
    pub demand: Demand,
    pub steps: Vec<Step>,
    /// Texts that are not at hand and records that somebody has to supply.
    pub open: Vec<Open>,
}

/// One thing to be done or given.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// The year of the work; for an award the year of its decision.
    pub year: Year,
    #[serde(flatten)]
    pub what: Move,
    pub words: Words,
    pub depends: Depends,
    /// Which conditions it serves.
    pub serves: Vec<Serves>,
    /// What the council weighs where it must decide: quotas and judgement.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_to_council: Vec<Left>,
}

/// Whether a step follows from one's own work, or somebody else must decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Depends {
    OwnWork,
    Council,
}

/// A condition that a step serves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Serves {
    /// `AWARD/STANDARD/LEAF`.
    pub condition: String,
    pub words: Words,
    pub source: Source,
    pub verified: bool,
}

/// Something that keeps an honour on the way from being certain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Open {
    pub award: String,
    pub condition: String,
    pub words: Words,
    pub missing: Vec<Missing>,
}

/// A standard that waits for an occasion.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Occasion {
    pub standard: String,
    pub name: Words,
    pub kind: Kind,
}

/// Looks for the ways of a subject to an honour from a day on.
pub fn find(law: &Law, award: &str, facts: &Facts, on: Day, options: &Options) -> Result<Path, Refusal> {
    // The explainer refuses what cannot be asked.
    let today = crate::explain::explain(law, award, facts, on, None, None)?;
    let Some(target) = law.award(award) else {
        return Err(Refusal::UnknownAward { award: award.to_owned(), near: None });
    };
    let ground = Ground::new(law, target, facts, on, options.years.min(LONGEST), &options.kinds);
    let mut left = options.limit;
    let mut judge = Judge::new(&ground, false);
    let (mut found, mut exact) = ways(&mut judge, options.ways, &mut left);
    if found.is_empty() && exact {
        judge = Judge::new(&ground, true);
        (found, exact) = ways(&mut judge, options.ways, &mut left);
    }
    let told = tell::path(&ground, &mut judge, &today, &found, exact);
    Ok(Path { looked: options.limit - left, ..told })
}

/// The soonest way and the less demanding ones after it. The flag says that the search came to its end.
fn ways(judge: &mut Judge<'_, '_>, most: usize, left: &mut usize) -> (Vec<Found>, bool) {
    let soonest = match soonest(judge, left) {
        Outcome::Found(found) => found,
        Outcome::Nothing(_) => return (Vec::new(), true),
        Outcome::Stopped => return (Vec::new(), false),
    };
    let (mut later, mut exact) = (Vec::new(), true);
    let mut last = judge.ground.rounds.len() - 1;
    while exact && last > soonest.round {
        // The least demanding way by the end first, then what a sooner one costs more.
        match search::least(judge, last, Some(soonest.demand), left) {
            Outcome::Found(found) => {
                last = found.round - 1;
                later.retain(|known: &Found| known.demand < found.demand);
                later.push(found);
            }
            Outcome::Nothing(_) => break,
            Outcome::Stopped => exact = false,
        }
    }
    later.truncate(most.saturating_sub(1));
    later.push(soonest);
    later.reverse();
    (later, exact)
}

/// The least demanding of the soonest ways.
fn soonest(judge: &mut Judge<'_, '_>, left: &mut usize) -> Outcome {
    let mut last = 0;
    while last < judge.ground.rounds.len() {
        match search::least(judge, last, None, left) {
            Outcome::Nothing(next) => last = next,
            other => return other,
        }
    }
    Outcome::Nothing(last)
}
