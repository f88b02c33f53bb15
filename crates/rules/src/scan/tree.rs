//! The shape of a standard in a scan: minima and maxima over the columns of its leaves.

use std::rc::Rc;

use crate::law::Node;
use crate::scan::cell::{Cells, MET, NEVER, NOT_MET, UNKNOWN, When};

/// The shape of a standard without its judgement.
pub(crate) enum Tree {
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Not(Box<Tree>),
    Leaf(usize),
}

/// Verdicts, leanings and days of one part of a tree.
pub(crate) struct Nodes {
    pub verdict: Vec<u8>,
    pub leaning: Vec<u8>,
    pub earliest: Vec<When>,
}

impl Nodes {
    pub fn all(count: usize, verdict: u8) -> Self {
        Nodes { verdict: vec![verdict; count], leaning: vec![verdict; count], earliest: vec![NEVER; count] }
    }
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

    /// `all` is the worst of its children, `any` the best, `not` the opposite.
    pub fn fold(&self, leaves: &[Rc<Cells>], count: usize) -> Nodes {
        match self {
            Tree::Leaf(leaf) => {
                let cells = &leaves[*leaf];
                let (verdict, leaning) = cells.codes.iter().map(|code| (code & 3, code >> 2 & 3)).unzip();
                Nodes { verdict, leaning, earliest: cells.earliest.clone() }
            }
            Tree::Not(node) => {
                let mut nodes = node.fold(leaves, count);
                nodes.verdict.iter_mut().chain(&mut nodes.leaning).for_each(|verdict| *verdict = MET - *verdict);
                nodes.earliest.fill(NEVER);
                nodes
            }
            Tree::All(children) => {
                let mut all = Nodes::all(count, MET);
                all.earliest.fill(When::MIN);
                for child in children.iter().map(|child| child.fold(leaves, count)) {
                    worst(&mut all.verdict, &child.verdict);
                    worst(&mut all.leaning, &child.leaning);
                    for ((all, earliest), leaning) in all.earliest.iter_mut().zip(&child.earliest).zip(&child.leaning) {
                        *all = if *leaning == NOT_MET { (*all).max(*earliest) } else { *all };
                    }
                }
                all.earliest.iter_mut().for_each(|day| *day = if *day == When::MIN { NEVER } else { *day });
                all
            }
            Tree::Any(children) => {
                let mut any = Nodes::all(count, NOT_MET);
                for child in children.iter().map(|child| child.fold(leaves, count)) {
                    best(&mut any.verdict, &child.verdict);
                    best(&mut any.leaning, &child.leaning);
                    any.earliest.iter_mut().zip(&child.earliest).for_each(|(any, day)| *any = (*any).min(*day));
                }
                any
            }
        }
    }

    fn leaning(&self, leaves: &[Rc<Cells>], place: usize) -> u8 {
        self.fold_one(&|leaf| leaves[leaf].code(place).leaning())
    }

    /// What the tree comes to for one subject from the verdicts of its leaves.
    pub fn fold_one(&self, leaf: &impl Fn(usize) -> u8) -> u8 {
        match self {
            Tree::All(nodes) => nodes.iter().map(|node| node.fold_one(leaf)).min().unwrap_or(UNKNOWN),
            Tree::Any(nodes) => nodes.iter().map(|node| node.fold_one(leaf)).max().unwrap_or(UNKNOWN),
            Tree::Not(node) => MET - node.fold_one(leaf),
            Tree::Leaf(place) => leaf(*place),
        }
    }

    /// Adds the leaves that come to `verdict` and so decide the whole; of alternatives those of the first.
    pub fn blocking(&self, leaves: &[Rc<Cells>], place: usize, verdict: u8, list: &mut Vec<usize>) {
        let blocks = |node: &&Tree| node.leaning(leaves, place) == verdict;
        match self {
            Tree::All(nodes) => {
                nodes.iter().filter(blocks).for_each(|node| node.blocking(leaves, place, verdict, list));
            }
            Tree::Any(nodes) => {
                nodes.iter().find(blocks).into_iter().for_each(|node| node.blocking(leaves, place, verdict, list));
            }
            Tree::Not(node) => node.blocking(leaves, place, MET - verdict, list),
            Tree::Leaf(leaf) => list.push(*leaf),
        }
    }
}

fn worst(all: &mut [u8], child: &[u8]) {
    all.iter_mut().zip(child).for_each(|(all, child)| *all = (*all).min(*child));
}

fn best(any: &mut [u8], child: &[u8]) {
    any.iter_mut().zip(child).for_each(|(any, child)| *any = (*any).max(*child));
}
