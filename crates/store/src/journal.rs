//! The journal: one tree of RFC 6962 for each office, a leaf for each step and each record entered.

pub mod checkpoints;
pub mod listing;
pub mod note;
pub mod proofs;

use chrono::{DateTime, SecondsFormat, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use uuid::Uuid;

use crate::Store;
use crate::error::StoreError;
use crate::merkle::{Edge, Hash, KEPT_LEVELS, Node, leaf_hash};
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
        let actor = self.actor.map_or_else(|| "null".to_owned(), |actor| format!("\"{actor}\""));
        // Written out: a journal is read leaf by leaf, and only these two words could need an escape.
        let (noun, verb) = (quoted(&self.entry.noun), quoted(&self.entry.verb));
        format!(
            "{{\"actor\":{actor},\"at\":\"{}\",\"hash\":\"{}\",\"id\":\"{}\",\"n\":{},\"noun\":{noun},\"office\":{},\"v\":{LEAF_VERSION},\"verb\":{verb}}}",
            self.at.to_rfc3339_opts(SecondsFormat::Millis, true),
            hex(&self.entry.hash),
            self.entry.id,
            self.n,
            self.office,
        )
    }

    /// What the leaf is to the tree.
    pub fn tree_hash(&self) -> Hash {
        leaf_hash(self.content().as_bytes())
    }
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
    leaves_from(&store.connection, office, from, limit).await
}

async fn leaves_from(
    connection: &impl ConnectionTrait,
    office: i32,
    from: u64,
    limit: u32,
) -> Result<Vec<Leaf>, StoreError> {
    let sql = Sql::new(
        "SELECT n, at, actor, verb, noun, id, hash FROM journal_leaf WHERE office = ? AND n >= ? ORDER BY n LIMIT ?",
        [office.into(), place(from)?.into(), i64::from(limit).into()],
    );
    let rows = sql.all(connection).await?;
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
            edge.append(leaf.tree_hash(), |_, _| ());
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
    let mut kept = Vec::new();
    for chunk in entries.chunks(LEAVES_PER_STATEMENT) {
        let mut insert = Query::insert();
        let columns = ["office", "n", "at", "actor", "verb", "noun", "id", "hash", "tree_hash"];
        insert.into_table(Alias::new("journal_leaf")).columns(columns.map(Alias::new));
        for entry in chunk {
            let leaf = Leaf { office, n: edge.size, at, actor, entry: entry.clone() };
            let tree_hash = leaf.tree_hash();
            edge.append(tree_hash, |node, hash| kept.push((node, hash)));
            insert.values_panic([
                office.into(),
                place(leaf.n)?.into(),
                at.timestamp_millis().into(),
                actor.into(),
                entry.verb.as_str().into(),
                entry.noun.as_str().into(),
                entry.id.into(),
                entry.hash.to_vec().into(),
                tree_hash.to_vec().into(),
            ]);
        }
        transaction.execute(&insert).await?;
    }
    keep(transaction, office, &kept).await?;
    store_head(transaction, office, &edge).await
}

/// Gives the journals of an older schema the hashes that proofs are made from.
pub(crate) async fn complete(transaction: &DatabaseTransaction) -> Result<(), StoreError> {
    let heads = Sql::new("SELECT office FROM journal_head", []).all(transaction).await?;
    for head in heads {
        let office = head.get("office")?;
        let (mut edge, mut kept) = (Edge::default(), Vec::new());
        loop {
            let page = leaves_from(transaction, office, edge.size, 10_000).await?;
            for leaf in &page {
                let tree_hash = leaf.tree_hash();
                edge.append(tree_hash, |node, hash| kept.push((node, hash)));
                let fill = Sql::new(
                    "UPDATE journal_leaf SET tree_hash = ? WHERE office = ? AND n = ?",
                    [tree_hash.to_vec().into(), office.into(), place(leaf.n)?.into()],
                );
                fill.run(transaction).await?;
            }
            if page.is_empty() {
                break;
            }
        }
        keep(transaction, office, &kept).await?;
    }
    Ok(())
}

/// The hash in lower-case hexadecimal digits.
pub fn hex(hash: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    hash.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| char::from(DIGITS[usize::from(half)])).collect()
}

/// Stores complete subtrees, with the leaves that completed them.
async fn keep(transaction: &DatabaseTransaction, office: i32, kept: &[(Node, Hash)]) -> Result<(), StoreError> {
    for chunk in kept.chunks(LEAVES_PER_STATEMENT) {
        let mut insert = Query::insert();
        insert.into_table(Alias::new("journal_node")).columns(["office", "level", "n", "hash"].map(Alias::new));
        for (node, hash) in chunk {
            let height = i32::try_from(node.level / KEPT_LEVELS).unwrap_or_default();
            insert.values_panic([office.into(), height.into(), place(node.index)?.into(), hash.to_vec().into()]);
        }
        transaction.execute(&insert).await?;
    }
    Ok(())
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

fn quoted(word: &str) -> String {
    serde_json::Value::from(word).to_string()
}
