//! What forms of accounts offer to choose from, the role they grant, and the page that shows a link once.

use askama::Template;
use store::accounts::keeping::Granted;
use store::words::{self, ROLES, Role};

use super::{Act, Choice};
use crate::error::Error;
use crate::frame::Frame;
use crate::offered::{By, Offered};
use crate::session;
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "account_link_given.html")]
struct GivenPage {
    frame: Frame,
    login: String,
    link: String,
    until: String,
    back: String,
}

/// The page that shows a link once.
pub fn given(visit: &Visit, login: &str, token: &str, until: String, back: String) -> Answer {
    let link = format!("{}/duong-dan/{token}", visit.app.settings.public_url.trim_end_matches('/'));
    let frame = visit.frame(visit.t("link-given-title")).crumb(visit.t("menu-accounts"), "/quan-tri/tai-khoan");
    visit.page(&GivenPage { frame, login: login.to_owned(), link, until, back })
}

/// The role that a form grants, or what is wrong with it.
pub fn granted(visit: &Visit, typed: &Act) -> Result<Granted, String> {
    let role: Role = words::parse(&typed.role).map_err(|_| visit.t("account-wrong-choice"))?;
    let unit = match typed.unit.as_str() {
        "" => None,
        unit => Some(unit.parse().map_err(|_| visit.t("account-wrong-choice"))?),
    };
    if unit.is_none() && matches!(role, Role::Clerk | Role::Head) {
        return Err(visit.t("account-role-needs-unit"));
    }
    let (Some(from_day), Some(to_day)) = (typed.first(visit.today), typed.last()) else {
        return Err(visit.t("account-wrong-days"));
    };
    if to_day.is_some_and(|last| last < from_day) {
        return Err(visit.t("account-wrong-days"));
    }
    Ok(Granted { role, unit, from_day, to_day })
}

/// The roles to choose from.
pub fn roles(visit: &Visit, chosen: &str) -> Vec<Choice> {
    let choice = |role| {
        let value = words::text(role);
        Choice { chosen: value == chosen, label: visit.t(session::role_key(role)), value }
    };
    ROLES.map(choice).into()
}

/// The units to choose from: the one chosen, or those found by the words typed beside the list.
pub async fn units(visit: &Visit, typed: &Act) -> Result<Offered, Error> {
    Offered::of(visit, visit.today, By::Id, &typed.unit, &typed.unit_words).await
}
