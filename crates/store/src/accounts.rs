//! Accounts, their roles and passwords, sessions, and the log of access by those not signed in.

pub mod delegations;
pub mod factor;
pub mod keeping;
pub mod links;
pub mod lists;
pub mod log;
pub mod sessions;

use chrono::{DateTime, Utc};
use rules::facts::Day;
use uuid::Uuid;

use crate::Store;
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
    /// The grant from which it comes.
    pub grant: Uuid,
    /// The delegation under which it is lent, and the name of the lender.
    pub lent: Option<(Uuid, String)>,
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
    /// To the minute.
    pub last_seen: DateTime<Utc>,
    pub address: Option<String>,
    /// What the browser calls itself.
    pub agent: Option<String>,
    pub stage: Stage,
}

/// How far a sign-in has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Complete,
    /// The password held; the code of the second factor is awaited.
    AwaitsCode,
    /// Signed in, but a second factor must be taken before anything else.
    MustEnrol,
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

const UNIT_NAME: &str = "(SELECT n.name FROM unit_name n WHERE n.office = g.office AND n.unit = g.unit \
    AND n.from_day <= ? ORDER BY n.from_day DESC LIMIT 1) AS unit_name";

/// The state of an account of alias `l` on a day.
const LENDER_ACTIVE: &str = "(SELECT s.active FROM account_state s WHERE s.office = l.office AND s.account = l.id \
    AND s.from_day <= ? ORDER BY s.from_day DESC, s.id DESC LIMIT 1)";

/// The account with a login, compared in lower case; asked by the program itself at sign-in.
pub async fn find_by_login(store: &Store, office: i32, login: &str, day: Day) -> Result<Option<Account>, StoreError> {
    let mut sql = Sql::new(ACCOUNT, [day.into(), office.into()]);
    sql.add(" AND a.login = ?", [login.to_lowercase().into()]);
    sql.read_one(store).await?.map(|row| account(&row)).transpose()
}

/// One account; asked by the program itself for the signed-in.
pub async fn one(store: &Store, office: i32, id: Uuid, day: Day) -> Result<Option<Account>, StoreError> {
    let mut sql = Sql::new(ACCOUNT, [day.into(), office.into()]);
    sql.add(" AND a.id = ?", [id.into()]);
    sql.read_one(store).await?.map(|row| account(&row)).transpose()
}

/// Accounts that may sign in on a day with their roles, for the demonstration's sign-in page: at most 100, two statements.
pub async fn demonstration(store: &Store, office: i32, day: Day) -> Result<Vec<(Account, Vec<HeldRole>)>, StoreError> {
    let mut sql = Sql::new(ACCOUNT, [day.into(), office.into()]);
    sql.add(" ORDER BY a.id LIMIT 100", []);
    let rows = sql.read(store).await?;
    let accounts: Vec<Account> = rows.iter().map(account).collect::<Result<_, _>>()?;
    let ids: Vec<Uuid> = accounts.iter().map(|account| account.id).collect();
    let roles = roles_of(store, office, &ids, day).await?;
    let with_roles = accounts.into_iter().filter(|account| account.active).map(|account| {
        let own = roles.iter().filter(|role| role.account == account.id).cloned().collect();
        (account, own)
    });
    Ok(with_roles.collect())
}

/// The roles of an account on a day: its own in the order in which they were granted, then those lent to it.
pub async fn roles_on(store: &Store, office: i32, account: Uuid, day: Day) -> Result<Vec<HeldRole>, StoreError> {
    roles_of(store, office, &[account], day).await
}

/// The roles of several accounts on a day; one statement.
pub async fn roles_of(store: &Store, office: i32, accounts: &[Uuid], day: Day) -> Result<Vec<HeldRole>, StoreError> {
    let ids = || accounts.iter().map(|id| (*id).into());
    let own = format!(
        "SELECT * FROM (SELECT g.account, g.role, g.unit, {UNIT_NAME}, g.id AS role_grant, \
         CAST(NULL AS uuid) AS delegation, NULL AS lender, 0 AS rank, g.id AS place FROM role_grant g WHERE g.office = ? \
         AND g.from_day <= ? AND (g.to_day IS NULL OR g.to_day >= ?) AND g.account IN "
    );
    let lent = format!(
        " UNION ALL SELECT d.account, g.role, g.unit, {UNIT_NAME}, g.id, d.id, l.display_name, 1, d.id FROM delegation d \
         JOIN role_grant g ON g.office = d.office AND g.id = d.role_grant AND g.from_day <= ? \
         AND (g.to_day IS NULL OR g.to_day >= ?) JOIN account l ON l.office = g.office AND l.id = g.account \
         WHERE d.office = ? AND d.from_day <= ? AND d.to_day >= ? AND {LENDER_ACTIVE} AND NOT EXISTS \
         (SELECT 1 FROM delegation_end e WHERE e.office = d.office AND e.delegation = d.id) AND d.account IN "
    );
    let (today, office) = (sea_orm::Value::from(day), sea_orm::Value::from(office));
    let mut sql = Sql::new(&own, [today.clone(), office.clone(), today.clone(), today.clone()]);
    sql.set(ids());
    let values = [today.clone(), today.clone(), today.clone(), office, today.clone(), today.clone(), today];
    sql.add(&lent, values).set(ids()).add(") x ORDER BY rank, place", []);
    sql.read(store).await?.iter().map(role).collect()
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
    sql.read_one(store).await?.ok_or(StoreError::NotFound)?.count("events")
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
        grant: row.get("role_grant")?,
        lent: match (row.get("delegation")?, row.get("lender")?) {
            (Some(delegation), Some(lender)) => Some((delegation, lender)),
            _ => None,
        },
    })
}
