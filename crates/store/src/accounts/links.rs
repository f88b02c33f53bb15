//! One-time links for invitations and resets: only a hash is kept, and of two who use one at the same time one succeeds.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::sessions;
use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::records::NewPassword;
use crate::records::accounts::{NewAccountLink, NewAccountLinkEnd};
use crate::sql::{Row, Sql};
use crate::step::Step;
use crate::words::{LinkEnd, LinkKind};

/// A link as the pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub id: Uuid,
    pub account: Uuid,
    pub login: String,
    pub kind: LinkKind,
    pub expires: DateTime<Utc>,
    pub ended: Option<LinkEnd>,
    /// Whether the account may sign in.
    pub active: bool,
}

/// What a link is for and until when it opens the page; only the hash of its token is known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub kind: LinkKind,
    pub token_hash: String,
    pub expires: DateTime<Utc>,
}

impl Link {
    /// Whether it opens the page at an instant.
    pub fn opens(&self, now: DateTime<Utc>) -> bool {
        self.active && self.ended.is_none() && now < self.expires
    }
}

const LINK: &str = "SELECT k.id, k.account, a.login, k.kind, k.expires, e.kind AS ended, coalesce((SELECT s.active \
    FROM account_state s WHERE s.office = a.office AND s.account = a.id AND s.from_day <= ? \
    ORDER BY s.from_day DESC, s.id DESC LIMIT 1), FALSE) AS active FROM account_link k \
    JOIN account a ON a.office = k.office AND a.id = k.account \
    LEFT JOIN account_link_end e ON e.office = k.office AND e.link = k.id WHERE k.office = ?";

/// The link of a token, used or not; asked by the program itself for whoever holds it.
pub async fn find(
    store: &Store,
    office: i32,
    token_hash: &str,
    day: chrono::NaiveDate,
) -> Result<Option<Link>, StoreError> {
    let mut sql = Sql::new(LINK, [day.into(), office.into()]);
    sql.add(" AND k.token_hash = ?", [token_hash.into()]);
    sql.one(&store.connection).await?.map(|row| link(&row)).transpose()
}

/// The links of an account, the newest first, at most 20.
pub async fn list(
    store: &Store,
    viewer: &Viewer,
    account: Uuid,
    day: chrono::NaiveDate,
) -> Result<Vec<Link>, StoreError> {
    if !access::sees_accounts(viewer) {
        return Err(StoreError::Forbidden);
    }
    let mut sql = Sql::new(LINK, [day.into(), viewer.office.into()]);
    sql.add(" AND k.account = ? ORDER BY k.id DESC LIMIT 20", [account.into()]);
    sql.all(&store.connection).await?.iter().map(link).collect()
}

/// Gives out a link for an account; one that is still open is revoked.
pub async fn give(
    store: &Store,
    viewer: &Viewer,
    at: DateTime<Utc>,
    why: &str,
    account: Uuid,
    given: &Given,
) -> Result<Uuid, StoreError> {
    if !access::keeps_accounts(viewer) {
        return Err(StoreError::Forbidden);
    }
    store.step(viewer.office, Some(viewer.account), at, why, async |step| add(step, account, given).await).await
}

/// Revokes a link that is open.
pub async fn revoke(
    store: &Store,
    viewer: &Viewer,
    at: DateTime<Utc>,
    why: &str,
    link: Uuid,
) -> Result<(), StoreError> {
    if !access::keeps_accounts(viewer) {
        return Err(StoreError::Forbidden);
    }
    let ended = store.step(viewer.office, Some(viewer.account), at, why, async |step| {
        step.add(NewAccountLinkEnd { id: step.id(), link, kind: LinkEnd::ThuHoi })
    });
    match ended.await {
        Err(StoreError::Duplicate(_)) => Err(StoreError::Changed),
        other => other.map(|_| ()),
    }
}

/// Sets the password of a link's account and ends the link and every session of the account, all or nothing.
///
/// [`StoreError::Changed`] where the link was used or revoked in the meantime, or opens nothing any more.
pub async fn redeem(
    store: &Store,
    office: i32,
    token_hash: &str,
    argon2: &str,
    at: DateTime<Utc>,
    day: chrono::NaiveDate,
) -> Result<Uuid, StoreError> {
    let found = find(store, office, token_hash, day).await?.ok_or(StoreError::NotFound)?;
    if !found.opens(at) {
        return Err(StoreError::Changed);
    }
    let account = found.account;
    let why = match found.kind {
        LinkKind::Moi => "đặt mật khẩu lần đầu bằng đường dẫn mời",
        LinkKind::DatLai => "đặt lại mật khẩu bằng đường dẫn",
    };
    let redeemed = store.step(office, Some(account), at, why, async |step| {
        step.add(NewAccountLinkEnd { id: step.id(), link: found.id, kind: LinkEnd::DaDung })?;
        step.flush().await?;
        step.add(NewPassword { id: step.id(), account, argon2: argon2.to_owned() })?;
        sessions::ending_all(office, account, None).run(step.connection()).await
    });
    match redeemed.await {
        Ok(_) => Ok(account),
        Err(StoreError::Duplicate(_)) => Err(StoreError::Changed),
        Err(other) => Err(other),
    }
}

/// Adds a link to a step after revoking those of the account that are open.
pub(crate) async fn add(step: &mut Step, account: Uuid, given: &Given) -> Result<Uuid, StoreError> {
    step.lock_record("account", account).await?;
    let open = Sql::new(
        "SELECT k.id FROM account_link k LEFT JOIN account_link_end e ON e.office = k.office AND e.link = k.id \
         WHERE k.office = ? AND k.account = ? AND e.id IS NULL",
        [step.office.into(), account.into()],
    );
    for row in open.all(step.connection()).await? {
        step.add(NewAccountLinkEnd { id: step.id(), link: row.get("id")?, kind: LinkEnd::ThuHoi })?;
    }
    let (kind, token_hash) = (given.kind, given.token_hash.clone());
    step.add(NewAccountLink { id: step.id(), account, kind, token_hash, expires: given.expires.timestamp_millis() })
}

fn link(row: &Row) -> Result<Link, StoreError> {
    Ok(Link {
        id: row.get("id")?,
        account: row.get("account")?,
        login: row.get("login")?,
        kind: row.word("kind")?,
        expires: row.instant("expires")?,
        ended: row.word_or_none("ended")?,
        active: row.get("active")?,
    })
}
