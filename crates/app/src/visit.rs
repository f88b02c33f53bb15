//! One request as every page needs it: who asks, in which language, for which day, from where.

use std::ops::{Deref, RangeInclusive};
use std::sync::Arc;

use askama::Template;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::header::{SET_COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use chrono::{Datelike, NaiveDate};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use crate::cookies;
use crate::error::{self, Error};
use crate::frame::Frame;
use crate::language::Language;
use crate::query;
use crate::secret;
use crate::session::{self, SignedIn};
use crate::state::App;

/// What is known of a request before its page begins; cloning it is cheap.
#[derive(Clone)]
pub struct Visit(Arc<Known>);

/// The parts of a visit.
pub struct Known {
    pub app: App,
    pub language: Language,
    /// The day it is.
    pub today: NaiveDate,
    /// The day the page is asked for, `ngay` in the address; the day it is where none is named.
    pub day: NaiveDate,
    /// `GET` or `POST`.
    pub method: Method,
    pub path: String,
    /// The query of the address, read.
    pub query: Vec<(String, String)>,
    /// Where the request comes from, behind the proxies that are believed.
    pub address: IpAddr,
    /// What the browser calls itself, cut short.
    pub agent: Option<String>,
    /// Binds the forms of this visitor.
    pub secret: String,
    pub signed_in: Option<SignedIn>,
}

/// The years of which a day can be asked for: from the first decrees on.
const YEARS: RangeInclusive<i32> = 1945..=2145;
/// Letters that are kept of what a browser calls itself.
const LONGEST_AGENT: usize = 200;

/// What a handler gives back.
pub type Answer = Result<Response, Error>;

impl Deref for Visit {
    type Target = Known;

    fn deref(&self) -> &Known {
        &self.0
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Error::Internal("a route outside the visit".to_owned()))
    }
}

impl Visit {
    /// Who asks; an error that leads to the sign-in page where nobody is signed in.
    pub fn signed_in(&self) -> Result<&SignedIn, Error> {
        self.0.signed_in.as_ref().ok_or(Error::SignIn)
    }

    /// A text of the visitor's language.
    pub fn t(&self, key: &str) -> String {
        self.language.text(key).into_owned()
    }

    /// The value of a name in the query, if it is there and not blank.
    pub fn asked(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(found, _)| found == name)?;
        Some(found.1.trim()).filter(|value| !value.is_empty())
    }

    /// The frame of a page with this title, already in the visitor's language.
    pub fn frame(&self, title: impl Into<String>) -> Frame {
        Frame::of(self, title.into())
    }

    /// A page as an answer.
    pub fn page(&self, page: &impl Template) -> Answer {
        self.page_as(StatusCode::OK, page)
    }

    /// A page as an answer with another status: 422 for a form that comes back.
    pub fn page_as(&self, status: StatusCode, page: &impl Template) -> Answer {
        Ok((status, Html(page.render()?)).into_response())
    }
}

/// Learns what there is to know of a request, lets it through, and shows an error as a page of the visitor's language.
pub async fn begin(State(app): State<App>, request: Request, next: Next) -> Response {
    let fresh = secret::token();
    let (mut parts, body) = request.into_parts();
    let (signed_in, mut trouble) = match known_person(&app, &parts).await {
        Ok(signed_in) => (signed_in, None),
        Err(error) => (None, Some(error)),
    };
    // Only who is signed in is shown what the law says.
    let lawful = match signed_in {
        Some(_) => app.clone().under_the_law_in_force().await,
        None => Ok(app.clone()),
    };
    let app = lawful.unwrap_or_else(|error| {
        trouble = Some(error.into());
        app
    });
    let (visit, is_new) = learn(app, &parts, signed_in, &fresh);
    if let Some(error) = trouble {
        return error::shown(&visit, error.into_response()).await;
    }
    parts.extensions.insert(visit.clone());
    let mut response = error::shown(&visit, next.run(Request::from_parts(parts, body)).await).await;
    if is_new && response.status() != StatusCode::SEE_OTHER {
        let cookie = cookies::kept(&visit.app.settings, cookies::VISITOR, &fresh);
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// Who is signed in, by the cookies of the request.
async fn known_person(app: &App, parts: &Parts) -> Result<Option<SignedIn>, Error> {
    match cookies::read(&parts.headers, cookies::SESSION) {
        Some(token) => session::find(app, token, cookies::read(&parts.headers, cookies::ROLE)).await,
        None => Ok(None),
    }
}

/// The visit, and whether its visitor was never seen before and needs the fresh secret.
fn learn(app: App, parts: &Parts, signed_in: Option<SignedIn>, fresh: &str) -> (Visit, bool) {
    let headers = &parts.headers;
    let query = query::pairs(parts.uri.query().unwrap_or_default());
    let today = app.settings.clock.today();
    let asked = query.iter().find(|(name, _)| name == "ngay").and_then(|(_, day)| day.parse().ok());
    let asked = asked.filter(|day: &NaiveDate| YEARS.contains(&day.year()));
    let secret = match &signed_in {
        Some(signed_in) => &signed_in.form_secret,
        None => cookies::read(headers, cookies::VISITOR).unwrap_or(fresh),
    };
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok());
    let agent = agent.map(|agent| agent.chars().take(LONGEST_AGENT).collect());
    let lent = signed_in.as_ref().and_then(|signed_in| signed_in.held.lent.as_ref()).map(|(delegation, _)| *delegation);
    let app = match lent {
        Some(delegation) => app.acting_under(delegation),
        None => app,
    };
    let is_new = secret == fresh;
    let secret = secret.to_owned();
    let visit = Visit(Arc::new(Known {
        language: cookies::read(headers, cookies::LANGUAGE).and_then(Language::of).unwrap_or_default(),
        today,
        day: asked.unwrap_or(today),
        method: parts.method.clone(),
        path: parts.uri.path().to_owned(),
        query,
        address: origin(&app, parts),
        agent,
        secret,
        signed_in,
        app,
    }));
    (visit, is_new)
}

/// The nearest address that is not one of our own proxies.
fn origin(app: &App, parts: &Parts) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(address)| address.ip());
    let trusted = &app.settings.trusted_proxies;
    if !trusted.contains(&peer) {
        return peer;
    }
    let forwarded = parts.headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<IpAddr> =
        forwarded.flat_map(|value| value.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
    hops.into_iter().rev().find(|hop| !trusted.contains(hop)).unwrap_or(peer)
}
