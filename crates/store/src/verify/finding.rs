//! What a verification can find, each with its place.

use std::collections::BTreeSet;

use serde::Serialize;
use uuid::Uuid;

/// More findings are counted, not listed.
pub const MOST: usize = 1_000;

/// One thing that is not as it was entered or signed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    pub kind: Kind,
    /// The table of the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// The record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// The column, where it is known which.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<&'static str>,
    /// The leaf, or the first of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leaf: Option<u64>,
    /// The last leaf, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_leaf: Option<u64>,
    /// The leaves of the tree that a checkpoint signs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
}

/// What is not as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The content of a record is not what its leaf holds, with all that corrected or ended it taken back.
    RecordChanged,
    /// A leaf whose record is gone, without a removal.
    RecordMissing,
    /// A record without a leaf.
    RecordAdded,
    /// A record says that another step entered it than the one before its leaf.
    RecordOfAnotherStep,
    /// A record without its salt: its leaf stands, its content can no longer be checked.
    RecordErased,
    /// A column that follows from the others does not.
    RecordDerived,
    /// The row of a leaf is not what was put into the tree.
    LeafChanged,
    /// Places without a leaf.
    LeafMissing,
    /// A leaf in a place where another was expected.
    LeafOutOfPlace,
    /// A leaf whose instant or actor is not that of its step.
    LeafOfAnotherAct,
    /// A leaf that no step of this program writes.
    LeafUnknown,
    /// Leaves after the end of the tree that was stored.
    LeafBeyondHead,
    /// The stored size, root or edge is not what the leaves give.
    HeadChanged,
    /// There are leaves, and no stored size and root.
    HeadMissing,
    /// A stored subtree is not what its leaves give.
    NodeChanged,
    /// A subtree that should be stored is not.
    NodeMissing,
    /// A stored subtree that no leaves give.
    NodeAdded,
    /// A stored checkpoint that is none, or does not say what its row says.
    CheckpointForm,
    /// A checkpoint that none of the keys has signed.
    CheckpointUnknownKey,
    /// A checkpoint whose signature does not hold.
    CheckpointForged,
    /// The leaves do not give the root that was signed; the place lies after the last checkpoint that holds.
    CheckpointContradicted,
    /// More leaves were signed than there are.
    CheckpointBeyond,
    /// An attachment whose bytes are not those of its record.
    FileChanged,
    /// An attachment whose bytes are not there.
    FileMissing,
    /// A part of an archive that is not what its manifest says.
    EntryChanged,
    /// The older checkpoint given is none.
    SinceForm,
    /// None of the keys has signed the older checkpoint given.
    SinceUnknownKey,
    /// The signature of the older checkpoint given does not hold.
    SinceForged,
    /// The journal does not go on from the older checkpoint given.
    SinceContradicted,
    /// The older checkpoint given has more leaves than the journal.
    SinceBeyond,
}

impl Finding {
    pub fn of(kind: Kind) -> Self {
        Self { kind, table: None, id: None, column: None, leaf: None, last_leaf: None, size: None }
    }

    pub(crate) fn record(kind: Kind, table: &str, id: Uuid) -> Self {
        Self { table: Some(table.to_owned()), id: Some(id), ..Self::of(kind) }
    }

    pub(crate) fn at_leaf(self, n: u64) -> Self {
        Self { leaf: Some(n), ..self }
    }

    pub(crate) fn at_leaves(self, first: u64, last: u64) -> Self {
        Self { leaf: Some(first), last_leaf: Some(last), ..self }
    }

    pub(crate) fn at_size(self, size: u64) -> Self {
        Self { size: Some(size), ..self }
    }
}

/// Findings as they come in; the same one twice counts once while it is listed.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    listed: BTreeSet<Finding>,
    number: u64,
}

impl Findings {
    pub fn add(&mut self, finding: Finding) {
        if self.listed.len() < MOST {
            self.number += u64::from(self.listed.insert(finding));
        } else if !self.listed.contains(&finding) {
            self.number += 1;
        }
    }

    pub fn number(&self) -> u64 {
        self.number
    }

    pub fn listed(self) -> Vec<Finding> {
        self.listed.into_iter().collect()
    }
}
