//! The security log, for the administrator and the auditor: who was refused at which door, and when.

use askama::Template;
use store::accounts::lists;
use store::accounts::log::{self, Filter, Line};
use store::page::{Page, Total};

use crate::accounts::{Choice, begins};
use crate::field::{self, Field};
use crate::frame::Frame;
use crate::query;
use crate::session::OFFICE;
use crate::sweep::KEPT_DAYS;
use crate::visit::{Answer, Visit};

/// Rows of a page.
const ROWS: u32 = 50;
/// What the log holds, by id and by the key of its words.
const EVENTS: [(&str, &str); 11] = [
    ("sign-in-refused", "event-sign-in-refused"),
    ("sign-in-locked", "event-sign-in-locked"),
    ("code-refused", "event-code-refused"),
    ("code-locked", "event-code-locked"),
    ("recovery-used", "event-recovery-used"),
    ("password-refused", "event-password-refused"),
    ("link-refused", "event-link-refused"),
    ("role-refused", "event-role-refused"),
    ("scope-refused", "event-scope-refused"),
    ("form-refused", "event-form-refused"),
    ("backup-taken", "event-backup-taken"),
];

#[derive(Template)]
#[template(path = "security_log.html")]
struct LogPage {
    frame: Frame,
    kept: usize,
    events: Vec<Choice>,
    accounts: Vec<Choice>,
    on: Field,
    rows: Vec<Row>,
    shown: String,
    first: String,
    after: String,
}

struct Row {
    at: String,
    event: String,
    login: String,
    address: String,
    detail: String,
}

/// `GET /quan-tri/nhat-ky`.
pub async fn show(visit: Visit) -> Answer {
    let (store, viewer) = (&visit.app.store, &visit.signed_in()?.viewer);
    let mut on = Field::asked(&visit, "hom");
    let day = on.read(visit.language, "account-wrong-days", field::day);
    let asked = |name: &str| visit.asked(name).unwrap_or_default().to_owned();
    let filter = Filter {
        event: visit.asked("su-kien").map(str::to_owned),
        account: visit.asked("tai-khoan").and_then(|id| id.parse().ok()),
        from: day.map(begins),
        until: day.and_then(|day| day.succ_opt()).map(begins),
    };
    let page = Page { after: visit.asked("sau").and_then(|id| id.parse().ok()), size: ROWS };
    let listed = log::list(store, viewer, &filter, page).await?;
    let names = lists::names(store, OFFICE, visit.today).await?;
    let accounts = names.into_iter().take(200).map(|(id, name, login)| {
        let value = id.to_string();
        Choice { chosen: value == asked("tai-khoan"), value, label: format!("{name} ({login})") }
    });
    let rows = listed.rows.len();
    let page = LogPage {
        kept: usize::try_from(KEPT_DAYS).unwrap_or_default(),
        events: EVENTS
            .map(|(id, key)| Choice { value: id.to_owned(), label: visit.t(key), chosen: id == asked("su-kien") })
            .into(),
        accounts: accounts.collect(),
        on,
        shown: match listed.total {
            Total::Exactly(total) => visit.language.text_with("log-shown", &[("rows", &rows), ("total", &total)]),
            Total::MoreThan(least) => visit.language.text_with("log-shown-more", &[("rows", &rows), ("total", &least)]),
        },
        first: visit.asked("sau").map_or_else(String::new, |_| here(&visit, None)),
        after: listed.next.map_or_else(String::new, |id| here(&visit, Some(&id.to_string()))),
        rows: listed.rows.into_iter().map(|line| row(&visit, line)).collect(),
        frame: visit.frame(visit.t("menu-security")),
    };
    visit.page(&page)
}

fn row(visit: &Visit, (event, login): Line) -> Row {
    let known = EVENTS.iter().find(|(id, _)| *id == event.event);
    Row {
        at: visit.language.instant(event.at),
        event: visit.t(known.map_or("event-other", |(_, key)| key)),
        login: login.unwrap_or_default(),
        address: event.address.unwrap_or_default(),
        detail: event.detail.unwrap_or_default(),
    }
}

fn here(visit: &Visit, after: Option<&str>) -> String {
    let kept = visit.query.iter().filter(|(name, value)| name != "sau" && !value.is_empty());
    let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
    query::address(&visit.path, &kept.chain(after.map(|after| ("sau", after))).collect::<Vec<_>>())
}
