//! Proofs about the tree, made from a few hundred stored hashes however large it is.

use std::collections::BTreeMap;
use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::note::{Checkpoint, Doubt, Note, VerifierKey};
use super::{Leaf, hash, leaves, place};
use crate::Store;
use crate::error::StoreError;
use crate::merkle::{self, Hash, KEPT_LEVELS, Node, Span, joined, node_hash};
use crate::sql::Sql;

/// The first line of a proof in a file.
const FORM: &str = "c2sp.org/tlog-proof@v1";

/// That a leaf is in a tree that was signed; in a file in the form of C2SP `tlog-proof`, the leaf as its extra data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeafProof {
    /// The canonical JSON of the leaf.
    pub leaf: String,
    pub n: u64,
    pub path: Vec<Hash>,
    /// The signed note of the tree.
    pub checkpoint: String,
}

/// Why a proof does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It is not in the form of a proof.
    Form,
    /// Its checkpoint cannot be believed.
    Checkpoint(Doubt),
    /// The path does not lead from the leaf to the root.
    Path,
}

impl LeafProof {
    /// The proof as the text of a file.
    pub fn text(&self) -> String {
        let path: String = self.path.iter().map(|hash| format!("{}\n", STANDARD.encode(hash))).collect();
        format!("{FORM}\nextra {}\nindex {}\n{path}\n{}", STANDARD.encode(&self.leaf), self.n, self.checkpoint)
    }

    /// Reads what [`LeafProof::text`] wrote; `None` where it is no such proof.
    pub fn parse(text: &str) -> Option<Self> {
        let (head, checkpoint) = text.split_once("\n\n")?;
        let mut lines = head.lines();
        let form = lines.next()?;
        let leaf = STANDARD.decode(lines.next()?.strip_prefix("extra ")?).ok()?;
        let n = lines.next()?.strip_prefix("index ")?.parse().ok()?;
        let path = lines.map(|line| Hash::try_from(STANDARD.decode(line).ok()?).ok()).collect::<Option<_>>()?;
        let proof = Self { leaf: String::from_utf8(leaf).ok()?, n, path, checkpoint: checkpoint.to_owned() };
        (form == FORM).then_some(proof)
    }

    /// What was signed, once a key that is known has signed it and the path leads from the leaf to its root.
    pub fn verified(&self, keys: &[VerifierKey]) -> Result<Checkpoint, Flaw> {
        let note: Note = self.checkpoint.parse().map_err(Flaw::Checkpoint)?;
        let checkpoint = note.verified(keys).map_err(Flaw::Checkpoint)?;
        let leaf = merkle::leaf_hash(self.leaf.as_bytes());
        let leads = merkle::includes(leaf, self.n, checkpoint.size, &self.path, &checkpoint.root);
        leads.then_some(checkpoint).ok_or(Flaw::Path)
    }
}

/// The root of the tree when it had `size` leaves; refused where it has fewer.
pub async fn root_at(store: &Store, office: i32, size: u64) -> Result<Hash, StoreError> {
    let whole = Span { start: 0, end: size };
    hashes(store, office, &[whole]).await?.pop().ok_or(StoreError::NotFound)
}

/// The leaf at `n` and its path to the root of the tree of `size` leaves.
pub async fn inclusion(store: &Store, office: i32, n: u64, size: u64) -> Result<(Leaf, Vec<Hash>), StoreError> {
    if n >= size {
        return Err(StoreError::Refused(format!("leaf {n} is not in a tree of {size}")));
    }
    let leaf = leaves(store, office, n, 1).await?.into_iter().find(|leaf| leaf.n == n).ok_or(StoreError::NotFound)?;
    Ok((leaf, hashes(store, office, &merkle::inclusion(n, size)).await?))
}

/// What shows that the tree of `size` leaves begins with the one of `old`.
pub async fn consistency(store: &Store, office: i32, old: u64, size: u64) -> Result<Vec<Hash>, StoreError> {
    if old > size {
        return Err(StoreError::Refused(format!("a tree of {size} does not begin with one of {old}")));
    }
    if old == 0 {
        return Ok(Vec::new());
    }
    hashes(store, office, &merkle::consistency(old, size)).await
}

/// The hashes of spans: one statement for each kept level, at most 255 rows of each for one span.
async fn hashes(store: &Store, office: i32, spans: &[Span]) -> Result<Vec<Hash>, StoreError> {
    let mut wanted: BTreeMap<u32, Vec<Range<u64>>> = BTreeMap::new();
    for node in spans.iter().flat_map(|span| span.nodes()) {
        wanted.entry(node.level / KEPT_LEVELS).or_default().push(kept_under(node));
    }
    let mut kept = BTreeMap::new();
    for (height, ranges) in wanted {
        read(store, office, height, &ranges, &mut kept).await?;
    }
    let subtree = |node: Node| {
        let height = node.level / KEPT_LEVELS;
        let under = kept_under(node).map(|n| kept.get(&(height, n)).copied());
        under.collect::<Option<Vec<Hash>>>().map(folded).ok_or_else(|| {
            StoreError::Damaged(format!("the journal of office {office} lacks a hash at {height}/{}", node.index))
        })
    };
    let span = |span: &Span| Ok(joined(&span.nodes().into_iter().map(subtree).collect::<Result<Vec<_>, _>>()?));
    spans.iter().map(span).collect()
}

/// The stored hashes, at the next kept level below, that a subtree consists of.
fn kept_under(node: Node) -> Range<u64> {
    let above = node.level % KEPT_LEVELS;
    node.index << above..(node.index + 1) << above
}

/// The root over a number of hashes that is a power of two.
fn folded(mut hashes: Vec<Hash>) -> Hash {
    while hashes.len() > 1 {
        hashes = hashes.chunks_exact(2).map(|pair| node_hash(&pair[0], &pair[1])).collect();
    }
    hashes.pop().unwrap_or_else(|| joined(&[]))
}

async fn read(
    store: &Store,
    office: i32,
    height: u32,
    ranges: &[Range<u64>],
    kept: &mut BTreeMap<(u32, u64), Hash>,
) -> Result<(), StoreError> {
    let mut sql = match height {
        0 => Sql::new("SELECT n, tree_hash AS hash FROM journal_leaf WHERE office = ? AND (", [office.into()]),
        _ => Sql::new(
            "SELECT n, hash FROM journal_node WHERE office = ? AND level = ? AND (",
            [office.into(), i32::try_from(height).unwrap_or(i32::MAX).into()],
        ),
    };
    for (at, range) in ranges.iter().enumerate() {
        let or = if at == 0 { "" } else { " OR " };
        sql.add(&format!("{or}(n >= ? AND n < ?)"), [place(range.start)?.into(), place(range.end)?.into()]);
    }
    for row in sql.add(")", []).all(&store.connection).await? {
        let n: i64 = row.get("n")?;
        kept.insert((height, n.unsigned_abs()), hash(row.get("hash")?)?);
    }
    Ok(())
}
