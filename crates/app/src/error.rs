//! Everything that can go wrong while a page is made, and the one page that tells it and shows a way out.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::response::{IntoResponse, Redirect, Response};
use store::error::StoreError;

use crate::frame::Frame;
use crate::query;
use crate::security;
use crate::session;
use crate::visit::Visit;

/// Why a page could not be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// Nobody is signed in: the sign-in page is shown and leads back here.
    SignIn,
    /// There is no such page or record.
    NotFound,
    /// The person may not see or do it.
    Forbidden(Refusal),
    /// The page exists but is not asked in this way.
    Method,
    /// The record has changed since the form was opened; the sentence says what stands now.
    Conflict(String),
    /// What was given cannot be accepted; the sentence says what and why.
    Invalid(String),
    /// More was sent than is read.
    TooLarge,
    /// Too many tries; minutes to wait.
    TooMany(i64),
    /// The disk is full.
    Full,
    /// The database is busy; the same may go through a moment later.
    Busy,
    /// Our own fault; the sentence is for the log only.
    Internal(String),
}

/// Why a person may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The role does not do this.
    Role,
    /// The record lies outside the units that the person sees.
    Scope,
    /// The form did not come from one of our pages, or its page is too old.
    Form,
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    why: String,
    ask: String,
    detail: String,
    out_href: String,
    out_label: String,
}

impl Refusal {
    /// The word under which the security log keeps it.
    fn event(self) -> &'static str {
        match self {
            Self::Role => "role-refused",
            Self::Scope => "scope-refused",
            Self::Form => "form-refused",
        }
    }
}

impl Error {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::SignIn => StatusCode::SEE_OTHER,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Self::TooMany(minutes) = self {
            response.headers_mut().insert(RETRY_AFTER, (minutes * 60).into());
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Self {
        Self::Internal(format!("template: {error}"))
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Forbidden => Self::Forbidden(Refusal::Scope),
            StoreError::NotFound => Self::NotFound,
            StoreError::Refused(why) | StoreError::Duplicate(why) | StoreError::DanglingReference(why) => {
                Self::Invalid(why)
            }
            StoreError::Changed => Self::Conflict(String::new()),
            StoreError::Locked => Self::Busy,
            StoreError::DiskFull => Self::Full,
            other => Self::Internal(other.to_string()),
        }
    }
}

impl From<PathRejection> for Error {
    fn from(_: PathRejection) -> Self {
        Self::NotFound
    }
}

impl From<QueryRejection> for Error {
    fn from(rejection: QueryRejection) -> Self {
        Self::Invalid(rejection.body_text())
    }
}

impl From<FormRejection> for Error {
    fn from(rejection: FormRejection) -> Self {
        Self::Invalid(rejection.body_text())
    }
}

/// The answer as it goes out: an error becomes a page of the visitor's language, all else stays.
pub async fn shown(visit: &Visit, response: Response) -> Response {
    let Some(error) = error_of(&response) else {
        return response;
    };
    if error == Error::SignIn {
        return sign_in(visit);
    }
    if let Error::Internal(cause) = &error {
        tracing::error!(path = %visit.path, cause, "page failed");
    }
    if let Error::Forbidden(refusal) = &error {
        security::note(visit, refusal.event(), &visit.path).await;
        if *refusal != Refusal::Form {
            security::refused(visit, refusal.event()).await;
        }
    }
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_TYPE);
    parts.headers.remove("content-length");
    match visit.page_as(error.status(), &page(visit, &error)) {
        Ok(page) => (parts.status, parts.headers, page).into_response(),
        Err(_) => parts.status.into_response(),
    }
}

/// Our own error, or the one that a bare refusal of the framework stands for.
fn error_of(response: &Response) -> Option<Error> {
    if let Some(error) = response.extensions().get::<Arc<Error>>() {
        return Some(error.as_ref().clone());
    }
    let is_page = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    match response.status() {
        _ if is_page => None,
        StatusCode::NOT_FOUND => Some(Error::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Some(Error::Method),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Error::TooLarge),
        status if status.is_client_error() => Some(Error::Invalid(String::new())),
        status if status.is_server_error() => Some(Error::Internal(status.to_string())),
        _ => None,
    }
}

fn sign_in(visit: &Visit) -> Response {
    let pairs: Vec<(&str, &str)> = visit.query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let here = query::address(&visit.path, &pairs);
    let door = if here == "/" { "/dang-nhap".to_owned() } else { query::address("/dang-nhap", &[("ve", &here)]) };
    let mut response = Redirect::to(&door).into_response();
    // A part of a page asked for by a script: the whole window goes to the door.
    let moved = response.headers()[LOCATION].clone();
    response.headers_mut().insert("hx-redirect", moved);
    response
}

fn page(visit: &Visit, error: &Error) -> ErrorPage {
    let (title, why, ask) = match error {
        Error::SignIn | Error::NotFound => ("error-not-found-title", "error-not-found", "error-not-found-ask"),
        Error::Forbidden(Refusal::Role) => ("error-forbidden-title", "error-forbidden-role", "error-forbidden-ask"),
        Error::Forbidden(Refusal::Scope) => ("error-forbidden-title", "error-forbidden-scope", "error-forbidden-ask"),
        Error::Forbidden(Refusal::Form) => ("error-form-title", "error-form", "error-form-ask"),
        Error::Method => ("error-method-title", "error-method", "error-not-found-ask"),
        Error::Conflict(_) => ("error-conflict-title", "error-conflict", "error-conflict-ask"),
        Error::Invalid(_) => ("error-invalid-title", "error-invalid", "error-invalid-ask"),
        Error::TooLarge => ("error-too-large-title", "error-too-large", "error-too-large-ask"),
        Error::TooMany(_) => ("error-too-many-title", "error-too-many", "error-too-many-ask"),
        Error::Full => ("error-full-title", "error-full", "error-full-ask"),
        Error::Busy => ("error-busy-title", "error-busy", "error-busy-ask"),
        Error::Internal(_) => ("error-internal-title", "error-internal", "error-internal-ask"),
    };
    let detail = match error {
        Error::Conflict(detail) | Error::Invalid(detail) => detail.clone(),
        Error::TooMany(minutes) => visit.language.text_with("error-too-many-minutes", &[("minutes", minutes)]),
        Error::Forbidden(Refusal::Role) => role_detail(visit),
        _ => String::new(),
    };
    let (out_href, out_label) = match visit.signed_in {
        Some(_) => ("/", "error-out-home"),
        None => ("/dang-nhap", "error-out-door"),
    };
    ErrorPage {
        frame: visit.frame(visit.t(title)),
        why: visit.t(why),
        ask: visit.t(ask),
        detail,
        out_href: out_href.to_owned(),
        out_label: visit.t(out_label),
    }
}

/// In which role the person was refused: the same person may have another that may.
fn role_detail(visit: &Visit) -> String {
    visit.signed_in.as_ref().map_or_else(String::new, |signed_in| {
        let role = visit.t(session::role_key(signed_in.held.role));
        visit.language.text_with("error-forbidden-as", &[("role", &role)])
    })
}
