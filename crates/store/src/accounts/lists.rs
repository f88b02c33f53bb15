//! Accounts as the administrator's pages list them, with their roles through time and the history of their changes.

use chrono::{DateTime, Utc};
use rules::facts::Day;
use uuid::Uuid;

use super::{ACCOUNT, Account, account};
use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::page::{COUNTED_TO, Listed, Page, Total};
use crate::sql::Sql;
use crate::words::{self, Role};

/// Which accounts are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Part of the login or of the name.
    pub text: Option<String>,
    pub role: Option<Role>,
    pub unit: Option<Uuid>,
    /// Whether they may sign in.
    pub active: Option<bool>,
}

/// A role of an account through time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub id: Uuid,
    pub role: Role,
    pub unit: Option<Uuid>,
    pub unit_name: Option<String>,
    pub from_day: Day,
    pub to_day: Option<Day>,
}

/// One change of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub at: DateTime<Utc>,
    /// The name of the account that acted; absent where the program itself did.
    pub actor: Option<String>,
    pub why: String,
    /// The table of the record that was entered.
    pub noun: String,
}

const ACTIVE: &str = "coalesce((SELECT s.active FROM account_state s WHERE s.office = a.office AND s.account = a.id \
    AND s.from_day <= ? ORDER BY s.from_day DESC, s.id DESC LIMIT 1), FALSE)";

/// One page of accounts by login.
pub async fn list(
    store: &Store,
    viewer: &Viewer,
    filter: &Filter,
    day: Day,
    page: Page,
) -> Result<Listed<Account>, StoreError> {
    if !access::sees_accounts(viewer) {
        return Err(StoreError::Forbidden);
    }
    let narrowed = narrowed(filter, day);
    let mut rows = Sql::new(ACCOUNT, [day.into(), viewer.office.into()]);
    rows.join(narrowed.clone());
    if let Some(after) = page.after {
        rows.add(
            " AND a.login > (SELECT x.login FROM account x WHERE x.office = ? AND x.id = ?)",
            [viewer.office.into(), after.into()],
        );
    }
    rows.add(" ORDER BY a.login LIMIT ?", [page.limit().into()]);
    let rows = rows.all(&store.connection).await?.iter().map(account).collect::<Result<Vec<_>, _>>()?;
    let mut count = Sql::new(
        "SELECT count(*) AS total FROM (SELECT 1 AS one FROM account a WHERE a.office = ?",
        [viewer.office.into()],
    );
    count.join(narrowed).add(" LIMIT ?) x", [i64::from(COUNTED_TO + 1).into()]);
    let total = Total::read(count.one(&store.connection).await?)?;
    Ok(Listed::cut(rows, page, total, |account| account.id))
}

/// Names of those who may sign in, to be chosen from by one who lends a role: by name, at most 1,000.
pub async fn names(store: &Store, office: i32, day: Day) -> Result<Vec<(Uuid, String, String)>, StoreError> {
    let mut sql =
        Sql::new(&format!("SELECT a.id, a.display_name, a.login FROM account a WHERE {ACTIVE}"), [day.into()]);
    sql.add(" AND a.office = ? ORDER BY a.display_name, a.login LIMIT 1000", [office.into()]);
    let rows = sql.all(&store.connection).await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("display_name")?, row.get("login")?))).collect()
}

/// The roles of an account through time, the newest first, at most 100.
pub async fn grants(store: &Store, viewer: &Viewer, account: Uuid, day: Day) -> Result<Vec<Grant>, StoreError> {
    if !access::sees_account(viewer, account) {
        return Err(StoreError::Forbidden);
    }
    let sql = Sql::new(
        "SELECT g.id, g.role, g.unit, g.from_day, g.to_day, (SELECT n.name FROM unit_name n WHERE n.office = g.office \
         AND n.unit = g.unit AND n.from_day <= ? ORDER BY n.from_day DESC LIMIT 1) AS unit_name FROM role_grant g \
         WHERE g.office = ? AND g.account = ? ORDER BY g.from_day DESC, g.id DESC LIMIT 100",
        [day.into(), viewer.office.into(), account.into()],
    );
    let rows = sql.all(&store.connection).await?;
    let grant = rows.iter().map(|row| {
        Ok(Grant {
            id: row.get("id")?,
            role: row.word("role")?,
            unit: row.get("unit")?,
            unit_name: row.get("unit_name")?,
            from_day: row.get("from_day")?,
            to_day: row.get("to_day")?,
        })
    });
    grant.collect()
}

