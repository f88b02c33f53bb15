//! The leaves one after another: the tree they give, compared with all that was stored and signed of it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Signed;
use super::finding::{Finding, Findings, Kind, MOST};
use super::source::{StoredHead, StoredLeaf};
use crate::journal::{Entry, Head, Leaf};
use crate::merkle::{Edge, Hash, KEPT_LEVELS, Node, Span};
use crate::schema::{self, STEP};

/// A leaf in its place, as far as that can be said.
#[derive(Debug, Clone, Copy)]
pub struct Placed {
    /// The step to which it belongs; absent after a gap or a leaf that was changed.
    pub step: Option<Uuid>,
}

/// The tree as it grows out of the stored leaves.
pub struct Tree {
    office: i32,
    edge: Edge,
    /// The next place.
    next: u64,
    /// Set at the first gap: what comes after it says nothing of the tree.
    broken: bool,
    /// The sizes at which something was stored or signed.
    sizes: BTreeSet<u64>,
    roots: BTreeMap<u64, Hash>,
    /// The edge at the stored size.
    edge_at_head: Option<Edge>,
    head_size: u64,
    nodes: BTreeMap<(u32, u64), Hash>,
    wrong_nodes: bool,
    /// Leaves of which a finding tells already.
    suspect: BTreeSet<u64>,
    act: Option<Act>,
    last_at: Option<DateTime<Utc>>,
    clock_back: Option<(u64, u64)>,
}

/// The step whose leaves follow.
#[derive(Clone, Copy)]
struct Act {
    id: Uuid,
    at: DateTime<Utc>,
    actor: Option<Uuid>,
}

impl Tree {
    pub fn new(office: i32, signed: &[Signed], since: Option<&Signed>, head: Option<&StoredHead>) -> Self {
        let signed = signed.iter().chain(since).map(|checkpoint| checkpoint.size);
        let head_size = head.map_or(0, |head| head.size);
        let mut tree = Self {
            office,
            edge: Edge::default(),
            next: 0,
            broken: false,
            sizes: signed.chain([head_size]).collect(),
            roots: BTreeMap::new(),
            edge_at_head: None,
            head_size,
            nodes: BTreeMap::new(),
            wrong_nodes: false,
            suspect: BTreeSet::new(),
            act: None,
            last_at: None,
            clock_back: None,
        };
        tree.note_size();
        tree
    }

    /// Takes the next leaf.
    pub fn take(&mut self, stored: &StoredLeaf, findings: &mut Findings) -> Placed {
        if stored.n < self.next {
            self.suspect(stored.n);
            findings.add(Finding::of(Kind::LeafOutOfPlace).at_leaf(stored.n));
            return Placed { step: None };
        }
        if stored.n > self.next {
            findings.add(Finding::of(Kind::LeafMissing).at_leaves(self.next, stored.n - 1));
            self.broken = true;
            self.act = None;
        }
        self.next = stored.n + 1;
        let leaf = self.leaf(stored);
        let own = leaf.tree_hash();
        let changed = stored.tree_hash != Some(own);
        if changed {
            self.suspect(stored.n);
            findings.add(Finding::of(Kind::LeafChanged).at_leaf(stored.n));
        }
        if !self.broken {
            // The rest of the tree is still what it was where only the row of one leaf was changed.
            let nodes = &mut self.nodes;
            self.edge.append(stored.tree_hash.unwrap_or(own), |node, hash| {
                nodes.insert((node.level / KEPT_LEVELS, node.index), hash);
            });
            self.note_size();
        }
        let step = self.step_of(stored, changed, findings);
        self.note_clock(stored);
        Placed { step }
    }

    /// Compares the stored head with the leaves.
    pub fn close(&mut self, head: Option<&StoredHead>, findings: &mut Findings) {
        let Some(head) = head else {
            if self.next > 0 {
                findings.add(Finding::of(Kind::HeadMissing));
            }
            return;
        };
        if self.next > head.size {
            findings.add(Finding::of(Kind::LeafBeyondHead).at_leaves(head.size, self.next - 1));
        }
        if self.next < head.size {
            findings.add(Finding::of(Kind::LeafMissing).at_leaves(self.next, head.size - 1));
        }
        let Some(edge) = &self.edge_at_head else {
            return;
        };
        if let Some(span) = first_difference(edge, &head.edge) {
            findings.add(Finding::of(Kind::HeadChanged).at_leaves(span.start, span.end.saturating_sub(1)));
        } else if edge.root().as_slice() != head.root {
            findings.add(Finding::of(Kind::HeadChanged).at_leaves(0, head.size.saturating_sub(1)));
        }
    }

    /// Compares a stored subtree with the leaves.
    pub fn take_node(&mut self, (height, n): (u32, u64), hash: Vec<u8>, findings: &mut Findings) {
        let leaves = leaves_of(height, n);
        match self.nodes.remove(&(height, n)) {
            Some(own) if own.as_slice() == hash => {}
            // A subtree over one that differs differs too, and says nothing new.
            Some(_) if height > 1 && self.wrong_nodes => {}
            Some(_) => {
                self.wrong_nodes = true;
                findings.add(Finding::of(Kind::NodeChanged).at_leaves(leaves.start, leaves.end - 1));
            }
            None if self.broken => {}
            None => findings.add(Finding::of(Kind::NodeAdded).at_leaves(leaves.start, leaves.end.saturating_sub(1))),
        }
    }

