//! The second factor: a sealed secret, codes that stand in for it once, and the roles that must have one.

use chrono::{DateTime, Utc};
use rules::facts::Day;
use uuid::Uuid;

use super::roles_on;
use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::records::accounts::{NewSecondFactor, NewSecondFactorRule};
use crate::sql::Sql;
use crate::words::Role;

/// The secret in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// Sealed with a key that the database does not hold.
    pub sealed: String,
    /// The last time slot whose code was used.
    pub last_slot: i64,
}

/// What an account takes as its second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub sealed: String,
    /// SHA-256 of the sealed secret, which is all that the journal learns.
    pub sealed_hash: String,
    /// The slot of the code that proved it.
    pub slot: i64,
    /// Keyed hashes of the recovery codes.
    pub recovery: Vec<String>,
}

/// The secret of an account; asked by the program itself at the door and by its owner.
pub async fn secret(store: &Store, office: i32, account: Uuid) -> Result<Option<Secret>, StoreError> {
    let sql = Sql::new(
        "SELECT sealed, last_slot FROM second_secret WHERE office = ? AND account = ?",
        [office.into(), account.into()],
    );
    let row = sql.one(&store.connection).await?;
    row.map(|row| Ok(Secret { sealed: row.get("sealed")?, last_slot: row.get("last_slot")? })).transpose()
}

/// How many recovery codes an account has left.
pub async fn codes_left(store: &Store, office: i32, account: Uuid) -> Result<u32, StoreError> {
    let sql = Sql::new(
        "SELECT count(*) AS codes FROM recovery_code WHERE office = ? AND account = ?",
        [office.into(), account.into()],
    );
    sql.one(&store.connection).await?.ok_or(StoreError::NotFound)?.count("codes")
}

/// Takes a second factor for the viewer's own account; one that has one keeps it and gets [`StoreError::Changed`].
pub async fn take(store: &Store, viewer: &Viewer, at: DateTime<Utc>, taken: &Taken) -> Result<(), StoreError> {
    let (office, account) = (viewer.office, viewer.account);
    let done = store.step(office, Some(account), at, "đăng ký xác thực hai lớp", async |step| {
        let sealed_hash = Some(taken.sealed_hash.clone());
        step.add(NewSecondFactor { id: step.id(), account, active: true, sealed_hash })?;
        step.flush().await?;
        let secret = Sql::new(
            "INSERT INTO second_secret (office, account, sealed, last_slot) VALUES (?, ?, ?, ?)",
            [office.into(), account.into(), taken.sealed.as_str().into(), taken.slot.into()],
        );
        secret.run(step.connection()).await?;
        for code in &taken.recovery {
            let code = Sql::new(
                "INSERT INTO recovery_code (office, account, code_hash) VALUES (?, ?, ?)",
                [office.into(), account.into(), code.as_str().into()],
            );
            code.run(step.connection()).await?;
        }
        let through = Sql::new(
            "UPDATE session SET stage = NULL WHERE office = ? AND account = ? AND stage = 'can-ma'",
            [office.into(), account.into()],
        );
        through.run(step.connection()).await
    });
    match done.await {
        Err(StoreError::Duplicate(_)) => Err(StoreError::Changed),
        other => other.map(|_| ()),
    }
}

/// Gives up the second factor of an account, by its owner or the administrator.
pub async fn give_up(
    store: &Store,
    viewer: &Viewer,
    at: DateTime<Utc>,
    why: &str,
    account: Uuid,
) -> Result<(), StoreError> {
    if !access::keeps_account(viewer, account) {
        return Err(StoreError::Forbidden);
    }
    let office = viewer.office;
    store
        .step(office, Some(viewer.account), at, why, async |step| {
            let gone =
                Sql::new("DELETE FROM second_secret WHERE office = ? AND account = ?", [office.into(), account.into()]);
            if gone.run(step.connection()).await? == 0 {
                return Err(StoreError::Changed);
            }
            let codes =
                Sql::new("DELETE FROM recovery_code WHERE office = ? AND account = ?", [office.into(), account.into()]);
            codes.run(step.connection()).await?;
            step.add(NewSecondFactor { id: step.id(), account, active: false, sealed_hash: None })?;
            Ok(())
        })
        .await
}

/// Uses the code of a time slot up; false where that or a later one was used before.
pub async fn use_slot(store: &Store, office: i32, account: Uuid, slot: i64) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "UPDATE second_secret SET last_slot = ? WHERE office = ? AND account = ? AND last_slot < ?",
        [slot.into(), office.into(), account.into(), slot.into()],
    );
    Ok(sql.run(&store.connection).await? == 1)
}

/// Uses a recovery code up; false where there is none of that hash.
pub async fn use_recovery(store: &Store, office: i32, account: Uuid, code_hash: &str) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "DELETE FROM recovery_code WHERE office = ? AND account = ? AND code_hash = ?",
        [office.into(), account.into(), code_hash.into()],
    );
    Ok(sql.run(&store.connection).await? == 1)
}

/// The roles that must have a second factor on a day.
pub async fn required_roles(store: &Store, office: i32, day: Day) -> Result<Vec<Role>, StoreError> {
    let sql = Sql::new(
        "SELECT role, required FROM second_factor_rule WHERE office = ? AND from_day <= ? ORDER BY from_day, id",
        [office.into(), day.into()],
    );
    let mut required: Vec<Role> = Vec::new();
    for row in sql.all(&store.connection).await? {
        let role = row.word("role")?;
        required.retain(|known| *known != role);
        if row.get("required")? {
            required.push(role);
        }
    }
    Ok(required)
}

/// Sets from a day on which roles must have a second factor; nothing is entered for a role that stays as it is.
pub async fn require(
    store: &Store,
    viewer: &Viewer,
    at: DateTime<Utc>,
    why: &str,
    rules: &[(Role, bool)],
    from_day: Day,
) -> Result<(), StoreError> {
    if !access::keeps_accounts(viewer) {
        return Err(StoreError::Forbidden);
    }
    let now = required_roles(store, viewer.office, from_day).await?;
    let changed: Vec<(Role, bool)> =
        rules.iter().copied().filter(|(role, required)| now.contains(role) != *required).collect();
    if changed.is_empty() {
        return Ok(());
    }
    store
        .step(viewer.office, Some(viewer.account), at, why, async |step| {
            for (role, required) in changed {
                step.add(NewSecondFactorRule { id: step.id(), role, required, from_day })?;
            }
            Ok(())
        })
        .await
}

/// Whether an account must have a second factor on a day, for one of its roles.
pub async fn must_have(store: &Store, office: i32, account: Uuid, day: Day) -> Result<bool, StoreError> {
    let required = required_roles(store, office, day).await?;
    if required.is_empty() {
        return Ok(false);
    }
    let roles = roles_on(store, office, account, day).await?;
    Ok(roles.iter().any(|held| required.contains(&held.role)))
}
