//! Signing in with a password, or in the demonstration with one button; and signing out.

use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;
use std::sync::atomic::Ordering;
use store::accounts::{self, Account, HeldRole};

use crate::config::Mode;
use crate::error::Error;
use crate::frame::Frame;
use crate::limits::{BY_ADDRESS, BY_LOGIN};
use crate::session::{self, OFFICE};
use crate::visit::{Answer, Visit};
use crate::{cookies, secret, security};

/// The sign-in form as it was sent.
#[derive(Deserialize)]
pub struct Entry {
    login: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    ve: String,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    frame: Frame,
    login: String,
    back: String,
    wrong: Option<String>,
    people: Vec<DemonstrationPerson>,
}

/// One button of the demonstration.
struct DemonstrationPerson {
    login: String,
    name: String,
    roles: String,
    icon: &'static str,
}

/// `GET /dang-nhap`.
pub async fn show(visit: Visit) -> Answer {
    if visit.signed_in.is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    let back = visit.asked("ve").unwrap_or_default().to_owned();
    let page = page(&visit, String::new(), back, None).await?;
    visit.page(&page)
}

/// `POST /dang-nhap`.
pub async fn enter(visit: Visit, form: Result<Form<Entry>, FormRejection>) -> Answer {
    let Form(entry) = form?;
    let login = entry.login.trim().to_lowercase();
    let (by_login, by_address) = (format!("login {login}"), format!("address {}", visit.address));
    let (limits, now) = (&visit.app.limits, visit.app.settings.clock.now());
    let wait = limits.wait(&by_login, BY_LOGIN, now).max(limits.wait(&by_address, BY_ADDRESS, now));
    if let Some(minutes) = wait {
        security::note(&visit, "sign-in-locked", &login).await;
        return Err(Error::TooMany(minutes));
    }
    let account = accounts::find_by_login(&visit.app.store, OFFICE, &login, visit.today).await?;
    if let Some(account) = holds(account, entry.password).await? {
        limits.passed(&by_login);
        return session::enter(&visit, &account, &entry.ve).await;
    }
    limits.failed(&by_login, now);
    limits.failed(&by_address, now);
    visit.app.metrics.sign_ins_refused.fetch_add(1, Ordering::Relaxed);
    security::note(&visit, "sign-in-refused", &login).await;
    let wrong = visit.t("sign-in-wrong");
    let page = page(&visit, entry.login, entry.ve, Some(wrong)).await?;
    visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// `POST /dang-nhap/minh-hoa`: without a password, and in the demonstration only.
pub async fn enter_as(visit: Visit, form: Result<Form<Entry>, FormRejection>) -> Answer {
    if visit.app.settings.mode != Mode::Demonstration {
        return Err(Error::NotFound);
    }
    let Form(entry) = form?;
    let account = accounts::find_by_login(&visit.app.store, OFFICE, &entry.login, visit.today).await?;
    let account = account.filter(|account| account.active).ok_or(Error::NotFound)?;
    session::enter(&visit, &account, &entry.ve).await
}

/// `POST /dang-xuat`.
pub async fn leave(visit: Visit, headers: HeaderMap) -> Answer {
    if let Some(token) = cookies::read(&headers, cookies::SESSION) {
        session::end(&visit.app, token).await?;
    }
    let mut response = Redirect::to("/dang-nhap").into_response();
    for name in session::COOKIES {
        response.headers_mut().append(SET_COOKIE, cookies::dropped(&visit.app.settings, name));
    }
    Ok(response)
}

/// The account if the password is its own; an unknown login takes as long to refuse as a wrong password.
async fn holds(account: Option<Account>, password: String) -> Result<Option<Account>, Error> {
    let account = account.filter(|account| account.active);
    let hash = account.as_ref().and_then(|account| account.argon2.clone());
    let checked = tokio::task::spawn_blocking(move || match hash {
        Some(hash) => secret::password_holds(&password, &hash),
        None => {
            secret::hash_password(&password);
            false
        }
    });
    let holds = checked.await.map_err(|error| Error::Internal(error.to_string()))?;
    Ok(account.filter(|_| holds))
}

async fn page(visit: &Visit, login: String, back: String, wrong: Option<String>) -> Result<SignInPage, Error> {
    let people = match visit.app.settings.mode {
        Mode::Demonstration => accounts::demonstration(&visit.app.store, OFFICE, visit.today).await?,
        Mode::Office => Vec::new(),
    };
    let people = people.iter().map(|(account, roles)| person(visit, account, roles)).collect();
    Ok(SignInPage { frame: visit.frame(visit.t("sign-in-title")), login, back, wrong, people })
}

fn person(visit: &Visit, account: &Account, roles: &[HeldRole]) -> DemonstrationPerson {
    let words = roles.iter().map(|held| {
        let role = visit.t(session::role_key(held.role));
        match &held.unit_name {
            Some(unit) => format!("{role} – {unit}"),
            None => role,
        }
    });
    DemonstrationPerson {
        login: account.login.clone(),
        name: account.display_name.clone(),
        roles: words.collect::<Vec<_>>().join("; "),
        icon: roles.first().map_or("user-circle", |held| session::role_icon(held.role)),
    }
}
