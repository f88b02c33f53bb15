//! The shape of a standard in a scan: the worst and the best of what its leaves come to.

use crate::law::Node;
use crate::scan::cell::{MET, NEVER, NOT_MET, UNKNOWN, When};
use crate::scan::planes::{Set, Trits};

/// The shape of a standard without its judgement.
pub(crate) enum Tree {
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Not(Box<Tree>),
    Leaf(usize),
}

impl Tree {
    /// The shape of a node; `counts` gives the place of a leaf, none for judgement.
    pub fn of(node: &Node, counts: &impl Fn(&str) -> Option<usize>) -> Option<Self> {
        let below = |nodes: &[Node]| {
            let nodes: Vec<Tree> = nodes.iter().filter_map(|node| Tree::of(node, counts)).collect();
            (!nodes.is_empty()).then_some(nodes)
        };
        match node {
            Node::All(nodes) => below(nodes).map(Tree::All),
            Node::Any(nodes) => below(nodes).map(Tree::Any),
            Node::Not(node) => Tree::of(node, counts).map(|node| Tree::Not(Box::new(node))),
            Node::Leaf(id) => counts(id).map(Tree::Leaf),
        }
    }

    /// What it comes to for many subjects: `all` is the worst of its children, `any` the best, `not` the opposite.
    pub fn fold(&self, leaf: &impl Fn(usize) -> Trits) -> Trits {
        match self {
            Tree::All(nodes) => nodes.iter().map(|node| node.fold(leaf)).fold(Trits::MET, Trits::worst),
            Tree::Any(nodes) => nodes.iter().map(|node| node.fold(leaf)).fold(Trits::FAILED, Trits::best),
            Tree::Not(node) => node.fold(leaf).opposite(),
            Tree::Leaf(place) => leaf(*place),
        }
    }

    /// Which of the subjects `need` meet it, or fail it; a leaf is asked only about those for whom that is still open.
    pub fn decide(&self, wanted: Wish, need: Set, leaf: &mut impl FnMut(usize, Wish, Set) -> Set) -> Set {
        let every = match (self, wanted) {
            (Tree::Leaf(place), _) => return leaf(*place, wanted, need),
            (Tree::Not(node), _) => return node.decide(wanted.opposite(), need, leaf),
            (Tree::All(_), Wish::Met) | (Tree::Any(_), Wish::Failed) => true,
            (Tree::Any(_), Wish::Met) | (Tree::All(_), Wish::Failed) => false,
        };
        let (Tree::All(nodes) | Tree::Any(nodes)) = self else { return Set::EMPTY };
        let mut open = need;
        for node in nodes {
            if open.is_empty() {
                break;
            }
            let found = node.decide(wanted, open, leaf);
            open = if every { found } else { open & !found };
        }
        if every { open } else { need & !open }
    }

    /// What it comes to for one subject from the verdicts of its leaves.
    pub fn fold_one(&self, leaf: &impl Fn(usize) -> u8) -> u8 {
        match self {
            Tree::All(nodes) => nodes.iter().map(|node| node.fold_one(leaf)).min().unwrap_or(UNKNOWN),
            Tree::Any(nodes) => nodes.iter().map(|node| node.fold_one(leaf)).max().unwrap_or(UNKNOWN),
            Tree::Not(node) => MET - node.fold_one(leaf),
            Tree::Leaf(place) => leaf(*place),
        }
    }

    /// The first day on which it can hold for one subject, from the verdicts and the days of its leaves.
    pub fn earliest(&self, leaning: &impl Fn(usize) -> u8, day: &mut impl FnMut(usize) -> When) -> When {
        match self {
            Tree::All(nodes) => {
                let failing = nodes.iter().filter(|node| node.fold_one(leaning) == NOT_MET);
                failing.map(|node| node.earliest(leaning, day)).max().unwrap_or(NEVER)
            }
            Tree::Any(nodes) => nodes.iter().map(|node| node.earliest(leaning, day)).min().unwrap_or(NEVER),
            Tree::Not(_) => NEVER,
            Tree::Leaf(place) => day(*place),
        }
    }

    /// Adds the leaves that come to `verdict` and so decide the whole; of alternatives those of the first.
    pub fn blocking(&self, leaning: &impl Fn(usize) -> u8, verdict: u8, list: &mut Vec<usize>) {
        let blocks = |node: &&Tree| node.fold_one(leaning) == verdict;
        match self {
            Tree::All(nodes) => {
                nodes.iter().filter(blocks).for_each(|node| node.blocking(leaning, verdict, list));
            }
            Tree::Any(nodes) => {
                nodes.iter().find(blocks).into_iter().for_each(|node| node.blocking(leaning, verdict, list));
            }
            Tree::Not(node) => node.blocking(leaning, MET - verdict, list),
            Tree::Leaf(leaf) => list.push(*leaf),
        }
    }
}

/// Which of the two sure verdicts is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    Met,
    Failed,
}

impl Wish {
    fn opposite(self) -> Self {
        match self {
            Wish::Met => Wish::Failed,
            Wish::Failed => Wish::Met,
        }
    }
}
