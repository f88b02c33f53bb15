//! What a verification reads: a database or an archive, both as rows, leaves, hashes and checkpoints.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::error::StoreError;
use crate::merkle::Hash;
use crate::names;
use crate::schema::{STEP, Table};

/// Something that holds an office's records and journal, and shows the same each time it is read.
pub trait Source {
    /// Every row of a table of records, of `correction`, `ending`, `removal` or of the steps, in any order.
    fn rows(
        &mut self,
        table: &'static Table,
        each: &mut (dyn FnMut(StoredRow) + Send),
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Every leaf, in the order in which they are kept.
    fn leaves(
        &mut self,
        each: &mut (dyn FnMut(StoredLeaf) + Send),
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// The stored size, root and edge.
    fn head(&mut self) -> impl Future<Output = Result<Option<StoredHead>, StoreError>> + Send;

    /// Every stored subtree: height in steps of eight levels and place, with its hash.
    fn nodes(
        &mut self,
        each: &mut (dyn FnMut((u32, u64), Vec<u8>) + Send),
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Every checkpoint.
    fn checkpoints(
        &mut self,
        each: &mut (dyn FnMut(StoredCheckpoint) + Send),
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// A record, or a step, as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRow {
    pub id: Uuid,
    /// The fields; absent where one of them cannot be read as what it should be.
    pub content: Option<Map<String, Value>>,
    /// The step that entered it; of a step itself its own id.
    pub step: Option<Uuid>,
    pub salt: Option<Vec<u8>>,
    /// The columns that follow from the fields, as [`derived`] gives them; a column that was not read is left out.
    pub derived: Vec<(&'static str, Vec<u8>)>,
}

/// A leaf as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLeaf {
    pub n: u64,
    pub at: DateTime<Utc>,
    pub actor: Option<Uuid>,
    pub verb: String,
    pub noun: String,
    pub id: Uuid,
    /// All zero where it cannot be read.
    pub hash: Hash,
    /// Absent where it cannot be read.
    pub tree_hash: Option<Hash>,
}

/// The head of the tree as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredHead {
    pub size: u64,
    pub root: Vec<u8>,
    pub edge: Vec<u8>,
}

/// A checkpoint as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCheckpoint {
    pub size: u64,
    pub root: Vec<u8>,
    pub note: String,
}

/// The columns of a table that follow from its fields and are checked.
pub(crate) fn derived_columns(table: &Table) -> &'static [&'static str] {
    if table.noun == "person" { &["name_folded", "sort_key", "sort_version"] } else { &[] }
}

/// What those columns must hold, as bytes. A key made by another version of the rule is not held against it.
pub(crate) fn derived(table: &Table, content: &Map<String, Value>) -> Vec<(&'static str, Vec<u8>)> {
    match content.get("full_name").and_then(Value::as_str) {
        Some(name) if table.noun == "person" => vec![
            ("name_folded", names::fold(name).into_bytes()),
            ("sort_key", names::sort_key(name)),
            ("sort_version", names::SORT_KEY_VERSION.to_string().into_bytes()),
        ],
        _ => Vec::new(),
    }
}

/// Whether a table is that of the steps.
pub(crate) fn is_step(table: &Table) -> bool {
    table.noun == STEP.noun
}
