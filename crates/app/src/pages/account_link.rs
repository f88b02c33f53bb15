//! The page behind a one-time link: sets the password, once.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use store::accounts::links::{self, Link};
use store::error::StoreError;
use store::words::LinkEnd;

use crate::accounts::{Act, hashed, wrong_password};
use crate::error::Error;
use crate::frame::Frame;
use crate::secret::{self, SHORTEST_PASSWORD};
use crate::security;
use crate::session::OFFICE;
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "account_link.html")]
struct LinkPage {
    frame: Frame,
    login: String,
    letters: usize,
    wrong: String,
}

/// `GET /duong-dan/{token}`.
pub async fn show(visit: Visit, token: Result<Path<String>, PathRejection>) -> Answer {
    let link = opened(&visit, &token?.0).await?;
    visit.page(&page(&visit, link, String::new()))
}

/// `POST /duong-dan/{token}`.
pub async fn set(
    visit: Visit,
    token: Result<Path<String>, PathRejection>,
    form: Result<Form<Act>, FormRejection>,
) -> Answer {
    let (token, Form(act)) = (token?.0, form?);
    let link = opened(&visit, &token).await?;
    if let Some(wrong) = wrong_password(&visit, &link.login, &act.password, &act.again) {
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page(&visit, link, wrong));
    }
    let argon2 = hashed(act.password).await?;
    let at = visit.app.settings.clock.now();
    let set = links::redeem(&visit.app.store, OFFICE, &secret::kept(&token), &argon2, at, visit.today).await;
    match set {
        Ok(_) => Ok(Redirect::to("/dang-nhap").into_response()),
        Err(StoreError::Changed) => Err(Error::Invalid(visit.t("link-gone-used"))),
        Err(other) => Err(other.into()),
    }
}

/// The link if it still opens the page; an error that says why not.
async fn opened(visit: &Visit, token: &str) -> Result<Link, Error> {
    let found = links::find(&visit.app.store, OFFICE, &secret::kept(token), visit.today).await?;
    let key = match &found {
        Some(link) if link.opens(visit.app.settings.clock.now()) => None,
        Some(Link { ended: Some(LinkEnd::DaDung), .. }) => Some("link-gone-used"),
        Some(Link { ended: Some(LinkEnd::ThuHoi), .. } | Link { active: false, .. }) => Some("link-gone-revoked"),
        Some(_) => Some("link-gone-expired"),
        None => Some("link-gone-unknown"),
    };
    match (key, found) {
        (None, Some(link)) => Ok(link),
        (key, found) => {
            let login = found.map(|link| link.login).unwrap_or_default();
            security::note(visit, "link-refused", &login).await;
            Err(Error::Invalid(visit.t(key.unwrap_or("link-gone-unknown"))))
        }
    }
}

fn page(visit: &Visit, link: Link, wrong: String) -> LinkPage {
    LinkPage { frame: visit.frame(visit.t("link-title")), login: link.login, letters: SHORTEST_PASSWORD, wrong }
}
