//! Choosing in which of several roles to work.

use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;

use crate::error::Error;
use crate::frame::Frame;
use crate::visit::{Answer, Visit};
use crate::{cookies, query, session};

/// The choice as it was sent.
#[derive(Deserialize)]
pub struct Choice {
    role: String,
    #[serde(default)]
    ve: String,
}

#[derive(Template)]
#[template(path = "role.html")]
struct RolePage {
    frame: Frame,
    back: String,
    roles: Vec<RoleButton>,
}

struct RoleButton {
    mark: String,
    name: String,
    unit: String,
    lender: Option<String>,
    icon: &'static str,
    taken: bool,
}

/// `GET /vai`.
pub async fn show(visit: Visit) -> Answer {
    let signed_in = visit.signed_in()?;
    let whole = visit.t("sign-in-role-whole-office");
    let buttons = signed_in.roles.iter().map(|held| RoleButton {
        mark: session::mark(held),
        name: visit.t(session::role_key(held.role)),
        lender: held.lent.as_ref().map(|(_, lender)| lender.clone()),
        unit: held.unit_name.clone().unwrap_or_else(|| whole.clone()),
        icon: session::role_icon(held.role),
        taken: *held == signed_in.held,
    });
    visit.page(&RolePage {
        frame: visit.frame(visit.t("sign-in-role-title")),
        back: visit.asked("ve").unwrap_or("/").to_owned(),
        roles: buttons.collect(),
    })
}

/// `POST /vai`.
pub async fn take(visit: Visit, form: Result<Form<Choice>, FormRejection>) -> Answer {
    let Form(choice) = form?;
    let held = visit.signed_in()?.roles.iter().find(|held| session::mark(held) == choice.role);
    let held = held.ok_or(Error::NotFound)?;
    let cookie = cookies::kept(&visit.app.settings, cookies::ROLE, &session::mark(held));
    let back = if query::is_ours(&choice.ve) { choice.ve.as_str() } else { "/" };
    Ok(([(SET_COOKIE, cookie)], Redirect::to(back)).into_response())
}
