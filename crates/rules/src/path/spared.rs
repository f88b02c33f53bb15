//! Ways to fill a year that need not be looked at: an initiative of the same year serves as well as a confirmation that
//! they plan, and asks less.

use std::collections::BTreeMap;

use super::asks::Asks;
use super::ground::{Ground, Leaf, Standard, Tree};
use super::moves::Move;
use crate::facts::{Scope, Sort};
use crate::law::Value;

/// For what an initiative can stand.
#[derive(Debug)]
pub struct Spared {
    /// For each edition the confirmations (`AWARD/STANDARD/LEAF`), each with the narrowest scope that serves in its stead.
    confirmations: Vec<BTreeMap<String, Scope>>,
}

impl Spared {
    pub fn of(ground: &Ground<'_>) -> Self {
        // After a disciplinary measure an initiative may count later than a confirmation.
        if !ground.base.disciplines.is_empty() {
            return Self { confirmations: vec![BTreeMap::new(); ground.editions.len()] };
        }
        Self { confirmations: (0..ground.editions.len()).map(|edition| spared(ground, edition)).collect() }
    }

    /// Whether the moves of a year plan a confirmation where there is room for an initiative in its stead.
    pub fn holds(&self, ground: &Ground<'_>, edition: usize, moves: &[Move]) -> bool {
        let planned = |wanted: Scope| {
            let like =
                |one: &&Move| matches!(one, Move::Initiative { scope, sort: Sort::SangKien, .. } if *scope == wanted);
            moves.iter().filter(like).count()
        };
        let room = |fits: &dyn Fn(Scope) -> bool| {
            let plain = ground.initiatives.iter().filter(|(scope, sort, _)| *sort == Sort::SangKien && fits(*scope));
            plain.clone().any(|(scope, _, most)| planned(*scope) < *most as usize)
        };
        moves.iter().any(|one| match one {
            Move::Confirmation { condition, .. } => {
                let least = self.confirmations[edition].get(condition);
                least.is_some_and(|least| room(&|scope| scope >= *least))
            }
            _ => false,
        })
    }
}

/// The confirmations of an edition in whose stead an initiative of the year serves.
fn spared(ground: &Ground<'_>, edition: usize) -> BTreeMap<String, Scope> {
    let first = ground.rounds[0].day;
    let mut spared = BTreeMap::new();
    for (honour, standards) in ground.editions[edition].iter().enumerate() {
        let written = &ground.honours[honour].award.standards;
        let doubtful = written.iter().any(|standard| standard.unsure.is_some_and(|(_, until)| until >= first));
        for standard in standards.iter().filter(|standard| standard.kind.is_none() && !doubtful) {
            for (place, leaf) in standard.leaves.iter().enumerate() {
                if matches!(leaf.asks, Asks::Confirmation)
                    && let Some(scope) = standards.iter().filter_map(|other| instead(standard, place, other)).min()
                {
                    spared.insert(format!("{}/{}", standard.id, leaf.id), scope);
                }
            }
        }
    }
    spared
}

/// The scope of the initiative with which `other` is met wherever `standard` is met by the confirmation at a place.
fn instead(standard: &Standard<'_>, place: usize, other: &Standard<'_>) -> Option<Scope> {
    let value = standard.leaves[place].value?;
    let mut required = Vec::new();
    surely(&standard.tree, &mut required);
    let held = |leaf: &Leaf<'_>| {
        required.iter().filter(|known| **known != place).any(|known| is_same(&standard.leaves[*known], leaf))
    };
    let serving = |leaf: &Leaf<'_>| match leaf.asks {
        Asks::Initiatives { count: 1, scope, sorts, .. } => {
            let plain = sorts.is_empty() || sorts.contains(&Sort::SangKien);
            let alike = leaf.value.is_some_and(|own| own.source.document == value.source.document);
            (leaf.within.is_empty() && plain && alike && leaf.spent == 0 && !leaf.missing).then_some(scope)
        }
        _ => None,
    };
    let widest = other.leaves.iter().filter_map(&serving).max()?;
    let truth = |place: usize| held(&other.leaves[place]) || serving(&other.leaves[place]).is_some();
    (other.kind == standard.kind && is_met(&other.tree, &truth)).then_some(widest)
}

/// The leaves that hold wherever a tree holds.
fn surely(tree: &Tree, places: &mut Vec<usize>) {
    match tree {
        Tree::All(trees) => trees.iter().for_each(|tree| surely(tree, places)),
        Tree::Leaf(place) => places.push(*place),
        Tree::Any(_) | Tree::Not => {}
    }
}

fn is_met(tree: &Tree, truth: &dyn Fn(usize) -> bool) -> bool {
    match tree {
        Tree::All(trees) => trees.iter().all(|tree| is_met(tree, truth)),
        Tree::Any(trees) => trees.iter().any(|tree| is_met(tree, truth)),
        Tree::Leaf(place) => truth(*place),
        Tree::Not => false,
    }
}

/// Whether two leaves are one condition by one text.
fn is_same(one: &Leaf<'_>, other: &Leaf<'_>) -> bool {
    let same = |one: &Value, other: &Value| {
        one.parameters == other.parameters && one.source.document == other.source.document && one.mark == other.mark
    };
    one.id == other.id
        && one.condition == other.condition
        && one.value.zip(other.value).is_some_and(|(one, other)| same(one, other))
}
