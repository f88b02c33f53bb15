//! What the administrator does with accounts: opens them, grants and ends roles, closes them; one administrator always stays.

use chrono::{DateTime, Days, Utc};
use rules::facts::Day;
use uuid::Uuid;

use super::links::{self, Given};
use super::sessions;
use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::records::{NewAccount, NewAccountState, NewPassword, NewRoleGrant};
use crate::sql::Sql;
use crate::step::Step;
use crate::words::{self, Role};

/// The sentence of a refusal that would leave the office without an administrator.
pub const LAST_ADMINISTRATOR: &str = "last administrator";

/// A role for an account during a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Granted {
    pub role: Role,
    /// Absent for the whole office.
    pub unit: Option<Uuid>,
    pub from_day: Day,
    pub to_day: Option<Day>,
}

/// An account to be opened; its owner sets the password by the link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    pub login: String,
    pub display_name: String,
    pub person: Option<Uuid>,
    pub role: Granted,
    pub link: Given,
}

/// Who acts, when and why.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    pub viewer: &'a Viewer,
    pub at: DateTime<Utc>,
    pub why: &'a str,
}

impl Act<'_> {
    async fn step<T>(
        &self,
        store: &Store,
        write: impl AsyncFnOnce(&mut Step) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if !access::keeps_accounts(self.viewer) {
            return Err(StoreError::Forbidden);
        }
        store.step(self.viewer.office, Some(self.viewer.account), self.at, self.why, write).await
    }
}

/// Opens an account with one role and a link for its first password; [`StoreError::Duplicate`] where the login is taken.
pub async fn open(store: &Store, act: Act<'_>, day: Day, opening: Opening) -> Result<Uuid, StoreError> {
    act.step(store, async |step| {
        let account = step.id();
        let login = opening.login.to_lowercase();
        step.add(NewAccount { id: account, login, display_name: opening.display_name, person: opening.person })?;
        step.add(NewAccountState { id: step.id(), account, active: true, from_day: day })?;
        add_grant(step, account, opening.role)?;
        links::add(step, account, &opening.link).await?;
        Ok(account)
    })
    .await
}

/// Opens or closes an account from a day on; closing ends its sessions.
pub async fn set_state(store: &Store, act: Act<'_>, account: Uuid, active: bool, day: Day) -> Result<(), StoreError> {
    act.step(store, async |step| {
        step.lock_record("account", account).await?;
        step.add(NewAccountState { id: step.id(), account, active, from_day: day })?;
        if !active {
            keep_an_administrator(step, day).await?;
            sessions::ending_all(step.office, account, None).run(step.connection()).await?;
        }
        Ok(())
    })
    .await
}

/// Corrects the greeting name of an account and the person behind it.
pub async fn correct(
    store: &Store,
    act: Act<'_>,
    account: Uuid,
    after: Uuid,
    display_name: &str,
    person: Option<Uuid>,
) -> Result<(), StoreError> {
    act.step(store, async |step| {
        step.unchanged_since("account", account, after).await?;
        let found: NewAccount = step.entered(account).await?.ok_or(StoreError::NotFound)?;
        step.correct(NewAccount { display_name: display_name.to_owned(), person, ..found }).await?;
        Ok(())
    })
    .await
}

/// Grants a role; the same role in the same unit for days that overlap is [`StoreError::Duplicate`].
pub async fn grant(store: &Store, act: Act<'_>, account: Uuid, granted: Granted) -> Result<Uuid, StoreError> {
    act.step(store, async |step| {
        step.lock_record("account", account).await?;
        let mut same = Sql::new(
            "SELECT id FROM role_grant WHERE office = ? AND account = ? AND role = ? AND (to_day IS NULL OR to_day >= ?)",
            [step.office.into(), account.into(), words::text(granted.role).into(), granted.from_day.into()],
        );
        match granted.unit {
            Some(unit) => same.add(" AND unit = ?", [unit.into()]),
            None => same.add(" AND unit IS NULL", []),
        };
        if let Some(last) = granted.to_day {
            same.add(" AND from_day <= ?", [last.into()]);
        }
        if same.one(step.connection()).await?.is_some() {
            return Err(StoreError::Duplicate("role_grant".to_owned()));
        }
        add_grant(step, account, granted)
    })
    .await
}

/// Ends a role on its last day and the sessions of its holder; a role that has not begun by then is taken out.
pub async fn end_grant(store: &Store, act: Act<'_>, grant: Uuid, last: Day) -> Result<(), StoreError> {
    act.step(store, async |step| {
        lock_administrators(step).await?;
        let found: NewRoleGrant = step.entered(grant).await?.ok_or(StoreError::NotFound)?;
        let account = found.account;
        match found.to_day {
            _ if last < found.from_day => step.remove("role_grant", &[grant]).await?,
            None => {
                step.end::<NewRoleGrant>(grant, last)?;
            }
            Some(_) => {
                step.correct(NewRoleGrant { to_day: Some(last), ..found.clone() }).await?;
            }
        }
        if found.role == Role::Administrator {
            keep_an_administrator(step, last + Days::new(1)).await?;
        }
        sessions::ending_all(step.office, account, None).run(step.connection()).await?;
        Ok(())
    })
    .await
}

/// Sets another password for the viewer's own account and ends its sessions but one.
pub async fn change_password(
    store: &Store,
    viewer: &Viewer,
    at: DateTime<Utc>,
    argon2: &str,
    but: Option<&crate::merkle::Hash>,
) -> Result<(), StoreError> {
    let account = viewer.account;
    store
        .step(viewer.office, Some(account), at, "đổi mật khẩu", async |step| {
            step.add(NewPassword { id: step.id(), account, argon2: argon2.to_owned() })?;
            sessions::ending_all(step.office, account, but).run(step.connection()).await?;
            Ok(())
        })
        .await
}

fn add_grant(step: &mut Step, account: Uuid, granted: Granted) -> Result<Uuid, StoreError> {
    let Granted { role, unit, from_day, to_day } = granted;
    step.add(NewRoleGrant { id: step.id(), account, role, unit, from_day, to_day })
}

/// Refuses where nobody who may sign in would be administrator on a day.
async fn keep_an_administrator(step: &mut Step, day: Day) -> Result<(), StoreError> {
    step.flush().await?;
    lock_administrators(step).await?;
    let left = Sql::new(
        "SELECT count(*) AS administrators FROM role_grant g WHERE g.office = ? AND g.role = ? AND g.from_day <= ? \
         AND (g.to_day IS NULL OR g.to_day >= ?) AND (SELECT s.active FROM account_state s WHERE s.office = g.office \
         AND s.account = g.account AND s.from_day <= ? ORDER BY s.from_day DESC, s.id DESC LIMIT 1)",
        [step.office.into(), words::text(Role::Administrator).into(), day.into(), day.into(), day.into()],
    );
    let left = left.one(step.connection()).await?.ok_or(StoreError::NotFound)?.count("administrators")?;
    if left == 0 { Err(StoreError::Refused(LAST_ADMINISTRATOR.to_owned())) } else { Ok(()) }
}

/// Two who end each other's role wait here for one another.
async fn lock_administrators(step: &mut Step) -> Result<(), StoreError> {
    let grants = Sql::new(
        "SELECT id FROM role_grant WHERE office = ? AND role = ? ORDER BY id",
        [step.office.into(), words::text(Role::Administrator).into()],
    );
    for row in grants.all(step.connection()).await? {
        step.lock_record("role_grant", row.get("id")?).await?;
    }
    Ok(())
}
