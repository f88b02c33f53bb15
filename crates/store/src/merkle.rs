//! The tree of RFC 6962: grown leaf by leaf from the hashes at its right edge, and the two proofs about it.

use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// Complete subtrees are kept at every eighth level: one hash for 256 of the level below.
pub const KEPT_LEVELS: u32 = 8;

/// The full subtrees of a tree from the left, the largest first: one for each bit of its size.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edge {
    pub size: u64,
    subtrees: Vec<Hash>,
}

/// A complete subtree: the `index`-th of those with 2^`level` leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    pub level: u32,
    pub index: u64,
}

/// The leaves from `start` to before `end`; a proof is a list of the hashes of such.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub start: u64,
    pub end: u64,
}

impl Edge {
    /// Reads what [`Edge::bytes`] wrote; `None` where the bytes do not fit the size.
    pub fn from_bytes(size: u64, bytes: &[u8]) -> Option<Self> {
        let (subtrees, rest) = bytes.as_chunks::<32>();
        (rest.is_empty() && subtrees.len() == size.count_ones() as usize)
            .then(|| Self { size, subtrees: subtrees.to_vec() })
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.subtrees.concat()
    }

    /// Adds the hash of one leaf; `kept` takes each subtree that is complete with it at a level to be kept.
    pub fn append(&mut self, leaf: Hash, mut kept: impl FnMut(Node, Hash)) {
        let (mut hash, mut level) = (leaf, 0);
        while self.size >> level & 1 == 1 {
            // One bit of the size stands for one subtree, so there is one to take.
            let left = self.subtrees.pop().unwrap_or(hash);
            hash = node_hash(&left, &hash);
            level += 1;
            if level % KEPT_LEVELS == 0 {
                kept(Node { level, index: self.size >> level }, hash);
            }
        }
        self.subtrees.push(hash);
        self.size += 1;
    }

    /// The root; of the empty tree the hash of nothing.
    pub fn root(&self) -> Hash {
        joined(&self.subtrees)
    }
}

impl Span {
    /// The complete subtrees of which a span consists, from the left, the largest first.
    ///
    /// The span must be one of a proof, or begin at 0: its start is a multiple of its largest subtree.
    pub fn nodes(self) -> Vec<Node> {
        let mut nodes = Vec::new();
        let mut start = self.start;
        while start < self.end {
            let level = (self.end - start).ilog2();
            nodes.push(Node { level, index: start >> level });
            start += 1 << level;
        }
        nodes
    }
}

/// The hash over complete subtrees that stand side by side, the largest first; of none the hash of nothing.
pub fn joined(subtrees: &[Hash]) -> Hash {
    let mut subtrees = subtrees.iter().rev();
    let Some(last) = subtrees.next() else {
        return Sha256::digest([]).into();
    };
    subtrees.fold(*last, |right, left| node_hash(left, &right))
}

/// RFC 6962 §2.1: the hash of a leaf begins with 0.
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(leaf).finalize().into()
}

/// RFC 6962 §2.1: the hash of a node begins with 1.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// RFC 6962 §2.1.1: the spans whose hashes lead from leaf `n` to the root of a tree of `size` leaves; `n < size`.
pub fn inclusion(n: u64, size: u64) -> Vec<Span> {
    let mut path = Vec::new();
    let mut around = Span { start: 0, end: size };
    while around.end - around.start > 1 {
        let (left, right) = split(around);
        let (inside, beside) = if n < left.end { (left, right) } else { (right, left) };
        path.push(beside);
        around = inside;
    }
    path.reverse();
    path
}

/// RFC 6962 §2.1.2: the spans whose hashes show that a tree of `size` leaves begins with the one of `old`; `0 < old <= size`.
pub fn consistency(old: u64, size: u64) -> Vec<Span> {
    let mut path = Vec::new();
    let mut around = Span { start: 0, end: size };
    while around.end != old {
        let (left, right) = split(around);
        let (inside, beside) = if old <= left.end { (left, right) } else { (right, left) };
        path.push(beside);
        around = inside;
    }
    // The old tree itself is known to whoever checks.
    if around.start != 0 {
        path.push(around);
    }
    path.reverse();
    path
}

/// Whether a proof leads from a leaf at `n` to the root of a tree of `size` leaves (RFC 9162 §2.1.3.2).
pub fn includes(leaf: Hash, n: u64, size: u64, proof: &[Hash], root: &Hash) -> bool {
    if n >= size {
        return false;
    }
    let (mut place, mut last, mut hash) = (n, size - 1, leaf);
    for beside in proof {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            hash = node_hash(beside, &hash);
            while place & 1 == 0 && place != 0 {
                (place, last) = (place >> 1, last >> 1);
            }
        } else {
            hash = node_hash(&hash, beside);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    last == 0 && hash == *root
}

/// Whether a proof shows that the tree with `root` begins with the one with `old_root` (RFC 9162 §2.1.4.2).
///
/// The empty tree begins every tree, and a tree itself; both need an empty proof.
pub fn extends(old: u64, old_root: &Hash, size: u64, root: &Hash, proof: &[Hash]) -> bool {
    if old == 0 || old == size {
        return proof.is_empty() && (old != size || old_root == root) && (old != 0 || *old_root == joined(&[]));
    }
    if old > size {
        return false;
    }
    let whole = old.is_power_of_two().then_some(old_root);
    let mut hashes = whole.into_iter().chain(proof);
    let Some(first) = hashes.next() else {
        return false;
    };
    let (mut place, mut last) = (old - 1, size - 1);
    while place & 1 == 1 {
        (place, last) = (place >> 1, last >> 1);
    }
    let (mut old_hash, mut hash) = (*first, *first);
    for beside in hashes {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            old_hash = node_hash(beside, &old_hash);
            hash = node_hash(beside, &hash);
            while place & 1 == 0 && place != 0 {
                (place, last) = (place >> 1, last >> 1);
            }
        } else {
            hash = node_hash(&hash, beside);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    last == 0 && old_hash == *old_root && hash == *root
}

/// At the largest power of two that is smaller than the number of leaves; a span of two or more.
fn split(span: Span) -> (Span, Span) {
    let middle = span.start + (1 << (span.end - span.start - 1).ilog2());
    (Span { start: span.start, end: middle }, Span { start: middle, end: span.end })
}
