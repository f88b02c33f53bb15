//! The list of accounts, for the administrator and the auditor.

pub mod fresh;

use askama::Template;
use store::access;
use store::accounts;
use store::accounts::lists::{self, Filter};
use store::page::{Listed, Page, Total};
use store::words;

use crate::accounts::{Choice, choices, role};
use crate::frame::Frame;
use crate::offered::{By, Offered};
use crate::query;
use crate::session::OFFICE;
use crate::visit::{Answer, Visit};

/// Rows of a page.
const ROWS: u32 = 50;

#[derive(Template)]
#[template(path = "accounts.html")]
struct AccountsPage {
    frame: Frame,
    text: String,
    roles: Vec<Choice>,
    units: Offered,
    states: Vec<Choice>,
    rows: Vec<Row>,
    shown: String,
    first: String,
    after: String,
    keeps: bool,
}

struct Row {
    href: String,
    login: String,
    name: String,
    roles: Vec<String>,
    active: bool,
}

/// `GET /quan-tri/tai-khoan`.
pub async fn show(visit: Visit) -> Answer {
    let viewer = &visit.signed_in()?.viewer;
    let asked = |name: &str| visit.asked(name).unwrap_or_default().to_owned();
    let words = asked("don-vi-tim");
    let units = Offered::of(&visit, visit.today, By::Id, &asked("don-vi"), &words).await?;
    // Words that mean several units choose none of them.
    let unsure = !words.is_empty() && units.meant.is_none();
    let filter = Filter {
        text: visit.asked("q").map(str::to_owned),
        role: visit.asked("vai").and_then(|role| words::parse(role).ok()),
        unit: units.meant.as_ref().map(|unit| unit.id).or_else(|| asked("don-vi").parse().ok()).filter(|_| !unsure),
        active: visit.asked("trang-thai").map(|state| state == "mo"),
    };
    let store = &visit.app.store;
    let page = Page { after: visit.asked("sau").and_then(|id| id.parse().ok()), size: ROWS };
    let listed = lists::list(store, viewer, &filter, visit.today, page).await?;
    let ids: Vec<_> = listed.rows.iter().map(|account| account.id).collect();
    let held = accounts::roles_of(store, OFFICE, &ids, visit.today).await?;
    let rows = listed.rows.iter().map(|account| Row {
        href: format!("/quan-tri/tai-khoan/{}", account.id),
        login: account.login.clone(),
        name: account.display_name.clone(),
        roles: held
            .iter()
            .filter(|held| held.account == account.id)
            .map(|held| role(&visit, held.role, held.unit_name.as_deref()))
            .collect(),
        active: account.active,
    });
    let states = [("mo", "account-open"), ("dong", "account-closed")];
    let page = AccountsPage {
        text: asked("q"),
        roles: choices::roles(&visit, &asked("vai")),
        units,
        states: states
            .map(|(value, key)| Choice {
                value: value.to_owned(),
                label: visit.t(key),
                chosen: value == asked("trang-thai"),
            })
            .into(),
        rows: rows.collect(),
        shown: shown(&visit, &listed),
        first: visit.asked("sau").map_or_else(String::new, |_| here(&visit, None)),
        after: listed.next.map_or_else(String::new, |id| here(&visit, Some(&id.to_string()))),
        keeps: access::keeps_accounts(viewer),
        frame: visit.frame(visit.t("menu-accounts")),
    };
    visit.page(&page)
}

fn here(visit: &Visit, after: Option<&str>) -> String {
    let kept = visit.query.iter().filter(|(name, value)| name != "sau" && !value.is_empty());
    let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
    query::address(&visit.path, &kept.chain(after.map(|after| ("sau", after))).collect::<Vec<_>>())
}

fn shown<T>(visit: &Visit, listed: &Listed<T>) -> String {
    let rows = listed.rows.len();
    match listed.total {
        Total::Exactly(total) => visit.language.text_with("accounts-shown", &[("rows", &rows), ("total", &total)]),
        Total::MoreThan(least) => {
            visit.language.text_with("accounts-shown-more", &[("rows", &rows), ("total", &least)])
        }
    }
}
