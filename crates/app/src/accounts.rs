//! What the pages of accounts share: roles, sessions, delegations and links in words, and the form that acts on them.

pub mod choices;

use chrono::{NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::Deserialize;
use store::accounts::Session;
use store::accounts::delegations::{self, Delegation, Lent, Unfit};
use store::error::StoreError;
use store::journal::hex;
use uuid::Uuid;

use crate::clock;
use crate::error::Error;
use crate::field;
use crate::session;
use crate::visit::Visit;

/// What a form of these pages sends; each uses some of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Act {
    /// Which act it is.
    pub viec: String,
    pub ly_do: String,
    pub id: String,
    pub after: String,
    pub login: String,
    pub name: String,
    pub person: String,
    pub role: String,
    pub unit: String,
    /// Words by which a unit is sought before anything is done.
    #[serde(rename = "unit-tim")]
    pub unit_words: String,
    pub from: String,
    pub to: String,
    pub account: String,
    pub active: String,
    pub old: String,
    pub password: String,
    pub again: String,
    pub code: String,
    pub sealed: String,
    pub ve: String,
}

/// A hash in hexadecimal digits.
pub fn hash(text: &str) -> Result<[u8; 32], Error> {
    let bytes: Option<Vec<u8>> =
        (0..text.len()).step_by(2).map(|n| u8::from_str_radix(text.get(n..n + 2)?, 16).ok()).collect();
    bytes.and_then(|bytes| bytes.try_into().ok()).ok_or(Error::NotFound)
}

/// A session as a row.
pub struct SessionRow {
    pub key: String,
    pub begun: String,
    pub seen: String,
    pub address: String,
    pub agent: String,
    /// Whether the page itself was asked for in it.
    pub here: bool,
}

/// A delegation as a row.
pub struct LentRow {
    pub id: Uuid,
    pub role: String,
    pub lender: String,
    pub receiver: String,
    pub days: String,
    pub document: String,
    pub state_key: &'static str,
    /// Whether it can still be withdrawn by its lender.
    pub open: bool,
}

/// A choice of a list.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

impl Act {
    /// Whether a unit is only sought: what was typed comes back with what was found.
    pub fn seeks_unit(&self) -> bool {
        !self.unit_words.trim().is_empty()
    }

    /// The id of what is acted on; a form without one is no form of ours.
    pub fn target(&self) -> Result<Uuid, Error> {
        self.id.parse().map_err(|_| Error::NotFound)
    }

    /// The first day, which is `today` where it is left blank; nothing where it is no day.
    pub fn first(&self, today: NaiveDate) -> Option<NaiveDate> {
        if self.from.trim().is_empty() { Some(today) } else { field::day(self.from.trim()) }
    }

    /// The last day; `Some(None)` where it is left blank.
    pub fn last(&self) -> Option<Option<NaiveDate>> {
        if self.to.trim().is_empty() { Some(None) } else { field::day(self.to.trim()).map(Some) }
    }
}

/// The sessions of an account as rows.
pub fn sessions(visit: &Visit, found: &[Session]) -> Vec<SessionRow> {
    let here = visit.signed_in.as_ref().map(|signed_in| signed_in.session);
    let row = |session: &Session| SessionRow {
        key: hex(&session.token_hash),
        begun: visit.language.instant(session.begun),
        seen: visit.language.instant(session.last_seen),
        address: session.address.clone().unwrap_or_default(),
        agent: browser(session.agent.as_deref().unwrap_or_default()),
        here: here == Some(session.token_hash),
    };
    found.iter().map(row).collect()
}

/// The delegations of an account as rows.
pub fn lent(visit: &Visit, found: Vec<Delegation>) -> Vec<LentRow> {
    let today = visit.today;
    let row = |lent: Delegation| LentRow {
        id: lent.id,
        role: role(visit, lent.role, lent.unit_name.as_deref()),
        lender: lent.lender_name,
        receiver: lent.account_name,
        days: days(visit, lent.from_day, Some(lent.to_day)),
        document: lent.document,
        state_key: match lent.withdrawn {
            true => "lent-withdrawn",
            false if lent.from_day > today => "lent-coming",
            false if lent.to_day < today => "lent-over",
            false => "lent-now",
        },
        open: !lent.withdrawn && lent.to_day >= today,
    };
    found.into_iter().map(row).collect()
}

