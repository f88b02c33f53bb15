//! The journal: one tree of RFC 6962 for each office, a leaf for each record entered.

use chrono::{DateTime, SecondsFormat, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde::Serialize;
use uuid::Uuid;

use crate::Store;
use crate::error::StoreError;
use crate::merkle::{Edge, Hash};
use crate::record::canonical;
use crate::sql::{Row, Sql};

/// The version of the form of a leaf.
const LEAF_VERSION: u32 = 1;
const LEAVES_PER_STATEMENT: usize = 2_000;

/// The tree of an office as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The number of leaves.
    pub size: u64,
    /// RFC 6962 root hash.
    pub root: Hash,
}

/// One leaf; [`Leaf::content`] is what the tree holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    pub office: i32,
    /// Its place, from 0.
    pub n: u64,
    pub at: DateTime<Utc>,
    pub actor: Option<Uuid>,
    pub entry: Entry,
}

/// What happened to which record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub verb: String,
    pub noun: String,
    pub id: Uuid,
    /// SHA-256 of the record's salt followed by its canonical JSON.
    pub hash: Hash,
}

/// What a recomputation of the tree found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    pub stored: Head,
    /// Size and root as the stored leaves give them.
    pub recomputed: Head,
}

impl Verification {
    /// Whether the stored root is that of the stored leaves.
    pub fn holds(&self) -> bool {
        self.stored == self.recomputed
    }
}

impl Leaf {
    /// Canonical JSON `{actor, at, hash, id, n, noun, office, v, verb}`; the instant in milliseconds UTC.
    pub fn content(&self) -> String {
        canonical(&LeafContent {
            v: LEAF_VERSION,
            office: self.office,
            n: self.n,
            at: self.at.to_rfc3339_opts(SecondsFormat::Millis, true),
            actor: self.actor,
            verb: &self.entry.verb,
            noun: &self.entry.noun,
            id: self.entry.id,
            hash: hex(&self.entry.hash),
        })
    }
}

#[derive(Serialize)]
struct LeafContent<'a> {
    v: u32,
    office: i32,
    n: u64,
    at: String,
    actor: Option<Uuid>,
    verb: &'a str,
    noun: &'a str,
    id: Uuid,
    hash: String,
}

/// The stored size and root; of an office without a journal those of the empty tree.
pub async fn head(store: &Store, office: i32) -> Result<Head, StoreError> {
    let sql = Sql::new("SELECT size, root FROM journal_head WHERE office = ?", [office.into()]);
    match sql.one(&store.connection).await? {
        None => Ok(head_of(&Edge::default())),
        Some(row) => Ok(Head { size: row.get::<i64>("size")?.unsigned_abs(), root: hash(row.get("root")?)? }),
    }
}

/// Up to `limit` leaves from place `from` on.
pub async fn leaves(store: &Store, office: i32, from: u64, limit: u32) -> Result<Vec<Leaf>, StoreError> {
    let sql = Sql::new(
        "SELECT n, at, actor, verb, noun, id, hash FROM journal_leaf WHERE office = ? AND n >= ? ORDER BY n LIMIT ?",
        [office.into(), place(from)?.into(), i64::from(limit).into()],
    );
    let rows = sql.all(&store.connection).await?;
    rows.iter().map(|row| leaf(office, row)).collect()
}

/// Recomputes the tree from the stored leaves.
pub async fn verify(store: &Store, office: i32) -> Result<Verification, StoreError> {
    let stored = head(store, office).await?;
    let mut edge = Edge::default();
    loop {
        let page = leaves(store, office, edge.size, 10_000).await?;
        // A gap in the places ends the tree there, so that the sizes differ.
        let next: Vec<_> = page.iter().zip(edge.size..).take_while(|(leaf, n)| leaf.n == *n).collect();
        if next.is_empty() {
            return Ok(Verification { stored, recomputed: head_of(&edge) });
        }
        for (leaf, _) in next {
            edge.append(leaf.content().as_bytes());
        }
    }
}

