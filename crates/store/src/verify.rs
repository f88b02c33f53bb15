//! Verification: whether everything stored is what the journal's leaves say was entered, and the tree what was signed.
//!
//! A source is read twice from end to end with little memory; a third time only to find the place of what differs.

pub mod database;
pub mod finding;
pub mod ndjson;
mod records;
pub mod source;
mod tree;

use crate::error::StoreError;
use crate::journal::Head;
use crate::journal::note::{Doubt, Note, VerifierKey};
use crate::merkle::Hash;
use crate::verify::finding::{Finding, Findings, Kind};
use crate::verify::records::Records;
use crate::verify::source::{Source, StoredCheckpoint};
use crate::verify::tree::Tree;

/// What a verification saw and found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub office: i32,
    /// Leaves and root as the stored leaves give them; the root is that up to the first gap.
    pub tree: Head,
    /// Rows of all tables of records, removed records and steps.
    pub records: u64,
    pub checkpoints: u64,
    /// The leaves of the largest tree that was signed.
    pub signed: u64,
    /// Whether there was a key with which signatures were checked.
    pub with_key: bool,
    /// The leaves of the older checkpoint from which this journal goes on.
    pub since: Option<u64>,
    /// How often the clock stood earlier than at the act before, and the first leaf where it did.
    pub clock_back: Option<(u64, u64)>,
    /// What differs; no more than [`finding::MOST`].
    pub findings: Vec<Finding>,
    /// How many there are in all.
    pub found: u64,
}

impl Report {
    /// Whether everything is as it was entered and signed.
    pub fn holds(&self) -> bool {
        self.found == 0
    }
}

/// Verifies a source. Signatures are checked with `keys`, where there are any; `since` is the note of an older tree.
pub async fn verify<S: Source>(
    source: &mut S,
    office: i32,
    keys: &[VerifierKey],
    since: Option<&str>,
) -> Result<Report, StoreError> {
    let mut findings = Findings::default();
    let mut signed = checkpoints(source, keys, &mut findings).await?;
    let since = since.and_then(|note| older(note, keys, &mut findings));
    let head = source.head().await?;
    let mut records = Records::read_changes(source).await?;
    let mut tree = Tree::new(office, &signed, since.as_ref(), head.as_ref());
    source
        .leaves(&mut |leaf| {
            let placed = tree.take(&leaf, &mut findings);
            records.take_leaf(&leaf, placed);
        })
        .await?;
    tree.close(head.as_ref(), &mut findings);
    source.nodes(&mut |node, hash| tree.take_node(node, hash, &mut findings)).await?;
    tree.close_nodes(&mut findings);
    signed.retain(|checkpoint| checkpoint.root.is_some());
    tree.compare(&signed, since.as_ref(), &mut findings);
    records.compare(source, &tree, &mut findings).await?;
    Ok(Report {
        office,
        tree: tree.head(),
        records: records.number(),
        checkpoints: signed.len() as u64,
        signed: signed.last().map_or(0, |last| last.size),
        with_key: !keys.is_empty(),
        since: since.map(|since| since.size),
        clock_back: tree.clock_back(),
        found: findings.number(),
        findings: findings.listed(),
    })
}

/// What was signed, as far as its note can be believed: the size and the root that was signed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Signed {
    size: u64,
    /// Absent where the note cannot be believed.
    root: Option<Hash>,
}

async fn checkpoints<S: Source>(
    source: &mut S,
    keys: &[VerifierKey],
    findings: &mut Findings,
) -> Result<Vec<Signed>, StoreError> {
    let mut signed = Vec::new();
    source
        .checkpoints(&mut |stored| {
            let root = match believed(&stored, keys) {
                Ok(root) => Some(root),
                Err(kind) => {
                    findings.add(Finding::of(kind).at_size(stored.size));
                    None
                }
            };
            signed.push(Signed { size: stored.size, root });
        })
        .await?;
    signed.sort_by_key(|checkpoint| checkpoint.size);
    Ok(signed)
}

/// The root that a stored checkpoint signs; its columns repeat what its note says.
fn believed(stored: &StoredCheckpoint, keys: &[VerifierKey]) -> Result<Hash, Kind> {
    let note: Note = stored.note.parse().map_err(|_| Kind::CheckpointForm)?;
    let said = if keys.is_empty() { note.checkpoint() } else { note.verified(keys) };
    match said {
        Ok(said) if said.size == stored.size && said.root.as_slice() == stored.root => Ok(said.root),
        Ok(_) | Err(Doubt::Form) => Err(Kind::CheckpointForm),
        Err(Doubt::UnknownKey) => Err(Kind::CheckpointUnknownKey),
        Err(Doubt::Signature) => Err(Kind::CheckpointForged),
    }
}

/// The older tree from which the journal must go on.
fn older(note: &str, keys: &[VerifierKey], findings: &mut Findings) -> Option<Signed> {
    let read =
        note.parse::<Note>().and_then(|note| if keys.is_empty() { note.checkpoint() } else { note.verified(keys) });
    match read {
        Ok(said) => Some(Signed { size: said.size, root: Some(said.root) }),
        Err(doubt) => {
            findings.add(Finding::of(match doubt {
                Doubt::Form => Kind::SinceForm,
                Doubt::UnknownKey => Kind::SinceUnknownKey,
                Doubt::Signature => Kind::SinceForged,
            }));
            None
        }
    }
}