/// A role with its unit, in words.
pub fn role(visit: &Visit, role: store::words::Role, unit: Option<&str>) -> String {
    let unit = unit.map_or_else(|| visit.t("sign-in-role-whole-office"), str::to_owned);
    format!("{} – {unit}", visit.t(session::role_key(role)))
}

/// A span of days, in words.
pub fn days(visit: &Visit, from: NaiveDate, to: Option<NaiveDate>) -> String {
    let from = visit.language.day(from);
    match to {
        Some(to) => visit.language.text_with("days-from-to", &[("from", &from), ("to", &visit.language.day(to))]),
        None => visit.language.text_with("days-from", &[("from", &from)]),
    }
}

/// Lends a role as a form says; the inner error is the sentence that stands beside the form.
pub async fn lend(visit: &Visit, act: &Act) -> Result<Result<(), String>, Error> {
    let viewer = &visit.signed_in()?.viewer;
    let document = act.ly_do.trim();
    let (Some(from_day), Some(Some(to_day))) = (act.first(visit.today), act.last()) else {
        return Ok(Err(visit.t("account-wrong-days")));
    };
    let (Ok(role_grant), Ok(account)) = (act.role.parse(), act.account.parse()) else {
        return Ok(Err(visit.t("account-wrong-choice")));
    };
    if document.is_empty() {
        return Ok(Err(visit.t("account-wrong-why")));
    }
    let lent = Lent { role_grant, account, document: document.to_owned(), from_day, to_day };
    let at = visit.app.settings.clock.now();
    let done = delegations::lend(&visit.app.store, viewer, at, document, visit.today, &lent).await?;
    Ok(done.map(|_| ()).map_err(|unfit| {
        visit.t(match unfit {
            Unfit::Oneself => "lent-oneself",
            Unfit::Account => "account-wrong-choice",
            Unfit::Days => "lent-days",
        })
    }))
}

/// The hash of a password, made off the thread that serves.
pub async fn hashed(password: String) -> Result<String, Error> {
    let hashed = tokio::task::spawn_blocking(move || crate::secret::hash_password(&password));
    hashed.await.map_err(|error| Error::Internal(error.to_string()))
}

/// What is wrong with a new password typed twice, in words.
pub fn wrong_password(visit: &Visit, login: &str, password: &str, again: &str) -> Option<String> {
    if let Some(key) = crate::secret::weakness(password, login) {
        return Some(visit.language.text_with(key, &[("letters", &crate::secret::SHORTEST_PASSWORD)]));
    }
    (password != again).then(|| visit.t("first-differs"))
}

/// The instant at which a day begins in Hanoi.
pub fn begins(day: NaiveDate) -> chrono::DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc() - TimeDelta::hours(7)
}

/// An error of the store that a page shows beside its form, as the key of its text; any other goes on.
pub fn told(error: StoreError) -> Result<&'static str, Error> {
    match error {
        StoreError::Refused(why) if why == store::accounts::keeping::LAST_ADMINISTRATOR => {
            Ok("account-last-administrator")
        }
        StoreError::Duplicate(what) if what == "role_grant" => Ok("account-role-overlaps"),
        StoreError::Duplicate(_) => Ok("account-login-taken"),
        StoreError::DanglingReference(_) => Ok("account-role-lent"),
        other => Err(other.into()),
    }
}

impl crate::language::Language {
    /// An instant as its day and minute in Hanoi.
    pub fn instant(self, at: chrono::DateTime<Utc>) -> String {
        let local = at + TimeDelta::hours(7);
        format!("{} {}", local.format("%H:%M"), self.day(clock::day_of(at)))
    }
}

/// The part of what a browser calls itself that people know.
fn browser(agent: &str) -> String {
    let names = [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    let systems =
        [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("Mac OS", "macOS"), ("Linux", "Linux")];
    let found =
        |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    match (found(&names), found(&systems)) {
        (Some(name), Some(system)) => format!("{name}, {system}"),
        (Some(name), None) => name.to_owned(),
        _ => agent.chars().take(40).collect(),
    }
}
