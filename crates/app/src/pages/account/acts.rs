//! What the administrator does on the page of an account, each act one form.

use axum::Form;
use axum::extract::Path;
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use chrono::TimeDelta;
use store::accounts::keeping::{self, Act as Acting};
use store::accounts::links::{self, Given};
use store::accounts::{self, delegations, factor, sessions};
use store::error::StoreError;
use store::words::LinkKind;
use uuid::Uuid;

use super::page;
use crate::accounts::{Act, choices, hash, lend, told};
use crate::error::Error;
use crate::secret;
use crate::session::OFFICE;
use crate::visit::{Answer, Visit};

/// How long an invitation, and how long a reset, opens the page.
const INVITED: TimeDelta = TimeDelta::days(7);
const RESET: TimeDelta = TimeDelta::hours(24);

/// `POST /quan-tri/tai-khoan/{id}/viec`.
pub async fn act(
    visit: Visit,
    id: Result<Path<Uuid>, PathRejection>,
    form: Result<Form<Act>, FormRejection>,
) -> Answer {
    let (id, Form(act)) = (id?.0, form?);
    let account = accounts::one(&visit.app.store, OFFICE, id, visit.today).await?.ok_or(Error::NotFound)?;
    if act.viec == "them-vai" && act.seeks_unit() {
        return visit.page(&page(&visit, id, act, String::new()).await?);
    }
    let needs_why = !matches!(act.viec.as_str(), "phien" | "moi-phien" | "thu-hoi" | "thoi-uy-quyen");
    if needs_why && act.ly_do.trim().is_empty() {
        let why = visit.t("account-wrong-why");
        return again(&visit, id, act, why).await;
    }
    if act.viec == "duong-dan" {
        let kind = if account.argon2.is_some() { LinkKind::DatLai } else { LinkKind::Moi };
        return give(&visit, id, account.login, kind, act.ly_do.trim()).await;
    }
    match done(&visit, id, &act).await? {
        Ok(()) => Ok(Redirect::to(&format!("/quan-tri/tai-khoan/{id}")).into_response()),
        Err(why) => again(&visit, id, act, why).await,
    }
}

/// Does the act; the inner error is the sentence that stands beside its form.
async fn done(visit: &Visit, id: Uuid, act: &Act) -> Result<Result<(), String>, Error> {
    let (store, viewer) = (&visit.app.store, &visit.signed_in()?.viewer);
    let at = visit.app.settings.clock.now();
    let typed = act.ly_do.trim();
    let acting = Acting { viewer, at, why: typed };
    let result = match act.viec.as_str() {
        "ten" => {
            let person = (!act.person.is_empty()).then(|| act.person.parse()).transpose();
            let (Ok(after), Ok(person), false) = (act.after.parse(), person, act.name.trim().is_empty()) else {
                return Ok(Err(visit.t("account-wrong-choice")));
            };
            match keeping::correct(store, acting, id, after, act.name.trim(), person).await {
                Err(StoreError::Refused(_)) => return Ok(Err(visit.t("account-nothing-changed"))),
                Err(StoreError::Changed) => return Err(conflict(visit, id).await?),
                other => other,
            }
        }
        "trang-thai" => keeping::set_state(store, acting, id, act.active == "mo", visit.today).await,
        "them-vai" => match choices::granted(visit, act) {
            Err(why) => return Ok(Err(why)),
            Ok(granted) => keeping::grant(store, acting, id, granted).await.map(|_| ()),
        },
        "het-vai" => match act.last() {
            Some(Some(last)) => keeping::end_grant(store, acting, act.target()?, last).await,
            _ => return Ok(Err(visit.t("account-wrong-days"))),
        },
        "thu-hoi" => links::revoke(store, viewer, at, &visit.t("link-revoked-why"), act.target()?).await,
        "phien" => sessions::end_one(store, viewer, id, &hash(&act.id)?).await,
        "moi-phien" => sessions::end_all(store, viewer, id, Some(&visit.signed_in()?.session)).await.map(|_| ()),
        "bo-ma" => factor::give_up(store, viewer, at, typed, id).await,
        "uy-quyen" => return lend(visit, act).await,
        "thoi-uy-quyen" => {
            delegations::withdraw(store, viewer, at, &visit.t("lent-withdrawn-why"), act.target()?).await
        }
        _ => return Err(Error::NotFound),
    };
    match result {
        Ok(()) => Ok(Ok(())),
        Err(error) => Ok(Err(visit.t(told(error)?))),
    }
}

/// What stands now, for one whose form is older.
async fn conflict(visit: &Visit, id: Uuid) -> Result<Error, Error> {
    let now = accounts::one(&visit.app.store, OFFICE, id, visit.today).await?.ok_or(Error::NotFound)?;
    Ok(Error::Conflict(visit.language.text_with("account-changed", &[("name", &now.display_name)])))
}

async fn give(visit: &Visit, id: Uuid, login: String, kind: LinkKind, why: &str) -> Answer {
    let at = visit.app.settings.clock.now();
    let life = if kind == LinkKind::Moi { INVITED } else { RESET };
    let token = secret::token();
    let given = Given { kind, token_hash: secret::kept(&token), expires: at + life };
    links::give(&visit.app.store, &visit.signed_in()?.viewer, at, why, id, &given).await?;
    choices::given(visit, &login, &token, visit.language.instant(given.expires), format!("/quan-tri/tai-khoan/{id}"))
}

async fn again(visit: &Visit, id: Uuid, act: Act, why: String) -> Answer {
    let page = page(visit, id, act, why).await?;
    visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
