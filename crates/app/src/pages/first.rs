//! The page behind the one-time link of the first start: names the office and makes its administrator.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::http::StatusCode;
use serde::Deserialize;
use store::accounts;
use store::error::StoreError;
use store::records::{NewAccount, NewAccountState, NewOffice, NewPassword, NewRoleGrant};
use store::words::Role;

use crate::error::Error;
use crate::frame::Frame;
use crate::secret::{self, SHORTEST_PASSWORD};
use crate::session::{self, OFFICE};
use crate::visit::{Answer, Visit};

/// What the first administrator enters.
#[derive(Default, Deserialize)]
pub struct Beginning {
    office: String,
    code: String,
    name: String,
    login: String,
    password: String,
    again: String,
}

#[derive(Template)]
#[template(path = "first.html")]
struct FirstPage {
    frame: Frame,
    entered: Beginning,
    letters: usize,
    wrong: Vec<(&'static str, String)>,
}

impl FirstPage {
    /// What is wrong with a field, or an empty text.
    fn wrong(&self, field: &str) -> &str {
        self.wrong.iter().find(|(found, _)| *found == field).map_or("", |(_, why)| why)
    }
}

/// `GET /khoi-tao/{token}`.
pub async fn show(visit: Visit, token: Result<Path<String>, PathRejection>) -> Answer {
    opened(&visit, &token?.0)?;
    visit.page(&page(&visit, Beginning::default(), Vec::new()))
}

/// `POST /khoi-tao/{token}`.
pub async fn found(
    visit: Visit,
    token: Result<Path<String>, PathRejection>,
    form: Result<Form<Beginning>, FormRejection>,
) -> Answer {
    opened(&visit, &token?.0)?;
    let Form(entered) = form?;
    let wrong = wrong(&visit, &entered);
    if !wrong.is_empty() {
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page(&visit, entered, wrong));
    }
    let login = entered.login.trim().to_lowercase();
    enter(&visit, entered).await?;
    visit.app.first_link.shut();
    let account = accounts::find_by_login(&visit.app.store, OFFICE, &login, visit.today).await?;
    session::enter(&visit, &account.ok_or(Error::NotFound)?, "/").await
}

fn opened(visit: &Visit, token: &str) -> Result<(), Error> {
    if visit.app.first_link.opens(token) { Ok(()) } else { Err(Error::Invalid(visit.t("first-gone"))) }
}

fn wrong(visit: &Visit, entered: &Beginning) -> Vec<(&'static str, String)> {
    let mut wrong = Vec::new();
    let fields =
        [("office", &entered.office), ("code", &entered.code), ("name", &entered.name), ("login", &entered.login)];
    for (field, given) in fields {
        if given.trim().is_empty() {
            wrong.push((field, visit.t("first-empty")));
        }
    }
    if entered.password.chars().count() < SHORTEST_PASSWORD {
        wrong.push(("password", visit.language.text_with("first-short", &[("letters", &SHORTEST_PASSWORD)])));
    } else if entered.password != entered.again {
        wrong.push(("again", visit.t("first-differs")));
    }
    wrong
}

/// Enters office, account, password and role in one step, by the program itself: there is nobody else yet.
async fn enter(visit: &Visit, entered: Beginning) -> Result<(), Error> {
    let today = visit.today;
    let password = entered.password;
    let hashed = tokio::task::spawn_blocking(move || secret::hash_password(&password));
    let argon2 = hashed.await.map_err(|error| Error::Internal(error.to_string()))?;
    let office = NewOffice {
        id: uuid::Uuid::now_v7(),
        code: entered.code.trim().to_owned(),
        name: entered.office.trim().to_owned(),
        name_en: None,
        illustrative: false,
    };
    let (login, display_name) = (entered.login.trim().to_lowercase(), entered.name.trim().to_owned());
    let at = visit.app.settings.clock.now();
    let entered = visit.app.store.step(OFFICE, None, at, "first start", async |step| {
        step.add(office)?;
        let account = step.id();
        step.add(NewAccount { id: account, login, display_name, person: None })?;
        step.add(NewPassword { id: step.id(), account, argon2 })?;
        step.add(NewAccountState { id: step.id(), account, active: true, from_day: today })?;
        let role = Role::Administrator;
        step.add(NewRoleGrant { id: step.id(), account, role, unit: None, from_day: today, to_day: None })?;
        Ok::<(), StoreError>(())
    });
    Ok(entered.await?)
}

fn page(visit: &Visit, entered: Beginning, wrong: Vec<(&'static str, String)>) -> FirstPage {
    FirstPage { frame: visit.frame(visit.t("first-title")), entered, letters: SHORTEST_PASSWORD, wrong }
}
