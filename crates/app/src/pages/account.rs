//! One account: its state, person, roles, links, sessions, second factor, delegations and history.

pub mod acts;

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use store::access;
use store::accounts::delegations;
use store::accounts::{self, Account, factor, links, lists, sessions};
use store::people;
use store::words::LinkKind;
use uuid::Uuid;

use crate::accounts::{Act, Choice, LentRow, SessionRow, choices, days, lent, role, sessions as session_rows};
use crate::error::Error;
use crate::frame::Frame;
use crate::offered::Offered;
use crate::session::OFFICE;
use crate::visit::{Answer, Visit};

/// People offered for the one behind the account.
const OFFERED: u32 = 10;

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    frame: Frame,
    account: Account,
    /// Where the forms go; empty for one who only reads.
    to: String,
    after: String,
    person: Option<String>,
    sought: String,
    offered: Vec<(Uuid, String)>,
    roles: Vec<GrantRow>,
    links: Vec<LinkRow>,
    sessions: Vec<SessionRow>,
    has_factor: bool,
    lent: Vec<LentRow>,
    history: Vec<ChangeRow>,
    role_choices: Vec<Choice>,
    unit_choices: Offered,
    grants: Vec<Choice>,
    names: Vec<Choice>,
    typed: Act,
    wrong: String,
}

struct GrantRow {
    id: Uuid,
    name: String,
    days: String,
    open: bool,
}

struct LinkRow {
    id: Uuid,
    kind_key: &'static str,
    until: String,
    state_key: &'static str,
    open: bool,
}

struct ChangeRow {
    at: String,
    who: String,
    what: String,
    why: String,
}

impl AccountPage {
    /// What is wrong with the form of an act, or an empty text.
    fn wrong(&self, act: &str) -> &str {
        if self.typed.viec == act { &self.wrong } else { "" }
    }
}

/// `GET /quan-tri/tai-khoan/{id}`.
pub async fn show(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    let page = page(&visit, id?.0, Act::default(), String::new()).await?;
    visit.page(&page)
}

async fn page(visit: &Visit, id: Uuid, typed: Act, wrong: String) -> Result<AccountPage, Error> {
    let viewer = &visit.signed_in()?.viewer;
    let (store, now, today) = (&visit.app.store, visit.app.settings.clock.now(), visit.today);
    let account = accounts::one(store, OFFICE, id, today).await?.ok_or(Error::NotFound)?;
    let keeps = access::keeps_accounts(viewer);
    let sought = visit.asked("tim").unwrap_or_default().to_owned();
    let offered = match sought.is_empty() || !keeps {
        true => Vec::new(),
        false => people::search(store, viewer, &sought, today, OFFERED).await?,
    };
    let person = match account.person {
        Some(person) => people::one(store, viewer, person, today).await?.map(|person| person.full_name),
        None => None,
    };
    let grants = lists::grants(store, viewer, id, today).await?;
    let current = grants.iter().filter(|grant| grant.to_day.is_none_or(|last| last >= today));
    let lendable = current.map(|grant| Choice {
        value: grant.id.to_string(),
        label: role(visit, grant.role, grant.unit_name.as_deref()),
        chosen: typed.role == grant.id.to_string(),
    });
    let given = links::list(store, viewer, id, today).await?;
    Ok(AccountPage {
        to: if keeps { format!("/quan-tri/tai-khoan/{id}/viec") } else { String::new() },
        after: store.last_step(OFFICE, "account", id).await?.to_string(),
        person,
        sought,
        offered: offered
            .into_iter()
            .map(|person| (person.id, format!("{} – {}", person.full_name, person.unit_name.unwrap_or_default())))
            .collect(),
        grants: lendable.collect(),
        roles: grants.iter().map(|grant| grant_row(visit, grant)).collect(),
        links: given.iter().map(|link| link_row(visit, link, now)).collect(),
        sessions: session_rows(visit, &sessions::list(store, viewer, id, now).await?),
        has_factor: factor::secret(store, OFFICE, id).await?.is_some(),
        lent: lent(visit, delegations::list(store, viewer, id, today).await?),
        history: lists::history(store, viewer, id).await?.into_iter().map(|change| change_row(visit, change)).collect(),
        role_choices: choices::roles(visit, &typed.role),
        unit_choices: choices::units(visit, &typed).await?,
        names: names(visit, id, &typed.account).await?,
        frame: visit.frame(account.display_name.clone()).crumb(visit.t("menu-accounts"), "/quan-tri/tai-khoan"),
        account,
        typed,
        wrong,
    })
}

/// The accounts to which this one's roles can be lent.
async fn names(visit: &Visit, id: Uuid, chosen: &str) -> Result<Vec<Choice>, Error> {
    let names = lists::names(&visit.app.store, OFFICE, visit.today).await?;
    let others = names.into_iter().filter(|(other, ..)| *other != id);
    let choice = others.map(|(other, name, login)| {
        let value = other.to_string();
        Choice { chosen: value == chosen, value, label: format!("{name} ({login})") }
    });
    Ok(choice.collect())
}

fn grant_row(visit: &Visit, grant: &lists::Grant) -> GrantRow {
    GrantRow {
        id: grant.id,
        name: role(visit, grant.role, grant.unit_name.as_deref()),
        days: days(visit, grant.from_day, grant.to_day),
        open: grant.to_day.is_none_or(|last| last >= visit.today),
    }
}

fn link_row(visit: &Visit, link: &links::Link, now: chrono::DateTime<chrono::Utc>) -> LinkRow {
    use store::words::LinkEnd;
    LinkRow {
        id: link.id,
        kind_key: match link.kind {
            LinkKind::Moi => "link-invitation",
            LinkKind::DatLai => "link-reset",
        },
        until: visit.language.instant(link.expires),
        state_key: match link.ended {
            Some(LinkEnd::DaDung) => "link-used",
            Some(LinkEnd::ThuHoi) => "link-revoked",
            None if now >= link.expires => "link-expired",
            None => "link-open",
        },
        open: link.ended.is_none() && now < link.expires,
    }
}

fn change_row(visit: &Visit, change: lists::Change) -> ChangeRow {
    ChangeRow {
        at: visit.language.instant(change.at),
        who: change.actor.unwrap_or_else(|| visit.t("account-program")),
        what: visit.t(&format!("change-{}", change.noun.replace('_', "-"))),
        why: change.why,
    }
}
