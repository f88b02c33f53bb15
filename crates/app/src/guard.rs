//! What stands before every page: security headers, form tokens, the time taken.

use std::time::Instant;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::error::{Error, Refusal};
use crate::secret::form_token_holds;
use crate::state::App;
use crate::visit::Visit;

/// The largest form that is read.
pub const LARGEST_FORM: usize = 1 << 20;
/// Where files come in, which are larger than a form.
const UPLOADS: &str = "/dinh-kem/";
/// Where lists come in.
const IMPORTS: &str = "/nhap-du-lieu";

const CONTENT_POLICY: &str = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; \
    worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Headers that tell the browser what a page may do.
const HEADERS: [(&str, &str); 6] = [
    ("content-security-policy", CONTENT_POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// Adds the security headers; a page is never kept by a cache unless it says otherwise.
pub async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let answer = response.headers_mut();
    for (name, value) in HEADERS {
        answer.insert(name, HeaderValue::from_static(value));
    }
    if app.settings.secure() {
        answer.insert("strict-transport-security", HeaderValue::from_static("max-age=31536000"));
    }
    answer.entry("cache-control").or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Counts and logs each answer with the time it took.
pub async fn measured(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    let took = began.elapsed();
    let status = response.status().as_u16();
    app.metrics.answered(status, took);
    tracing::info!(target: "vinhdanh::http", %method, path, status, milliseconds = took.as_millis() as u64);
    response
}

/// Refuses every request that changes something unless it carries the visitor's form token.
pub async fn forms(visit: Visit, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    if is_upload(&request) {
        // Its handler reads it piece by piece, the token first.
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST_FORM).await else {
        return Error::TooLarge.into_response();
    };
    let given = header_token(&parts.headers).or_else(|| field_token(&parts.headers, &bytes));
    if !given.is_some_and(|given| form_token_holds(&visit.secret, &given)) {
        return Error::Forbidden(Refusal::Form).into_response();
    }
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}

/// Whether a request brings a file to an address that takes files.
fn is_upload(request: &Request) -> bool {
    let kind = request.headers().get(CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let path = request.uri().path();
    (path.starts_with(UPLOADS) || path == IMPORTS) && kind.starts_with(b"multipart/form-data")
}

fn header_token(headers: &HeaderMap) -> Option<String> {
    headers.get("x-csrf-token").and_then(|value| value.to_str().ok()).map(str::to_owned)
}

fn field_token(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let kind = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return None;
    }
    let fields: Vec<(String, String)> = crate::query::pairs(std::str::from_utf8(body).ok()?);
    fields.into_iter().find_map(|(name, value)| (name == "csrf").then_some(value))
}
