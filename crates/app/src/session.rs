//! Signing in and out: from a cookie to the person, the role in use and the roles to choose from.

use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};

use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect};
use chrono::TimeDelta;
use sha2::{Digest, Sha256};
use store::access::Viewer;
use store::accounts::{self, Account, HeldRole, Session};
use store::error::StoreError;
use store::offices::Office;
use store::words::{self, Role};

use crate::cookies;
use crate::error::Error;
use crate::frame::Person;
use crate::query;
use crate::secret;
use crate::state::App;
use crate::visit::{Answer, Visit};

/// The office whose records this program serves; one until sign-in asks which.
pub const OFFICE: i32 = 1;
/// A working day with its overtime.
const LIFE: TimeDelta = TimeDelta::hours(12);

/// Someone signed in, in one of their roles.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub viewer: Viewer,
    pub login: String,
    pub name: String,
    pub office: Office,
    /// The role in use.
    pub held: HeldRole,
    /// Every role that the person can choose.
    pub roles: Vec<HeldRole>,
    /// Binds the forms of this session.
    pub form_secret: String,
}

/// The token of the link that makes the first administrator, while nobody has used it.
#[derive(Debug, Default)]
pub struct FirstLink(Mutex<Option<String>>);

impl SignedIn {
    /// The person as the top bar shows them.
    pub fn person(&self) -> Person {
        Person {
            name: self.name.clone(),
            role_key: role_key(self.held.role),
            unit: self.held.unit_name.clone(),
            roles: self.roles.len(),
        }
    }
}

impl FirstLink {
    /// Makes a token, of which only the hash is kept.
    pub fn make(&self) -> String {
        let token = secret::token();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(secret::kept(&token));
        token
    }

    /// Whether the token opens the page.
    pub fn opens(&self, token: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_deref() == Some(secret::kept(token).as_str())
    }

    /// Shuts the page for good.
    pub fn shut(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Who the cookies say is signed in; nobody where the session is over, the account shut or without a role.
pub async fn find(app: &App, token: &str, chosen: Option<&str>) -> Result<Option<SignedIn>, Error> {
    let clock = app.settings.clock;
    let Some(session) = accounts::find_session(&app.store, OFFICE, &hash(token), clock.now()).await? else {
        return Ok(None);
    };
    let Some(office) = app.office().await? else {
        return Ok(None);
    };
    let today = clock.today();
    let account = accounts::one(&app.store, OFFICE, session.account, today).await?.filter(|account| account.active);
    let Some(account) = account else {
        return Ok(None);
    };
    let roles = accounts::roles_on(&app.store, OFFICE, account.id, today).await?;
    let taken = roles.iter().find(|role| chosen == Some(mark(role).as_str())).or(roles.first());
    let Some(held) = taken.cloned() else {
        return Ok(None);
    };
    let viewer =
        Viewer { office: OFFICE, account: account.id, role: held.role, unit: held.unit, person: account.person };
    Ok(Some(SignedIn {
        viewer,
        login: account.login,
        name: account.display_name,
        office,
        held,
        roles,
        form_secret: session.csrf,
    }))
}

/// Begins the session and leads to the page that was wanted, by way of the roles where there are several.
pub async fn enter(visit: &Visit, account: &Account, back: &str) -> Answer {
    let roles = accounts::roles_on(&visit.app.store, OFFICE, account.id, visit.today).await?;
    let back = if query::is_ours(back) { back } else { "/" };
    let next = if roles.len() > 1 { query::address("/vai", &[("ve", back)]) } else { back.to_owned() };
    let token = begin(&visit.app, account).await?;
    // Asked here, so that the first page asks no more than the pages after it.
    visit.app.office().await?;
    visit.app.metrics.sign_ins.fetch_add(1, Ordering::Relaxed);
    let mut response = Redirect::to(&next).into_response();
    let settings = &visit.app.settings;
    response.headers_mut().append(SET_COOKIE, cookies::kept(settings, cookies::SESSION, &token));
    response.headers_mut().append(SET_COOKIE, cookies::dropped(settings, cookies::ROLE));
    Ok(response)
}

/// Ends the session of a token.
pub async fn end(app: &App, token: &str) -> Result<(), Error> {
    Ok(accounts::end_session(&app.store, OFFICE, &hash(token)).await?)
}

/// The link that makes the first administrator, or nothing once anything has been entered for the office.
pub async fn first_link(app: &App) -> Result<Option<String>, StoreError> {
    if !app.store.is_empty(OFFICE).await? {
        return Ok(None);
    }
    Ok(Some(format!("{}/khoi-tao/{}", app.settings.public_url.trim_end_matches('/'), app.first_link.make())))
}

/// The value of the cookie that remembers which role is in use.
pub fn mark(role: &HeldRole) -> String {
    match role.unit {
        Some(unit) => format!("{}.{}", words::text(role.role), unit.simple()),
        None => words::text(role.role),
    }
}

/// The name of a role.
pub fn role_key(role: Role) -> &'static str {
    match role {
        Role::Clerk => "role-clerk",
        Role::Head => "role-head-of-unit",
        Role::Employee => "role-employee",
        Role::Officer => "role-emulation-officer",
        Role::CouncilSecretary => "role-council-secretary",
        Role::CouncilMember => "role-council-member",
        Role::DecidingAuthority => "role-deciding-authority",
        Role::Auditor => "role-auditor",
        Role::Administrator => "role-administrator",
    }
}

/// The icon of a role.
pub fn role_icon(role: Role) -> &'static str {
    match role {
        Role::Clerk => "clipboard-list",
        Role::Head => "building",
        Role::Employee => "user-circle",
        Role::Officer => "certificate",
        Role::CouncilSecretary => "file-text",
        Role::CouncilMember => "users",
        Role::DecidingAuthority => "gavel",
        Role::Auditor => "eye",
        Role::Administrator => "settings",
    }
}

/// The names of the cookies that a sign-out clears.
pub const COOKIES: [&str; 2] = [cookies::SESSION, cookies::ROLE];

/// Begins a session of an account and returns the token for its cookie.
async fn begin(app: &App, account: &Account) -> Result<String, Error> {
    let token = secret::token();
    let now = app.settings.clock.now();
    let session = Session {
        office: OFFICE,
        token_hash: hash(&token),
        account: account.id,
        csrf: secret::token(),
        begun: now,
        expires: now + LIFE,
    };
    accounts::delete_expired_sessions(&app.store, now).await?;
    accounts::begin_session(&app.store, &session).await?;
    Ok(token)
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}
