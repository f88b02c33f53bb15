//! Opening an account: login, name and first role; its owner sets the password by a one-time link.

use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use chrono::TimeDelta;
use store::accounts::keeping::{self, Act as Acting, Opening};
use store::accounts::links::Given;
use store::words::LinkKind;

use crate::accounts::choices::{given, granted, roles, units};
use crate::accounts::{Act, Choice, told};
use crate::error::Error;
use crate::frame::Frame;
use crate::offered::Offered;
use crate::secret;
use crate::visit::{Answer, Visit};

/// How long an invitation opens the page.
const INVITED: TimeDelta = TimeDelta::days(7);

#[derive(Template)]
#[template(path = "account_fresh.html")]
struct FreshPage {
    frame: Frame,
    typed: Act,
    roles: Vec<Choice>,
    units: Offered,
    wrong: Vec<(&'static str, String)>,
}

impl FreshPage {
    /// What is wrong with a field, or an empty text.
    fn wrong(&self, field: &str) -> &str {
        self.wrong.iter().find(|(found, _)| *found == field).map_or("", |(_, why)| why)
    }
}

/// `GET /quan-tri/tai-khoan/moi`.
pub async fn show(visit: Visit) -> Answer {
    let page = page(&visit, Act::default(), Vec::new()).await?;
    visit.page(&page)
}

/// `POST /quan-tri/tai-khoan/moi`.
pub async fn open(visit: Visit, form: Result<Form<Act>, FormRejection>) -> Answer {
    let Form(typed) = form?;
    if typed.seeks_unit() {
        return visit.page(&page(&visit, typed, Vec::new()).await?);
    }
    let (login, name) = (typed.login.trim().to_lowercase(), typed.name.trim().to_owned());
    let mut wrong = Vec::new();
    let usual = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    if login.is_empty() || login.len() > 60 || !login.chars().all(usual) {
        wrong.push(("login", visit.t("account-wrong-login")));
    }
    if name.is_empty() {
        wrong.push(("name", visit.t("first-empty")));
    }
    if typed.ly_do.trim().is_empty() {
        wrong.push(("ly_do", visit.t("account-wrong-why")));
    }
    let granted = granted(&visit, &typed);
    if let Err(why) = &granted {
        wrong.push(("role", why.clone()));
    }
    let (true, Ok(role)) = (wrong.is_empty(), granted) else {
        let page = page(&visit, typed, wrong).await?;
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let at = visit.app.settings.clock.now();
    let token = secret::token();
    let link = Given { kind: LinkKind::Moi, token_hash: secret::kept(&token), expires: at + INVITED };
    let until = visit.language.instant(link.expires);
    let opening = Opening { login: login.clone(), display_name: name, person: None, role, link };
    let acting = Acting { viewer: &visit.signed_in()?.viewer, at, why: typed.ly_do.trim() };
    match keeping::open(&visit.app.store, acting, visit.today, opening).await {
        Ok(account) => given(&visit, &login, &token, until, format!("/quan-tri/tai-khoan/{account}")),
        Err(error) => {
            let wrong = vec![("login", visit.t(told(error)?))];
            let page = page(&visit, typed, wrong).await?;
            visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

async fn page(visit: &Visit, typed: Act, wrong: Vec<(&'static str, String)>) -> Result<FreshPage, Error> {
    Ok(FreshPage {
        frame: visit.frame(visit.t("account-new")).crumb(visit.t("menu-accounts"), "/quan-tri/tai-khoan"),
        roles: roles(visit, &typed.role),
        units: units(visit, &typed).await?,
        typed,
        wrong,
    })
}
