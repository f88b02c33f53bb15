//! The switch between the languages, which leads back to the page it was on.

use axum::extract::{Path, rejection::PathRejection};
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect};

use crate::cookies;
use crate::error::Error;
use crate::language::Language;
use crate::query;
use crate::visit::{Answer, Visit};

/// `GET /ngon-ngu/{code}?ve=PAGE`.
pub async fn switch(visit: Visit, code: Result<Path<String>, PathRejection>) -> Answer {
    let Path(code) = code?;
    let language = Language::of(&code).ok_or(Error::NotFound)?;
    let back = visit.asked("ve").filter(|path| query::is_ours(path)).unwrap_or("/");
    let cookie = cookies::lasting(&visit.app.settings, cookies::LANGUAGE, language.code());
    Ok(([(SET_COOKIE, cookie)], Redirect::to(back)).into_response())
}