/// Adds the leaves of a step as its last act: from here on the office's head is locked until the commit.
pub async fn append(
    transaction: &DatabaseTransaction,
    office: i32,
    actor: Option<Uuid>,
    at: DateTime<Utc>,
    entries: &[Entry],
) -> Result<(), StoreError> {
    if entries.is_empty() {
        return Ok(());
    }
    let at = DateTime::from_timestamp_millis(at.timestamp_millis()).unwrap_or(at);
    let mut edge = lock_head(transaction, office).await?;
    for chunk in entries.chunks(LEAVES_PER_STATEMENT) {
        let mut insert = Query::insert();
        let columns = ["office", "n", "at", "actor", "verb", "noun", "id", "hash"];
        insert.into_table(Alias::new("journal_leaf")).columns(columns.map(Alias::new));
        for entry in chunk {
            let leaf = Leaf { office, n: edge.size, at, actor, entry: entry.clone() };
            edge.append(leaf.content().as_bytes());
            insert.values_panic([
                office.into(),
                place(leaf.n)?.into(),
                at.timestamp_millis().into(),
                actor.into(),
                entry.verb.as_str().into(),
                entry.noun.as_str().into(),
                entry.id.into(),
                entry.hash.to_vec().into(),
            ]);
        }
        transaction.execute(&insert).await?;
    }
    store_head(transaction, office, &edge).await
}

/// The hash in lower-case hexadecimal digits.
pub fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn lock_head(transaction: &DatabaseTransaction, office: i32) -> Result<Edge, StoreError> {
    let mut lock = Query::select();
    lock.columns(["size", "edge"].map(Alias::new))
        .from(Alias::new("journal_head"))
        .and_where(Expr::col(Alias::new("office")).eq(office))
        .lock_exclusive();
    let row = match transaction.query_one(&lock).await? {
        Some(row) => row,
        None => {
            let empty = head_of(&Edge::default());
            let first = Sql::new(
                "INSERT INTO journal_head (office, size, root, edge) VALUES (?, 0, ?, ?) ON CONFLICT DO NOTHING",
                [office.into(), empty.root.to_vec().into(), Vec::<u8>::new().into()],
            );
            first.run(transaction).await?;
            transaction.query_one(&lock).await?.ok_or(StoreError::NotFound)?
        }
    };
    let size: i64 = row.try_get("", "size")?;
    let edge: Vec<u8> = row.try_get("", "edge")?;
    Edge::from_bytes(size.unsigned_abs(), &edge)
        .ok_or_else(|| StoreError::Damaged(format!("the journal head of office {office}")))
}

async fn store_head(transaction: &DatabaseTransaction, office: i32, edge: &Edge) -> Result<(), StoreError> {
    let head = Sql::new(
        "UPDATE journal_head SET size = ?, root = ?, edge = ? WHERE office = ?",
        [place(edge.size)?.into(), edge.root().to_vec().into(), edge.bytes().into(), office.into()],
    );
    head.run(transaction).await?;
    Ok(())
}

fn head_of(edge: &Edge) -> Head {
    Head { size: edge.size, root: edge.root() }
}

fn leaf(office: i32, row: &Row) -> Result<Leaf, StoreError> {
    let n: i64 = row.get("n")?;
    Ok(Leaf {
        office,
        n: n.unsigned_abs(),
        at: row.instant("at")?,
        actor: row.get("actor")?,
        entry: Entry {
            verb: row.get("verb")?,
            noun: row.get("noun")?,
            id: row.get("id")?,
            hash: hash(row.get("hash")?)?,
        },
    })
}

fn hash(bytes: Vec<u8>) -> Result<Hash, StoreError> {
    Hash::try_from(bytes).map_err(|bytes| StoreError::Damaged(format!("a hash of {} bytes", bytes.len())))
}

fn place(n: u64) -> Result<i64, StoreError> {
    i64::try_from(n).map_err(|_| StoreError::Refused(format!("no place {n} in the journal")))
}
