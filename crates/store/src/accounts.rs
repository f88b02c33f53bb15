//! Accounts, their roles and passwords, sessions, and the log of access by those not signed in.

use chrono::{DateTime, Utc};
use rules::facts::Day;
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::merkle::Hash;
use crate::sql::{Row, Sql};
use crate::words::Role;

/// An account on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: Uuid,
    pub login: String,
    pub display_name: String,
    /// Argon2id hash in PHC form; absent until a password is set.
    pub argon2: Option<String>,
    pub person: Option<Uuid>,
    /// Whether it may sign in on that day.
    pub active: bool,
}

/// A role of an account on a day, with the name of its unit on that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRole {
    pub account: Uuid,
    pub role: Role,
    /// Absent for the whole office.
    pub unit: Option<Uuid>,
    pub unit_name: Option<String>,
}

/// A sign-in that lasts until an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub office: i32,
    /// SHA-256 of the token in the cookie.
    pub token_hash: Hash,
    pub account: Uuid,
    /// What every form of the session carries.
    pub csrf: String,
    pub begun: DateTime<Utc>,
    pub expires: DateTime<Utc>,
}

/// One line of the security log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityEvent {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    /// An id, such as `sign-in-refused`.
    pub event: String,
    pub account: Option<Uuid>,
    pub address: Option<String>,
    pub detail: Option<String>,
}

const ACCOUNT: &str = "SELECT a.id, a.login, a.display_name, a.person, \
    (SELECT w.argon2 FROM password w WHERE w.office = a.office AND w.account = a.id ORDER BY w.id DESC LIMIT 1) AS argon2, \
    (SELECT s.active FROM account_state s WHERE s.office = a.office AND s.account = a.id AND s.from_day <= ? \
        ORDER BY s.from_day DESC, s.id DESC LIMIT 1) AS active \
    FROM account a WHERE a.office = ?";

const ROLE: &str = "SELECT g.account, g.role, g.unit, \
    (SELECT n.name FROM unit_name n WHERE n.office = g.office AND n.unit = g.unit AND n.from_day <= ? \
        ORDER BY n.from_day DESC LIMIT 1) AS unit_name \
    FROM role_grant g WHERE g.office = ? AND g.from_day <= ? AND (g.to_day IS NULL OR g.to_day >= ?)";

/// The account with a login, compared in lower case; asked by the program itself at sign-in.
pub async fn find_by_login(store: &Store, office: i32, login: &str, day: Day) -> Result<Option<Account>, StoreError> {
    let mut sql = Sql::new(ACCOUNT, [day.into(), office.into()]);
    sql.add(" AND a.login = ?", [login.to_lowercase().into()]);
    sql.one(&store.connection).await?.map(|row| account(&row)).transpose()
}

/// One account; asked by the program itself for the signed-in.
pub async fn one(store: &Store, office: i32, id: Uuid, day: Day) -> Result<Option<Account>, StoreError> {
    let mut sql = Sql::new(ACCOUNT, [day.into(), office.into()]);
    sql.add(" AND a.id = ?", [id.into()]);
    sql.one(&store.connection).await?.map(|row| account(&row)).transpose()
}

/// Every account of the office by login, at most 1,000.
pub async fn list(store: &Store, viewer: &Viewer, day: Day) -> Result<Vec<Account>, StoreError> {
    if !access::sees_accounts(viewer) {
        return Err(StoreError::Forbidden);
    }
    let mut sql = Sql::new(ACCOUNT, [day.into(), viewer.office.into()]);
    sql.add(" ORDER BY a.login LIMIT 1000", []);
    sql.all(&store.connection).await?.iter().map(account).collect()
}

/// Accounts that may sign in on a day with their roles, for the demonstration's sign-in page: at most 100, two statements.
pub async fn demonstration(store: &Store, office: i32, day: Day) -> Result<Vec<(Account, Vec<HeldRole>)>, StoreError> {
    let mut sql = Sql::new(ACCOUNT, [day.into(), office.into()]);
    sql.add(" ORDER BY a.id LIMIT 100", []);
    let rows = sql.all(&store.connection).await?;
    let accounts: Vec<Account> = rows.iter().map(account).collect::<Result<_, _>>()?;
    let mut sql = Sql::new(ROLE, [day.into(), office.into(), day.into(), day.into()]);
    sql.add(" AND g.account IN ", []).set(accounts.iter().map(|account| account.id.into()));
    sql.add(" ORDER BY g.id", []);
    let roles: Vec<HeldRole> = sql.all(&store.connection).await?.iter().map(role).collect::<Result<_, _>>()?;
    let with_roles = accounts.into_iter().filter(|account| account.active).map(|account| {
        let own = roles.iter().filter(|role| role.account == account.id).cloned().collect();
        (account, own)
    });
    Ok(with_roles.collect())
}