    /// Tells of the subtrees that were not stored.
    pub fn close_nodes(&mut self, findings: &mut Findings) {
        for (height, n) in std::mem::take(&mut self.nodes).into_keys() {
            let leaves = leaves_of(height, n);
            findings.add(Finding::of(Kind::NodeMissing).at_leaves(leaves.start, leaves.end - 1));
        }
    }

    /// Compares what was signed with the leaves: the first that differs says between which sizes the place lies.
    pub fn compare(&self, signed: &[Signed], since: Option<&Signed>, findings: &mut Findings) {
        let mut held = 0;
        for checkpoint in signed {
            match self.holds(checkpoint) {
                Some(true) => held = checkpoint.size,
                Some(false) if checkpoint.size > self.next => {
                    findings.add(Finding::of(Kind::CheckpointBeyond).at_size(checkpoint.size));
                }
                Some(false) => {
                    let last = checkpoint.size.saturating_sub(1);
                    let contradicted = Finding::of(Kind::CheckpointContradicted).at_size(checkpoint.size);
                    findings.add(contradicted.at_leaves(held.min(last), last));
                    break;
                }
                None => break,
            }
        }
        if let Some(since) = since {
            match self.holds(since) {
                Some(true) | None => {}
                Some(false) if since.size > self.next => {
                    findings.add(Finding::of(Kind::SinceBeyond).at_size(since.size));
                }
                Some(false) => findings.add(Finding::of(Kind::SinceContradicted).at_size(since.size)),
            }
        }
    }

    /// Whether a finding tells of a leaf already.
    pub fn is_suspect(&self, n: u64) -> bool {
        self.suspect.contains(&n)
    }

    pub fn head(&self) -> Head {
        Head { size: self.next, root: self.edge.root() }
    }

    pub fn clock_back(&self) -> Option<(u64, u64)> {
        self.clock_back
    }

    /// Whether what was signed is so; nothing where a gap before it leaves that open.
    fn holds(&self, signed: &Signed) -> Option<bool> {
        match self.roots.get(&signed.size) {
            Some(root) => Some(Some(*root) == signed.root),
            None if self.broken && signed.size <= self.next => None,
            None => Some(false),
        }
    }

    fn leaf(&self, stored: &StoredLeaf) -> Leaf {
        let (verb, noun) = (stored.verb.clone(), stored.noun.clone());
        let entry = Entry { verb, noun, id: stored.id, hash: stored.hash };
        Leaf { office: self.office, n: stored.n, at: stored.at, actor: stored.actor, entry }
    }

    /// The step to which a leaf belongs: the last whose own leaf stands before it.
    fn step_of(&mut self, stored: &StoredLeaf, changed: bool, findings: &mut Findings) -> Option<Uuid> {
        let verb = if stored.noun == STEP.noun { Some(STEP.verb) } else { schema::table(&stored.noun).map(|t| t.verb) };
        if !changed && verb != Some(stored.verb.as_str()) {
            findings.add(Finding::of(Kind::LeafUnknown).at_leaf(stored.n));
        }
        // A leaf that was changed may have been that of a step.
        if changed || stored.noun == STEP.noun {
            self.act = (!changed).then_some(Act { id: stored.id, at: stored.at, actor: stored.actor });
        }
        let act = self.act?;
        if (act.at, act.actor) != (stored.at, stored.actor) {
            self.suspect(stored.n);
            findings.add(Finding::of(Kind::LeafOfAnotherAct).at_leaf(stored.n));
        }
        Some(act.id)
    }

    fn note_size(&mut self) {
        if self.sizes.contains(&self.edge.size) {
            self.roots.insert(self.edge.size, self.edge.root());
        }
        if self.edge.size == self.head_size {
            self.edge_at_head = Some(self.edge.clone());
        }
    }

    fn note_clock(&mut self, stored: &StoredLeaf) {
        if self.last_at.is_some_and(|last| stored.at < last) {
            let (times, first) = self.clock_back.unwrap_or((0, stored.n));
            self.clock_back = Some((times + 1, first));
        }
        self.last_at = Some(stored.at);
    }

    fn suspect(&mut self, n: u64) {
        if self.suspect.len() < MOST {
            self.suspect.insert(n);
        }
    }
}

/// The leaves under the first subtree at the right edge that is not as stored; all of them where the sizes differ.
fn first_difference(edge: &Edge, stored: &[u8]) -> Option<Span> {
    let own = edge.bytes();
    let whole = Span { start: 0, end: edge.size };
    if own.len() != stored.len() {
        return Some(whole);
    }
    let differs = own.chunks(32).zip(stored.chunks(32)).position(|(own, stored)| own != stored)?;
    let node = whole.nodes()[differs];
    Some(Span { start: node.index << node.level, end: (node.index + 1) << node.level })
}

fn leaves_of(height: u32, n: u64) -> Span {
    // A height or place that no tree reaches is that of a row put there by hand.
    let level = (height * KEPT_LEVELS).min(40);
    let node = Node { level, index: n.min(1 << 20) };
    Span { start: node.index << level, end: (node.index + 1) << level }
}
