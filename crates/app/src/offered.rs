//! The units that a form offers: all of them where they are few, else those found by the words typed beside the list.

use rules::facts::Day;
use store::units::{Node, Unit, level, sought};
use store::{names, units};
use uuid::Uuid;

use crate::error::Error;
use crate::visit::Visit;
use crate::wording::name_of;

/// Units that a list still offers.
pub const LISTED: u32 = 100;
/// Units shown of those that were found.
const FOUND: u32 = 20;

/// What stands in the list of units of a form, and beside it.
#[derive(Debug, Default)]
pub struct Offered {
    pub choices: Vec<Choice>,
    /// Whether there are more units than a list can offer, so that they are found by words.
    pub many: bool,
    /// What came of the words; empty where none were typed.
    pub said: String,
    /// The unit that was meant: chosen, or found by its code or as the only one.
    pub meant: Option<Unit>,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// By what a form names a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Id,
    Code,
}

impl Offered {
    /// What a form offers on a day. `chosen` is the unit that it named, `words` what was typed to find one, which goes
    /// before; the number of statements does not depend on how many units there are.
    pub async fn of(visit: &Visit, day: Day, by: By, chosen: &str, words: &str) -> Result<Self, Error> {
        let (store, viewer) = (&visit.app.store, &visit.signed_in()?.viewer);
        let words = words.trim();
        if let Some(tree) = units::tree_up_to(store, viewer, day, LISTED).await? {
            return Ok(Self::listed(visit, by, &tree, chosen));
        }
        let mut offered = Self { many: true, ..Self::default() };
        let mut found = match words {
            "" => chosen_one(visit, day, by, chosen).await?.into_iter().collect(),
            words => sought::sought(store, viewer, words, day, FOUND + 1).await?,
        };
        let more = found.len() > FOUND as usize;
        found.truncate(FOUND as usize);
        let told = |key: &str| visit.language.text_with(key, &[("units", &found.len()), ("words", &words)]);
        offered.said = match found.as_slice() {
            _ if words.is_empty() => String::new(),
            [] => told("unit-found-none"),
            [_] => told("unit-found-one"),
            _ if more => told("unit-found-more"),
            _ => told("unit-found-several"),
        };
        let bears = |unit: &Unit| names::fold(&unit.code) == names::fold(words);
        offered.meant = match found.as_slice() {
            [one] => Some(one.clone()),
            [one, other, ..] if bears(one) && !bears(other) => Some(one.clone()),
            _ => None,
        };
        let ids: Vec<Uuid> = found.iter().map(|unit| unit.id).collect();
        let ways = level::ways(store, viewer, &ids, day).await?;
        let label = |unit: &Unit| {
            let own = std::slice::from_ref(unit);
            let way = ways.get(&unit.id).filter(|way| !way.is_empty()).map_or(own, Vec::as_slice);
            let named = way.iter().map(|unit| name_of(visit.language, unit));
            format!("{} ({})", named.collect::<Vec<_>>().join(" › "), unit.code)
        };
        // The first is chosen, so that nobody takes the whole office for what was found.
        let choice = |(place, unit)| Choice { value: value(by, unit), label: label(unit), chosen: place == 0 };
        offered.choices = found.iter().enumerate().map(choice).collect();
        Ok(offered)
    }

    /// Keeps a value in the list, chosen, that is not among those offered.
    pub fn keep(&mut self, value: &str, label: String) {
        if self.choices.iter().all(|choice| choice.value != value) {
            self.choices.push(Choice { value: value.to_owned(), label, chosen: true });
        }
    }

    fn listed(visit: &Visit, by: By, tree: &[Node], chosen: &str) -> Self {
        let choice = |node: &Node| {
            let name = name_of(visit.language, &node.unit);
            let value = value(by, &node.unit);
            let label = format!("{}{name}", "\u{a0}\u{a0}\u{a0}".repeat(node.depth as usize));
            Choice { chosen: value == chosen, value, label }
        };
        let meant = tree.iter().find(|node| value(by, &node.unit) == chosen).map(|node| node.unit.clone());
        Self { choices: tree.iter().map(choice).collect(), meant, ..Self::default() }
    }
}

/// The unit that a form named, where the viewer sees it on the day.
async fn chosen_one(visit: &Visit, day: Day, by: By, chosen: &str) -> Result<Option<Unit>, Error> {
    let (store, viewer) = (&visit.app.store, &visit.signed_in()?.viewer);
    Ok(match by {
        _ if chosen.is_empty() => None,
        By::Code => units::find_by_code(store, viewer, chosen, day).await?,
        By::Id => match chosen.parse() {
            Ok(id) => level::way(store, viewer, id, day).await?.pop(),
            Err(_) => None,
        },
    })
}

fn value(by: By, unit: &Unit) -> String {
    match by {
        By::Id => unit.id.to_string(),
        By::Code => unit.code.clone(),
    }
}
