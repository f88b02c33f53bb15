//! The tree of a standard as a card reads it: what is open, which alternative is nearest, what is worth a line.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rules::answer::{Finding, StandardFinding};
use rules::ask::Verdict;
use rules::law::{Node, Role};

/// The findings of a standard by the last part of their ids.
pub type Leaves<'a> = BTreeMap<&'a str, &'a Finding>;

/// The findings of a standard by the last part of their ids, as the tree names them.
pub fn leaves(standard: &StandardFinding) -> Leaves<'_> {
    standard.conditions.iter().map(|finding| (finding.leaf(), finding)).collect()
}

/// How many conditions stand between the subject and the whole: of alternatives, those of the nearest.
pub fn open(node: &Node, leaves: &Leaves<'_>) -> usize {
    match node {
        Node::All(nodes) => nodes.iter().map(|node| open(node, leaves)).sum(),
        Node::Any(nodes) => nearest(nodes, leaves).map_or(0, |node| open(node, leaves)),
        Node::Not(node) => usize::from(leaning(node, leaves) == Some(Verdict::Met)),
        Node::Leaf(_) => usize::from(leaning(node, leaves).is_some_and(|verdict| verdict != Verdict::Met)),
    }
}

/// How a part of the tree stands under the last loaded values; nothing where all of it is left to the council.
pub fn leaning(node: &Node, leaves: &Leaves<'_>) -> Option<Verdict> {
    match node {
        Node::All(nodes) => nodes.iter().filter_map(|node| leaning(node, leaves)).min(),
        Node::Any(nodes) => nodes.iter().filter_map(|node| leaning(node, leaves)).max(),
        Node::Not(node) => leaning(node, leaves).map(Verdict::opposite),
        Node::Leaf(id) => {
            let finding = leaves.get(id.as_str()).filter(|finding| finding.role != Role::Judgement);
            finding.map(|finding| finding.leaning())
        }
    }
}

/// Of alternatives, the one that stands best, then the one with the least open, then the first.
pub fn nearest<'n>(nodes: &'n [Node], leaves: &Leaves<'_>) -> Option<&'n Node> {
    nodes.iter().rev().max_by_key(|node| (leaning(node, leaves), Reverse(open(node, leaves))))
}

/// The conditions to show, in the order of the tree, each with whether it may hold in the place of the one before.
///
/// Of alternatives, the first that holds, or else all of them; on a card that is not whole the nearest one alone.
pub fn listed<'a>(node: &Node, leaves: &Leaves<'a>, whole: bool, instead: bool, list: &mut Vec<(&'a Finding, bool)>) {
    match node {
        Node::All(nodes) => {
            nodes.iter().enumerate().for_each(|(place, node)| listed(node, leaves, whole, instead && place == 0, list));
        }
        Node::Any(nodes) => match nearest(nodes, leaves) {
            Some(nearest) if !whole || leaning(nearest, leaves) == Some(Verdict::Met) => {
                listed(nearest, leaves, whole, instead, list)
            }
            _ => nodes.iter().enumerate().for_each(|(place, node)| listed(node, leaves, whole, place > 0, list)),
        },
        Node::Not(node) => listed(node, leaves, whole, instead, list),
        Node::Leaf(id) => list.extend(leaves.get(id.as_str()).map(|finding| (*finding, instead))),
    }
}
