//! The cookies of the program: session, role in use, visitor's secret, language.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

use crate::config::Settings;

/// Holds the session's token.
pub const SESSION: &str = "vinhdanh";
/// Holds which of the person's roles is in use.
pub const ROLE: &str = "vinhdanh-vai";
/// Holds the secret that binds the forms of someone not signed in.
pub const VISITOR: &str = "vinhdanh-khach";
/// Holds the language chosen.
pub const LANGUAGE: &str = "vinhdanh-ngon-ngu";

const YEAR: i64 = 365 * 24 * 3600;

/// The value of a cookie that the request brought.
pub fn read<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}

/// A cookie that lasts until the browser closes and that no script can read.
pub fn kept(settings: &Settings, name: &str, value: &str) -> HeaderValue {
    line(settings, name, value, "")
}

/// A cookie that lasts a year.
pub fn lasting(settings: &Settings, name: &str, value: &str) -> HeaderValue {
    line(settings, name, value, &format!("; Max-Age={YEAR}"))
}

/// Tells the browser to forget a cookie.
pub fn dropped(settings: &Settings, name: &str) -> HeaderValue {
    line(settings, name, "", "; Max-Age=0")
}

fn line(settings: &Settings, name: &str, value: &str, age: &str) -> HeaderValue {
    let secure = if settings.secure() { "; Secure" } else { "" };
    let line = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
    HeaderValue::from_str(&line).expect("our cookies hold letters, digits, dots and hyphens")
}
