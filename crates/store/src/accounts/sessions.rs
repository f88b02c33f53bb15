//! Sessions: begun at the door, seen at most once a minute, over when idle, ended by their owner or the administrator.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{Session, Stage};
use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::merkle::Hash;
use crate::sql::{Row, Sql};

/// A session that asks for nothing this long is over.
pub const IDLE: TimeDelta = TimeDelta::hours(2);
/// How often its use is noted at most.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

const COLUMNS: &str =
    "token_hash, account, csrf, begun, expires, coalesce(last_seen, begun) AS last_seen, address, agent, stage";

/// Keeps a new session.
pub async fn begin(store: &Store, session: &Session) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO session (office, token_hash, account, csrf, begun, expires, last_seen, address, agent, stage) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            session.office.into(),
            session.token_hash.to_vec().into(),
            session.account.into(),
            session.csrf.as_str().into(),
            session.begun.timestamp_millis().into(),
            session.expires.timestamp_millis().into(),
            session.last_seen.timestamp_millis().into(),
            session.address.clone().into(),
            session.agent.clone().into(),
            written(session.stage).into(),
        ],
    );
    sql.run(&store.connection).await?;
    Ok(())
}

/// The session of a token that is not over at an instant.
pub async fn find(
    store: &Store,
    office: i32,
    token_hash: &Hash,
    now: DateTime<Utc>,
) -> Result<Option<Session>, StoreError> {
    let idle = (now - IDLE).timestamp_millis();
    let sql = Sql::new(
        &format!(
            "SELECT {COLUMNS} FROM session WHERE office = ? AND token_hash = ? AND expires > ? \
         AND coalesce(last_seen, begun) > ?"
        ),
        [office.into(), token_hash.to_vec().into(), now.timestamp_millis().into(), idle.into()],
    );
    sql.read_one(store).await?.map(|row| session(office, &row)).transpose()
}

/// Notes that a session was used, where a minute has passed since that was noted last.
pub async fn seen(store: &Store, session: &Session, now: DateTime<Utc>) -> Result<(), StoreError> {
    if now - session.last_seen < NOTED_EVERY {
        return Ok(());
    }
    let sql = Sql::new(
        "UPDATE session SET last_seen = ? WHERE office = ? AND token_hash = ?",
        [now.timestamp_millis().into(), session.office.into(), session.token_hash.to_vec().into()],
    );
    sql.run(&store.connection).await?;
    Ok(())
}

/// The sessions of an account that are not over, the newest first, at most 100.
pub async fn list(
    store: &Store,
    viewer: &Viewer,
    account: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<Session>, StoreError> {
    if !access::sees_account(viewer, account) {
        return Err(StoreError::Forbidden);
    }
    let (instant, idle) = (now.timestamp_millis(), (now - IDLE).timestamp_millis());
    let sql = Sql::new(
        &format!(
            "SELECT {COLUMNS} FROM session WHERE office = ? AND account = ? AND expires > ? \
         AND coalesce(last_seen, begun) > ? ORDER BY begun DESC, token_hash LIMIT 100"
        ),
        [viewer.office.into(), account.into(), instant.into(), idle.into()],
    );
    sql.read(store).await?.iter().map(|row| session(viewer.office, row)).collect()
}

/// Ends one session of an account, by its owner or the administrator.
pub async fn end_one(store: &Store, viewer: &Viewer, account: Uuid, token_hash: &Hash) -> Result<(), StoreError> {
    if !access::keeps_account(viewer, account) {
        return Err(StoreError::Forbidden);
    }
    let sql = Sql::new(
        "DELETE FROM session WHERE office = ? AND account = ? AND token_hash = ?",
        [viewer.office.into(), account.into(), token_hash.to_vec().into()],
    );
    sql.run(&store.connection).await?;
    Ok(())
}

/// Ends every session of an account but one, by its owner or the administrator; returns how many.
pub async fn end_all(store: &Store, viewer: &Viewer, account: Uuid, but: Option<&Hash>) -> Result<u64, StoreError> {
    if !access::keeps_account(viewer, account) {
        return Err(StoreError::Forbidden);
    }
    ending_all(viewer.office, account, but).run(&store.connection).await
}

/// [`end_all`] as a statement, for a step after which nobody stays signed in.
pub(crate) fn ending_all(office: i32, account: Uuid, but: Option<&Hash>) -> Sql {
    let mut sql = Sql::new("DELETE FROM session WHERE office = ? AND account = ?", [office.into(), account.into()]);
    if let Some(but) = but {
        sql.add(" AND token_hash <> ?", [but.to_vec().into()]);
    }
    sql
}

/// Ends a session at once; ending one that is over is no error.
pub async fn end(store: &Store, office: i32, token_hash: &Hash) -> Result<(), StoreError> {
    let sql = Sql::new(
        "DELETE FROM session WHERE office = ? AND token_hash = ?",
        [office.into(), token_hash.to_vec().into()],
    );
    sql.run(&store.connection).await?;
    Ok(())
}

/// Deletes what is over at an instant, in every office; returns how many sessions that were.
pub async fn delete_expired(store: &Store, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let idle = (now - IDLE).timestamp_millis();
    let sql = Sql::new(
        "DELETE FROM session WHERE expires <= ? OR coalesce(last_seen, begun) <= ?",
        [now.timestamp_millis().into(), idle.into()],
    );
    sql.run(&store.connection).await
}

fn session(office: i32, row: &Row) -> Result<Session, StoreError> {
    let hash: Vec<u8> = row.get("token_hash")?;
    Ok(Session {
        office,
        token_hash: hash.try_into().map_err(|_| StoreError::Database("no hash of 32 bytes".to_owned()))?,
        account: row.get("account")?,
        csrf: row.get("csrf")?,
        begun: row.instant("begun")?,
        expires: row.instant("expires")?,
        last_seen: row.instant("last_seen")?,
        address: row.get("address")?,
        agent: row.get("agent")?,
        stage: match row.get::<Option<String>>("stage")?.as_deref() {
            Some("cho-ma") => Stage::AwaitsCode,
            Some("can-ma") => Stage::MustEnrol,
            _ => Stage::Complete,
        },
    })
}

fn written(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::Complete => None,
        Stage::AwaitsCode => Some("cho-ma"),
        Stage::MustEnrol => Some("can-ma"),
    }
}