/// The roles of an account on a day, in the order in which they were granted.
pub async fn roles_on(store: &Store, office: i32, account: Uuid, day: Day) -> Result<Vec<HeldRole>, StoreError> {
    let mut sql = Sql::new(ROLE, [day.into(), office.into(), day.into(), day.into()]);
    sql.add(" AND g.account = ? ORDER BY g.id", [account.into()]);
    sql.all(&store.connection).await?.iter().map(role).collect()
}

/// Keeps a new session.
pub async fn begin_session(store: &Store, session: &Session) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO session (office, token_hash, account, csrf, begun, expires) VALUES (?, ?, ?, ?, ?, ?)",
        [
            session.office.into(),
            session.token_hash.to_vec().into(),
            session.account.into(),
            session.csrf.as_str().into(),
            session.begun.timestamp_millis().into(),
            session.expires.timestamp_millis().into(),
        ],
    );
    sql.run(&store.connection).await?;
    Ok(())
}

/// The session of a token that is not over at an instant.
pub async fn find_session(
    store: &Store,
    office: i32,
    token_hash: &Hash,
    now: DateTime<Utc>,
) -> Result<Option<Session>, StoreError> {
    let sql = Sql::new(
        "SELECT account, csrf, begun, expires FROM session WHERE office = ? AND token_hash = ? AND expires > ?",
        [office.into(), token_hash.to_vec().into(), now.timestamp_millis().into()],
    );
    let Some(row) = sql.one(&store.connection).await? else {
        return Ok(None);
    };
    Ok(Some(Session {
        office,
        token_hash: *token_hash,
        account: row.get("account")?,
        csrf: row.get("csrf")?,
        begun: row.instant("begun")?,
        expires: row.instant("expires")?,
    }))
}

/// Ends a session at once; ending one that is over is no error.
pub async fn end_session(store: &Store, office: i32, token_hash: &Hash) -> Result<(), StoreError> {
    let sql = Sql::new(
        "DELETE FROM session WHERE office = ? AND token_hash = ?",
        [office.into(), token_hash.to_vec().into()],
    );
    sql.run(&store.connection).await?;
    Ok(())
}

/// Deletes what is over at an instant, in every office; returns how many sessions that were.
pub async fn delete_expired_sessions(store: &Store, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let sql = Sql::new("DELETE FROM session WHERE expires <= ?", [now.timestamp_millis().into()]);
    sql.run(&store.connection).await
}

/// Adds a line to the security log.
pub async fn log_security(store: &Store, office: i32, event: &SecurityEvent) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO security_log (office, id, at, event, account, address, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            office.into(),
            event.id.into(),
            event.at.timestamp_millis().into(),
            event.event.as_str().into(),
            event.account.into(),
            event.address.clone().into(),
            event.detail.clone().into(),
        ],
    );
    sql.run(&store.connection).await?;
    Ok(())
}

/// How many events of one sort came from an address since an instant, to slow down those who guess.
pub async fn security_events_since(
    store: &Store,
    office: i32,
    event: &str,
    address: &str,
    since: DateTime<Utc>,
) -> Result<u32, StoreError> {
    let sql = Sql::new(
        "SELECT count(*) AS events FROM security_log WHERE office = ? AND event = ? AND address = ? AND at >= ?",
        [office.into(), event.into(), address.into(), since.timestamp_millis().into()],
    );
    sql.one(&store.connection).await?.ok_or(StoreError::NotFound)?.count("events")
}

fn account(row: &Row) -> Result<Account, StoreError> {
    Ok(Account {
        id: row.get("id")?,
        login: row.get("login")?,
        display_name: row.get("display_name")?,
        argon2: row.get("argon2")?,
        person: row.get("person")?,
        active: row.get::<Option<bool>>("active")?.unwrap_or(false),
    })
}

fn role(row: &Row) -> Result<HeldRole, StoreError> {
    Ok(HeldRole {
        account: row.get("account")?,
        role: row.word("role")?,
        unit: row.get("unit")?,
        unit_name: row.get("unit_name")?,
    })
}
