//! A browser without a screen: keeps cookies, follows no redirect by itself, fills the form's token from the page before.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Request, StatusCode};
use tower::ServiceExt;

use crate::builders::PASSWORD;

/// One person's browser.
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    token: String,
}

/// What came back.
#[derive(Debug)]
pub struct Seen {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// The body as it came, for what is no text.
    pub bytes: Vec<u8>,
}

impl Browser {
    /// A browser that knows nothing yet.
    pub fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), token: String::new() }
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Seen {
        self.send(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    /// Sends a form with the token of the page seen last.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let token = self.token.clone();
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("csrf", token.as_str())]).collect();
        self.post_bare(path, &fields).await
    }

    /// Sends a form with nothing but these fields.
    pub async fn post_bare(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let form = app::query::address("", fields);
        let request = Request::post(path)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.trim_start_matches('?').to_owned()));
        self.send(request.expect("a request")).await
    }

    /// Sends a file with the token of the page seen last, in the order of the program's own form.
    pub async fn post_file(&mut self, path: &str, back: &str, file_name: &str, bytes: &[u8]) -> Seen {
        let token = self.token.clone();
        self.post_parts(path, &[("csrf", &token), ("ve", back), ("ten", "Bản ký")], file_name, bytes).await
    }

    /// Sends a file behind these fields and no other.
    pub async fn post_parts(&mut self, path: &str, fields: &[(&str, &str)], file_name: &str, bytes: &[u8]) -> Seen {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--ranh\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        let head = format!("--ranh\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"{file_name}\"\r\n\r\n");
        body.extend(head.bytes());
        body.extend(bytes);
        body.extend(b"\r\n--ranh--\r\n");
        self.post_bytes(path, "multipart/form-data; boundary=ranh", body).await
    }

    /// Sends a body of any kind.
    pub async fn post_bytes(&mut self, path: &str, kind: &str, body: Vec<u8>) -> Seen {
        self.send(Request::post(path).header(CONTENT_TYPE, kind).body(Body::from(body)).expect("a request")).await
    }

    /// The form's token of the page seen last.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Sends a file to be brought in, with the token of the page seen last.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Seen {
        let token = self.token.clone();
        let fields: Vec<(&str, &str)> = [("csrf", token.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.post_parts(path, &fields, name, bytes).await
    }

    /// Signs in by the form.
    pub async fn sign_in(&mut self, login: &str) -> Seen {
        self.get("/dang-nhap").await;
        self.post("/dang-nhap", &[("login", login), ("password", PASSWORD)]).await
    }

    async fn send(&mut self, mut request: Request<Body>) -> Seen {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        request.headers_mut().insert(COOKIE, cookies.join("; ").parse().expect("cookies"));
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(SET_COOKIE) {
            let pair = cookie.to_str().expect("a cookie").split(';').next().expect("a pair");
            let (name, value) = pair.split_once('=').expect("a name and a value");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let bytes = to_bytes(body, 8 << 20).await.expect("a body").to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        if let Some(token) = between(&body, "name=\"csrf\" value=\"", "\"") {
            self.token = token.to_owned();
        }
        Seen { status: parts.status, headers: parts.headers, body, bytes }
    }
}

impl Seen {
    /// Where a redirect leads.
    pub fn leads_to(&self) -> &str {
        self.headers.get(LOCATION).map_or("", |value| value.to_str().expect("an address"))
    }

    /// The heading of the page.
    pub fn heading(&self) -> &str {
        let rest = self.body.split("<h1").nth(1).unwrap_or_default();
        between(rest, ">", "</h1>").unwrap_or_default()
    }

    /// The role in use, as the person's menu shows it.
    pub fn role(&self) -> &str {
        let sheet = self.body.rsplit("<div class=\"sheet\">").next().unwrap_or_default();
        between(sheet, "<p class=\"soft\">", "</p>").unwrap_or_default()
    }

    /// The labels of the main menu.
    pub fn menu(&self) -> Vec<&str> {
        let rail = between(&self.body, "<nav class=\"rail\"", "</nav>").unwrap_or_default();
        rail.split("</svg>").skip(1).filter_map(|rest| rest.split("</a>").next()).collect()
    }
}

/// The text between two marks.
pub fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    text.split_once(start)?.1.split_once(end).map(|(inner, _)| inner)
}
