//! Signing in and out: from a cookie to the person, the role in use and the roles to choose from.

use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};

use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect};
use chrono::TimeDelta;
use sha2::{Digest, Sha256};
use store::access::Viewer;
use store::accounts::{self, Account, HeldRole, Session, Stage, factor, sessions};
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
/// How long the code of the second factor is awaited.
const LIFE_OF_HALF: TimeDelta = TimeDelta::minutes(5);

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
    /// SHA-256 of the session's token.
    pub session: [u8; 32],
    /// Whether a second factor must be taken before anything else.
    pub must_enrol: bool,
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
            lender: self.held.lent.as_ref().map(|(_, name)| name.clone()),
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
    let Some(session) = sessions::find(&app.store, OFFICE, &hash(token), clock.now()).await? else {
        return Ok(None);
    };
    if session.stage == Stage::AwaitsCode {
        return Ok(None);
    }
    sessions::seen(&app.store, &session, clock.now()).await?;
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
        session: session.token_hash,
        must_enrol: session.stage == Stage::MustEnrol,
    }))
}

/// Lets in whoever gave the right password: at once, or by way of the second factor where the account has or needs one.
pub async fn enter(visit: &Visit, account: &Account, back: &str) -> Answer {
    let store = &visit.app.store;
    if factor::secret(store, OFFICE, account.id).await?.is_some() {
        let token = begin(visit, account, Stage::AwaitsCode).await?;
        return led(visit, &query::address("/dang-nhap/ma", &[("ve", ours(back))]), &token);
    }
    if factor::must_have(store, OFFICE, account.id, visit.today).await? {
        let token = begin(visit, account, Stage::MustEnrol).await?;
        return led(visit, "/tai-khoan/ma", &token);
    }
    let_in(visit, account, back).await
}

/// Begins the session and leads to the page that was wanted, by way of the roles where there are several.
pub async fn let_in(visit: &Visit, account: &Account, back: &str) -> Answer {
    let roles = accounts::roles_on(&visit.app.store, OFFICE, account.id, visit.today).await?;
    let back = ours(back);
    let next = if roles.len() > 1 { query::address("/vai", &[("ve", back)]) } else { back.to_owned() };
    let token = begin(visit, account, Stage::Complete).await?;
    // Asked here, so that the first page asks no more than the pages after it.
    visit.app.office().await?;
    visit.app.metrics.sign_ins.fetch_add(1, Ordering::Relaxed);
    led(visit, &next, &token)
}

/// The session of a token that awaits its code.
pub async fn awaiting(app: &App, token: &str) -> Result<Option<Session>, Error> {
    let found = sessions::find(&app.store, OFFICE, &hash(token), app.settings.clock.now()).await?;
    Ok(found.filter(|session| session.stage == Stage::AwaitsCode))
}

/// Ends the session of a token.
pub async fn end(app: &App, token: &str) -> Result<(), Error> {
    Ok(sessions::end(&app.store, OFFICE, &hash(token)).await?)
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
    if let Some((delegation, _)) = &role.lent {
        return format!("uy.{}", delegation.simple());
    }
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
async fn begin(visit: &Visit, account: &Account, stage: Stage) -> Result<String, Error> {
    let token = secret::token();
    let now = visit.app.settings.clock.now();
    let life = if stage == Stage::AwaitsCode { LIFE_OF_HALF } else { LIFE };
    let session = Session {
        office: OFFICE,
        token_hash: hash(&token),
        account: account.id,
        csrf: secret::token(),
        begun: now,
        expires: now + life,
        last_seen: now,
        address: Some(visit.address.to_string()),
        agent: visit.agent.clone(),
        stage,
    };
    sessions::begin(&visit.app.store, &session).await?;
    Ok(token)
}

fn led(visit: &Visit, next: &str, token: &str) -> Answer {
    let mut response = Redirect::to(next).into_response();
    let settings = &visit.app.settings;
    response.headers_mut().append(SET_COOKIE, cookies::kept(settings, cookies::SESSION, token));
    response.headers_mut().append(SET_COOKIE, cookies::dropped(settings, cookies::ROLE));
    Ok(response)
}

fn ours(back: &str) -> &str {
    if query::is_ours(back) { back } else { "/" }
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}