/// The last 50 changes of an account: who, when and why.
pub async fn history(store: &Store, viewer: &Viewer, account: Uuid) -> Result<Vec<Change>, StoreError> {
    if !access::sees_account(viewer, account) {
        return Err(StoreError::Forbidden);
    }
    let office = viewer.office;
    let mut sql = Sql::new("SELECT x.noun, s.at, s.why, w.display_name AS actor FROM (", []);
    sql.add(
        "SELECT 'account' AS noun, step, id FROM account WHERE office = ? AND id = ?",
        [office.into(), account.into()],
    );
    for noun in ["account_state", "password", "role_grant", "account_link", "second_factor", "delegation"] {
        let part = format!(" UNION ALL SELECT '{noun}', step, id FROM {noun} WHERE office = ? AND account = ?");
        sql.add(&part, [office.into(), account.into()]);
    }
    let later = " UNION ALL SELECT 'account_link_end', e.step, e.id FROM account_link_end e \
        JOIN account_link k ON k.office = e.office AND k.id = e.link WHERE e.office = ? AND k.account = ? \
        UNION ALL SELECT 'role_grant_end', e.step, e.id FROM ending e JOIN role_grant g ON g.office = e.office \
        AND g.id = e.record WHERE e.office = ? AND e.noun = 'role_grant' AND g.account = ? \
        UNION ALL SELECT 'delegation', d.step, d.id FROM delegation d JOIN role_grant g ON g.office = d.office \
        AND g.id = d.role_grant WHERE d.office = ? AND g.account = ? \
        UNION ALL SELECT 'delegation_end', e.step, e.id FROM delegation_end e JOIN delegation d ON d.office = e.office \
        AND d.id = e.delegation JOIN role_grant g ON g.office = d.office AND g.id = d.role_grant \
        WHERE e.office = ? AND (d.account = ? OR g.account = ?) \
        UNION ALL SELECT 'correction', c.step, c.id FROM correction c WHERE c.office = ? AND c.record = ?";
    let keys: [sea_orm::Value; 11] = [
        office.into(),
        account.into(),
        office.into(),
        account.into(),
        office.into(),
        account.into(),
        office.into(),
        account.into(),
        account.into(),
        office.into(),
        account.into(),
    ];
    sql.add(later, keys);
    sql.add(
        ") x JOIN step s ON s.office = ? AND s.id = x.step LEFT JOIN account w ON w.office = s.office AND w.id = s.actor \
         ORDER BY s.at DESC, x.id DESC LIMIT 50",
        [office.into()],
    );
    let rows = sql.all(&store.connection).await?;
    let change = rows.iter().map(|row| {
        Ok(Change { at: row.instant("at")?, actor: row.get("actor")?, why: row.get("why")?, noun: row.get("noun")? })
    });
    change.collect()
}

fn narrowed(filter: &Filter, day: Day) -> Sql {
    let mut sql = Sql::default();
    if let Some(text) = &filter.text {
        let like = format!("%{}%", text.to_lowercase().replace(['%', '_'], " "));
        sql.add(" AND (a.login LIKE ? OR lower(a.display_name) LIKE ?)", [like.as_str().into(), like.as_str().into()]);
    }
    if filter.role.is_some() || filter.unit.is_some() {
        sql.add(
            " AND EXISTS (SELECT 1 FROM role_grant g WHERE g.office = a.office AND g.account = a.id AND g.from_day <= ? \
             AND (g.to_day IS NULL OR g.to_day >= ?)",
            [day.into(), day.into()],
        );
        if let Some(role) = filter.role {
            sql.add(" AND g.role = ?", [words::text(role).into()]);
        }
        if let Some(unit) = filter.unit {
            sql.add(" AND g.unit = ?", [unit.into()]);
        }
        sql.add(")", []);
    }
    if let Some(active) = filter.active {
        sql.add(&format!(" AND {ACTIVE} = ?"), [day.into(), active.into()]);
    }
    sql
}
