//! Regulations laid over the nation's law: whose they are, for which days they hold, and which of their rows gave way.

use serde::Serialize;

use crate::facts::Day;
use crate::law::{Award, Law, Leaf, NATION, Quota, Row, Value};
use crate::words::Words;

/// A regulation laid over the nation's law.
#[derive(Debug, Clone)]
pub struct Layer {
    pub id: String,
    pub name: Words,
    pub tier: Tier,
    /// The day from which it holds, where its head names one.
    pub from: Option<Day>,
    /// Its last day, where it was withdrawn.
    pub until: Option<Day>,
    pub(crate) file: String,
}

/// Whose regulation a layer is. Of two values of one day the higher tier's holds, above all that of the shipped edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// A unit's, for itself and those below it.
    Unit,
    Office,
    /// A text of the nation that the shipped edition does not hold yet.
    Nation,
}

/// A row of a layer in the place of which a row of the shipped edition of the same day stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    pub layer: String,
    /// What the row speaks of: `AWARD/STANDARD/LEAF`, the id of a text, or the name of a table.
    pub what: String,
    pub from: Day,
}

/// The nation's value on which that of an office or unit rests, where it is one: an office adds to the law and cannot
/// stand in its place, so what the nation's text leaves open stays open.
pub fn basis<'l>(law: &Law, leaf: &'l Leaf, value: &Value, day: Day) -> Option<&'l Value> {
    let of_nation = |layer: &str| layer == NATION || tier(law, layer) == Some(Tier::Nation);
    if of_nation(&value.layer) {
        return None;
    }
    leaf.values
        .iter()
        .rev()
        .find(|known| known.from <= day && known.until.is_none_or(|until| day <= until) && of_nation(&known.layer))
}

/// The ceilings of an honour on a day: of those with one base the latest.
pub fn ceilings(award: &Award, day: Day) -> Vec<&Row<Quota>> {
    let held: Vec<&Row<Quota>> = award.quotas.iter().filter(|row| row.holds(day)).collect();
    let last = |(place, row): &(usize, &&Row<Quota>)| {
        !held[place + 1..].iter().any(|later| same_base(&later.value, &row.value))
    };
    held.iter().enumerate().filter(last).map(|(_, row)| *row).collect()
}

/// Whether two ceilings are shares of one and the same base.
pub fn same_base(one: &Quota, other: &Quota) -> bool {
    match (&one.base, &other.base) {
        (Some(own), Some(its)) => own == its,
        _ => one.base_words == other.base_words,
    }
}

fn tier(law: &Law, layer: &str) -> Option<Tier> {
    law.layers.iter().find(|known| known.id == layer).map(|known| known.tier)
}
