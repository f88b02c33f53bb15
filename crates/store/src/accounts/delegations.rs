//! Delegations: a role lent to another account for a span of days, never lent on, ended by its day or by withdrawal.

use chrono::{DateTime, Utc};
use rules::facts::Day;
use uuid::Uuid;

use super::one;
use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::records::NewRoleGrant;
use crate::records::accounts::{NewDelegation, NewDelegationEnd};
use crate::sql::{Row, Sql};
use crate::words::Role;

/// A delegation as the pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    pub id: Uuid,
    pub lender: Uuid,
    pub lender_name: String,
    pub account: Uuid,
    pub account_name: String,
    pub role: Role,
    pub unit_name: Option<String>,
    pub document: String,
    pub from_day: Day,
    pub to_day: Day,
    pub withdrawn: bool,
}

/// What is lent to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lent {
    /// The grant of the role.
    pub role_grant: Uuid,
    pub account: Uuid,
    pub document: String,
    pub from_day: Day,
    pub to_day: Day,
}

/// Why a role cannot be lent so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// To oneself.
    Oneself,
    /// The account does not exist or may not sign in.
    Account,
    /// The days lie outside those of the role.
    Days,
}

/// The delegations that an account gave or received, the newest first, at most 100.
pub async fn list(store: &Store, viewer: &Viewer, account: Uuid, day: Day) -> Result<Vec<Delegation>, StoreError> {
    if !access::sees_account(viewer, account) {
        return Err(StoreError::Forbidden);
    }
    let sql = Sql::new(
        "SELECT d.id, g.account AS lender, l.display_name AS lender_name, d.account, a.display_name AS account_name, \
         g.role, d.document, d.from_day, d.to_day, e.id AS ended, (SELECT n.name FROM unit_name n \
         WHERE n.office = g.office AND n.unit = g.unit AND n.from_day <= ? ORDER BY n.from_day DESC LIMIT 1) AS unit_name \
         FROM delegation d JOIN role_grant g ON g.office = d.office AND g.id = d.role_grant \
         JOIN account l ON l.office = g.office AND l.id = g.account \
         JOIN account a ON a.office = d.office AND a.id = d.account \
         LEFT JOIN delegation_end e ON e.office = d.office AND e.delegation = d.id \
         WHERE d.office = ? AND (d.account = ? OR g.account = ?) ORDER BY d.id DESC LIMIT 100",
        [day.into(), viewer.office.into(), account.into(), account.into()],
    );
    sql.all(&store.connection).await?.iter().map(delegation).collect()
}

/// Lends a role of the viewer, or for somebody absent as the administrator; says why where it cannot be.
///
/// Only a role that was granted can be lent, so that one held by delegation never goes on.
pub async fn lend(
    store: &Store,
    viewer: &Viewer,
    at: DateTime<Utc>,
    why: &str,
    today: Day,
    lent: &Lent,
) -> Result<Result<Uuid, Unfit>, StoreError> {
    let office = viewer.office;
    let grant: NewRoleGrant = store.record(office, lent.role_grant).await?.ok_or(StoreError::NotFound)?;
    if !access::keeps_account(viewer, grant.account) {
        return Err(StoreError::Forbidden);
    }
    if grant.account == lent.account {
        return Ok(Err(Unfit::Oneself));
    }
    let receiver = one(store, office, lent.account, today).await?;
    if !receiver.is_some_and(|account| account.active) {
        return Ok(Err(Unfit::Account));
    }
    let held = lent.from_day >= grant.from_day && grant.to_day.is_none_or(|last| lent.to_day <= last);
    if lent.from_day < today || lent.to_day < lent.from_day || !held {
        return Ok(Err(Unfit::Days));
    }
    let lent = lent.clone();
    let entered = store.step(office, Some(viewer.account), at, why, async |step| {
        step.add(NewDelegation {
            id: step.id(),
            role_grant: lent.role_grant,
            account: lent.account,
            document: lent.document,
            from_day: lent.from_day,
            to_day: lent.to_day,
        })
    });
    entered.await.map(Ok)
}

/// Withdraws a delegation at once, by the lender or the administrator; [`StoreError::Changed`] where it is withdrawn.
pub async fn withdraw(
    store: &Store,
    viewer: &Viewer,
    at: DateTime<Utc>,
    why: &str,
    id: Uuid,
) -> Result<(), StoreError> {
    let found: NewDelegation = store.record(viewer.office, id).await?.ok_or(StoreError::NotFound)?;
    let grant: NewRoleGrant = store.record(viewer.office, found.role_grant).await?.ok_or(StoreError::NotFound)?;
    if !access::keeps_account(viewer, grant.account) {
        return Err(StoreError::Forbidden);
    }
    let ended = store.step(viewer.office, Some(viewer.account), at, why, async |step| {
        step.add(NewDelegationEnd { id: step.id(), delegation: id })
    });
    match ended.await {
        Err(StoreError::Duplicate(_)) => Err(StoreError::Changed),
        other => other.map(|_| ()),
    }
}

fn delegation(row: &Row) -> Result<Delegation, StoreError> {
    Ok(Delegation {
        id: row.get("id")?,
        lender: row.get("lender")?,
        lender_name: row.get("lender_name")?,
        account: row.get("account")?,
        account_name: row.get("account_name")?,
        role: row.word("role")?,
        unit_name: row.get("unit_name")?,
        document: row.get("document")?,
        from_day: row.get("from_day")?,
        to_day: row.get("to_day")?,
        withdrawn: row.get::<Option<Uuid>>("ended")?.is_some(),
    })
}
