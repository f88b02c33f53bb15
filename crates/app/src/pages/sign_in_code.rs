//! The second step at the door: the code of the telephone, or a recovery code.

use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, StatusCode};
use store::accounts::{self, Session, factor, sessions};

use crate::accounts::Act;
use crate::error::Error;
use crate::frame::Frame;
use crate::limits::BY_LOGIN;
use crate::session::{self, OFFICE};
use crate::visit::{Answer, Visit};
use crate::{cookies, security, totp};

#[derive(Template)]
#[template(path = "sign_in_code.html")]
struct CodePage {
    frame: Frame,
    back: String,
    wrong: String,
}

/// `GET /dang-nhap/ma`.
pub async fn show(visit: Visit, headers: HeaderMap) -> Answer {
    awaiting(&visit, &headers).await?;
    visit.page(&page(&visit, visit.asked("ve").unwrap_or_default(), String::new()))
}

/// `POST /dang-nhap/ma`.
pub async fn enter(visit: Visit, headers: HeaderMap, form: Result<Form<Act>, FormRejection>) -> Answer {
    let half = awaiting(&visit, &headers).await?;
    let Form(act) = form?;
    let (store, limits, now) = (&visit.app.store, &visit.app.limits, visit.app.settings.clock.now());
    let account = accounts::one(store, OFFICE, half.account, visit.today).await?.filter(|account| account.active);
    let account = account.ok_or(Error::SignIn)?;
    let name = format!("code {}", account.id);
    if let Some(minutes) = limits.wait(&name, BY_LOGIN, now) {
        security::note(&visit, "code-locked", &account.login).await;
        return Err(Error::TooMany(minutes));
    }
    if holds(&visit, &half, &act.code).await? {
        limits.passed(&name);
        sessions::end(store, OFFICE, &half.token_hash).await?;
        return session::let_in(&visit, &account, &act.ve).await;
    }
    limits.failed(&name, now);
    security::note(&visit, "code-refused", &account.login).await;
    visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page(&visit, &act.ve, visit.t("code-wrong")))
}

/// Whether a code is that of the telephone, not used before, or a recovery code, which is used up by it.
async fn holds(visit: &Visit, half: &Session, code: &str) -> Result<bool, Error> {
    let (store, now) = (&visit.app.store, visit.app.settings.clock.now());
    let Some(held) = factor::secret(store, OFFICE, half.account).await? else {
        return Ok(false);
    };
    let keys = visit.app.keys().map_err(|error| Error::Internal(error.to_string()))?;
    let secret = keys.unseal(&totp::purpose(half.account), &held.sealed);
    let secret = secret.ok_or_else(|| Error::Internal("a secret that this office's key does not open".to_owned()))?;
    if let Some(slot) = totp::slot(&secret, code, now.timestamp()) {
        return Ok(factor::use_slot(store, OFFICE, half.account, slot).await?);
    }
    let hash = keys.lookup(&totp::recovery(half.account), &totp::plain(code));
    let used = factor::use_recovery(store, OFFICE, half.account, &hash).await?;
    if used {
        security::note(visit, "recovery-used", "").await;
    }
    Ok(used)
}

async fn awaiting(visit: &Visit, headers: &HeaderMap) -> Result<Session, Error> {
    let token = cookies::read(headers, cookies::SESSION).ok_or(Error::SignIn)?;
    session::awaiting(&visit.app, token).await?.ok_or(Error::SignIn)
}

fn page(visit: &Visit, back: &str, wrong: String) -> CodePage {
    CodePage { frame: visit.frame(visit.t("code-title")), back: back.to_owned(), wrong }
}
