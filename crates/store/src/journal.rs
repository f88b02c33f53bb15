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
use crate::rows;
use crate::sql::{Row, Sql};

/// The version of the form of a leaf.
const LEAF_VERSION: u32 = 1;
/// The columns of a leaf.
const COLUMNS: [&str; 9] = ["office", "n", "at", "actor", "verb", "noun", "id", "hash", "tree_hash"];

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

/// What all leaves of one step have in common.
struct Written {
    office: i32,
    actor: Option<Uuid>,
    /// As the leaf says it.
    at: String,
}

impl Leaf {
    /// Canonical JSON `{actor, at, hash, id, n, noun, office, v, verb}`; the instant in milliseconds UTC.
    pub fn content(&self) -> String {
        content(&Written { office: self.office, actor: self.actor, at: instant(self.at) }, self.n, &self.entry)
    }

    /// What the leaf is to the tree.
    pub fn tree_hash(&self) -> Hash {
        leaf_hash(self.content().as_bytes())
    }
}

/// The stored size and root; of an office without a journal those of the empty tree.
pub async fn head(store: &Store, office: i32) -> Result<Head, StoreError> {
    let sql = Sql::new("SELECT size, root FROM journal_head WHERE office = ?", [office.into()]);
    match sql.read_one(store).await? {
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
    let written = Written { office, actor, at: instant(at) };
    let mut leaves = Vec::with_capacity(entries.len());
    for entry in entries {
        let n = edge.size;
        let tree_hash = leaf_hash(content(&written, n, entry).as_bytes());
        edge.append(tree_hash, |node, hash| kept.push((node, hash)));
        leaves.push(vec![
            office.into(),
            place(n)?.into(),
            at.timestamp_millis().into(),
            actor.into(),
            entry.verb.as_str().into(),
            entry.noun.as_str().into(),
            entry.id.into(),
            entry.hash.to_vec().into(),
            tree_hash.to_vec().into(),
        ]);
    }
    rows::insert(transaction, "journal_leaf", &COLUMNS, leaves).await?;
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
    let mut nodes = Vec::with_capacity(kept.len());
    for (node, hash) in kept {
        let height = i32::try_from(node.level / KEPT_LEVELS).unwrap_or_default();
        nodes.push(vec![office.into(), height.into(), place(node.index)?.into(), hash.to_vec().into()]);
    }
    rows::insert(transaction, "journal_node", &["office", "level", "n", "hash"], nodes).await
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

/// An instant as leaves say it: milliseconds in UTC.
fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Written out, because a journal is written and read leaf by leaf.
fn content(written: &Written, n: u64, entry: &Entry) -> String {
    let mut text = String::with_capacity(352);
    text.push_str("{\"actor\":");
    match written.actor {
        Some(actor) => push_quoted(&mut text, actor.as_hyphenated().encode_lower(&mut Uuid::encode_buffer())),
        None => text.push_str("null"),
    }
    for (name, word) in [("at", written.at.as_str()), ("hash", &hex(&entry.hash))] {
        text.push_str(",\"");
        text.push_str(name);
        text.push_str("\":");
        push_quoted(&mut text, word);
    }
    text.push_str(",\"id\":");
    push_quoted(&mut text, entry.id.as_hyphenated().encode_lower(&mut Uuid::encode_buffer()));
    text.push_str(",\"n\":");
    text.push_str(&n.to_string());
    text.push_str(",\"noun\":");
    push_word(&mut text, &entry.noun);
    text.push_str(&format!(",\"office\":{},\"v\":{LEAF_VERSION},\"verb\":", written.office));
    push_word(&mut text, &entry.verb);
    text.push('}');
    text
}

/// A word that needs no escape, in quotation marks.
fn push_quoted(text: &mut String, word: &str) {
    text.push('"');
    text.push_str(word);
    text.push('"');
}

/// A word in quotation marks, escaped where it needs it; those of this program never do.
fn push_word(text: &mut String, word: &str) {
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
        push_quoted(text, word);
    } else {
        text.push_str(&serde_json::Value::from(word).to_string());
    }
}
