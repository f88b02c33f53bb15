//! One's own account: password, second factor, sessions, roles lent and received.

use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use store::accounts::{self, delegations, factor, keeping, lists, sessions};

use crate::accounts::wrong_password;
use crate::accounts::{
    Act, Choice, LentRow, SessionRow, days, hash, hashed, lend, lent, role, sessions as session_rows,
};
use crate::error::Error;
use crate::frame::Frame;
use crate::limits::BY_LOGIN;
use crate::session::OFFICE;
use crate::visit::{Answer, Visit};
use crate::{secret, security, totp};

#[derive(Template)]
#[template(path = "my_account.html")]
struct MyPage {
    frame: Frame,
    login: String,
    letters: usize,
    roles: Vec<(String, String)>,
    has_factor: bool,
    codes_left: u32,
    sessions: Vec<SessionRow>,
    lent: Vec<LentRow>,
    grants: Vec<Choice>,
    names: Vec<Choice>,
    typed: Act,
    /// The field and what is wrong with it.
    wrong: (&'static str, String),
}

/// What an act says where it cannot be done: the field and the sentence.
type Wrong = (&'static str, String);

impl MyPage {
    /// What is wrong with a field, or an empty text.
    fn wrong(&self, field: &str) -> &str {
        if self.wrong.0 == field { &self.wrong.1 } else { "" }
    }
}

/// `GET /tai-khoan`.
pub async fn show(visit: Visit) -> Answer {
    let page = page(&visit, Act::default(), ("", String::new())).await?;
    visit.page(&page)
}

/// `POST /tai-khoan/viec`.
pub async fn act(visit: Visit, form: Result<Form<Act>, FormRejection>) -> Answer {
    let Form(act) = form?;
    match done(&visit, &act).await? {
        Ok(()) => Ok(Redirect::to("/tai-khoan").into_response()),
        Err(wrong) => {
            let page = page(&visit, act, wrong).await?;
            visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

async fn done(visit: &Visit, act: &Act) -> Result<Result<(), Wrong>, Error> {
    let signed_in = visit.signed_in()?;
    let (store, viewer, at) = (&visit.app.store, &signed_in.viewer, visit.app.settings.clock.now());
    match act.viec.as_str() {
        "mat-khau" => return change_password(visit, act).await,
        "bo-ma" => return drop_factor(visit, act).await,
        "phien" => sessions::end_one(store, viewer, viewer.account, &hash(&act.id)?).await?,
        "moi-phien" => {
            sessions::end_all(store, viewer, viewer.account, Some(&signed_in.session)).await?;
        }
        "uy-quyen" => return Ok(lend(visit, act).await?.map_err(|why| ("lend", why))),
        "thoi-uy-quyen" => {
            delegations::withdraw(store, viewer, at, &visit.t("lent-withdrawn-why"), act.target()?).await?;
        }
        _ => return Err(Error::NotFound),
    }
    Ok(Ok(()))
}

async fn change_password(visit: &Visit, act: &Act) -> Result<Result<(), Wrong>, Error> {
    let signed_in = visit.signed_in()?;
    let at = visit.app.settings.clock.now();
    if !knows_password(visit, &act.old).await? {
        return Ok(Err(("old", visit.t("my-old-wrong"))));
    }
    if let Some(why) = wrong_password(visit, &signed_in.login, &act.password, &act.again) {
        return Ok(Err(("password", why)));
    }
    let argon2 = hashed(act.password.clone()).await?;
    let store = &visit.app.store;
    keeping::change_password(store, &signed_in.viewer, at, &argon2, Some(&signed_in.session)).await?;
    Ok(Ok(()))
}

/// Whether the old password is right; it may be tried as often as at the door.
async fn knows_password(visit: &Visit, old: &str) -> Result<bool, Error> {
    let account = visit.signed_in()?.viewer.account;
    let (limits, now, name) = (&visit.app.limits, visit.app.settings.clock.now(), format!("password {account}"));
    if let Some(minutes) = limits.wait(&name, BY_LOGIN, now) {
        return Err(Error::TooMany(minutes));
    }
    let known = accounts::one(&visit.app.store, OFFICE, account, visit.today).await?;
    let (hash, old) = (known.and_then(|account| account.argon2).unwrap_or_default(), old.to_owned());
    let checked = tokio::task::spawn_blocking(move || secret::password_holds(&old, &hash));
    let holds = checked.await.map_err(|error| Error::Internal(error.to_string()))?;
    if holds {
        limits.passed(&name);
    } else {
        limits.failed(&name, now);
        security::note(visit, "password-refused", &visit.signed_in()?.login).await;
    }
    Ok(holds)
}

async fn drop_factor(visit: &Visit, act: &Act) -> Result<Result<(), Wrong>, Error> {
    let viewer = &visit.signed_in()?.viewer;
    let (store, at) = (&visit.app.store, visit.app.settings.clock.now());
    let held = factor::secret(store, OFFICE, viewer.account).await?.ok_or(Error::NotFound)?;
    let keys = visit.app.keys().map_err(|error| Error::Internal(error.to_string()))?;
    let known = keys.unseal(&totp::purpose(viewer.account), &held.sealed).unwrap_or_default();
    let (limits, name) = (&visit.app.limits, format!("code {}", viewer.account));
    if let Some(minutes) = limits.wait(&name, BY_LOGIN, at) {
        return Err(Error::TooMany(minutes));
    }
    let slot = totp::slot(&known, &act.code, at.timestamp());
    let used = match slot {
        Some(slot) => factor::use_slot(store, OFFICE, viewer.account, slot).await?,
        None => false,
    };
    if !used {
        limits.failed(&name, at);
        return Ok(Err(("code", visit.t("code-wrong"))));
    }
    factor::give_up(store, viewer, at, &visit.t("factor-given-up-why"), viewer.account).await?;
    Ok(Ok(()))
}

async fn page(visit: &Visit, typed: Act, wrong: Wrong) -> Result<MyPage, Error> {
    let signed_in = visit.signed_in()?;
    let (viewer, store, today) = (&signed_in.viewer, &visit.app.store, visit.today);
    let grants = lists::grants(store, viewer, viewer.account, today).await?;
    let current = grants.iter().filter(|grant| grant.to_day.is_none_or(|last| last >= today));
    let lendable = current.map(|grant| Choice {
        value: grant.id.to_string(),
        label: role(visit, grant.role, grant.unit_name.as_deref()),
        chosen: typed.role == grant.id.to_string(),
    });
    let names = lists::names(store, OFFICE, today).await?.into_iter().filter(|(id, ..)| *id != viewer.account);
    let names = names.map(|(id, name, login)| {
        let value = id.to_string();
        Choice { chosen: value == typed.account, value, label: format!("{name} ({login})") }
    });
    let now = visit.app.settings.clock.now();
    Ok(MyPage {
        login: signed_in.login.clone(),
        letters: secret::SHORTEST_PASSWORD,
        roles: grants
            .iter()
            .map(|grant| {
                (role(visit, grant.role, grant.unit_name.as_deref()), days(visit, grant.from_day, grant.to_day))
            })
            .collect(),
        has_factor: factor::secret(store, OFFICE, viewer.account).await?.is_some(),
        codes_left: factor::codes_left(store, OFFICE, viewer.account).await?,
        sessions: session_rows(visit, &sessions::list(store, viewer, viewer.account, now).await?),
        lent: lent(visit, delegations::list(store, viewer, viewer.account, today).await?),
        grants: lendable.collect(),
        names: names.collect(),
        frame: visit.frame(visit.t("my-account")),
        typed,
        wrong,
    })
}
