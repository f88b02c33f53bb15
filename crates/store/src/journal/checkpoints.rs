//! Checkpoints: what the office has signed of its tree, each once, none that contradicts one before.

use chrono::{DateTime, Utc};
use ed25519_dalek::SigningKey;

use super::note::{Checkpoint, Doubt, Note, Signer, VerifierKey, origin};
use super::proofs::{LeafProof, inclusion, root_at};
use super::{Head, hash, head, place};
use crate::Store;
use crate::error::StoreError;
use crate::sql::{Row, Sql};
use crate::{merkle::Hash, offices};

/// A checkpoint as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    pub size: u64,
    pub root: Hash,
    /// The signed note.
    pub note: String,
    /// When it was signed; the note does not say.
    pub at: DateTime<Utc>,
}

/// What came of asking for a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// The tree has not grown since the last one, or there is no office yet.
    Nothing,
    Signed(Signed),
    /// The tree does not begin with what was signed at this size: nothing more is signed.
    Contradiction {
        size: u64,
    },
}

/// The newest checkpoint of an office.
pub async fn newest(store: &Store, office: i32) -> Result<Option<Signed>, StoreError> {
    let sql = Sql::new(
        "SELECT size, root, note, at FROM checkpoint WHERE office = ? ORDER BY size DESC LIMIT 1",
        [office.into()],
    );
    sql.one(&store.connection).await?.map(|row| signed(&row)).transpose()
}

/// Signs the committed tree where it has grown; of servers that try at once, one stores it.
///
/// The log keeps the name under which its first checkpoint was signed.
pub async fn make(store: &Store, office: i32, key: &SigningKey, at: DateTime<Utc>) -> Result<Made, StoreError> {
    // In this order: another server may sign a larger tree at any time.
    let last = newest(store, office).await?;
    let head = head(store, office).await?;
    match &last {
        None if head.size == 0 => return Ok(Made::Nothing),
        Some(last) if (last.size, last.root) == (head.size, head.root) => return Ok(Made::Nothing),
        Some(last) if !begins_with(store, office, &head, last).await? => {
            return Ok(Made::Contradiction { size: last.size });
        }
        _ => {}
    }
    let Some(signer) = signer(store, office, key).await? else {
        return Ok(Made::Nothing);
    };
    let signed = Signed { size: head.size, root: head.root, note: signer.sign(head.size, &head.root), at };
    let insert = Sql::new(
        "INSERT INTO checkpoint (office, size, root, note, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [
            office.into(),
            place(signed.size)?.into(),
            signed.root.to_vec().into(),
            signed.note.as_str().into(),
            at.timestamp_millis().into(),
        ],
    );
    let stored = insert.run(&store.connection).await? == 1;
    Ok(if stored { Made::Signed(signed) } else { Made::Nothing })
}

/// The key by which others check what this office signs; nothing before it is founded.
pub async fn verifier(store: &Store, office: i32, key: &SigningKey) -> Result<Option<VerifierKey>, StoreError> {
    Ok(signer(store, office, key).await?.map(|signer| signer.verifier().clone()))
}

/// That the leaf at `n` is in the newest tree that was signed; nothing while none has been signed with it.
pub async fn prove(store: &Store, office: i32, n: u64) -> Result<Option<LeafProof>, StoreError> {
    let Some(newest) = newest(store, office).await?.filter(|newest| n < newest.size) else {
        return Ok(None);
    };
    let (leaf, path) = inclusion(store, office, n, newest.size).await?;
    Ok(Some(LeafProof { leaf: leaf.content(), n, path, checkpoint: newest.note }))
}

async fn begins_with(store: &Store, office: i32, head: &Head, last: &Signed) -> Result<bool, StoreError> {
    Ok(last.size < head.size && root_at(store, office, last.size).await? == last.root)
}

async fn signer(store: &Store, office: i32, key: &SigningKey) -> Result<Option<Signer>, StoreError> {
    let named = match newest(store, office).await? {
        Some(last) => Some(name(&last.note).map_err(|_| StoreError::Damaged("a checkpoint".to_owned()))?),
        None => offices::one(store, office).await?.map(|office| origin(&office.code)),
    };
    Ok(named.and_then(|name| Signer::new(&name, key)))
}

fn name(note: &str) -> Result<String, Doubt> {
    let Checkpoint { origin, .. } = note.parse::<Note>()?.checkpoint()?;
    Ok(origin)
}

fn signed(row: &Row) -> Result<Signed, StoreError> {
    let size: i64 = row.get("size")?;
    Ok(Signed {
        size: size.unsigned_abs(),
        root: hash(row.get("root")?)?,
        note: row.get("note")?,
        at: row.instant("at")?,
    })
}
