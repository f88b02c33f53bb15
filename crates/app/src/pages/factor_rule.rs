//! Which roles must have a second factor, as the administrator sets it from today on.

use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use store::accounts::factor;
use store::words::{self, ROLES, Role};

use crate::accounts::Choice;
use crate::error::Error;
use crate::frame::Frame;
use crate::session::{self, OFFICE};
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "factor_rule.html")]
struct RulePage {
    frame: Frame,
    roles: Vec<Choice>,
    wrong: String,
}

/// `GET /quan-tri/hai-lop`.
pub async fn show(visit: Visit) -> Answer {
    let required = factor::required_roles(&visit.app.store, OFFICE, visit.today).await?;
    visit.page(&page(&visit, &required, String::new()))
}

/// `POST /quan-tri/hai-lop`.
pub async fn set(visit: Visit, form: Result<Form<Vec<(String, String)>>, FormRejection>) -> Answer {
    let Form(fields) = form?;
    let required: Vec<Role> =
        fields.iter().filter(|(name, _)| name == "role").filter_map(|(_, role)| words::parse(role).ok()).collect();
    let why = fields.iter().find(|(name, _)| name == "ly_do").map_or("", |(_, why)| why.trim());
    if why.is_empty() {
        let page = page(&visit, &required, visit.t("account-wrong-why"));
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let rules = ROLES.map(|role| (role, required.contains(&role)));
    let viewer = &visit.signed_in().map_err(|_| Error::SignIn)?.viewer;
    let at = visit.app.settings.clock.now();
    factor::require(&visit.app.store, viewer, at, why, &rules, visit.today).await?;
    Ok(Redirect::to("/quan-tri/hai-lop").into_response())
}

fn page(visit: &Visit, required: &[Role], wrong: String) -> RulePage {
    let choice = |role| Choice {
        value: words::text(role),
        label: visit.t(session::role_key(role)),
        chosen: required.contains(&role),
    };
    let frame = visit.frame(visit.t("factor-rule")).crumb(visit.t("menu-accounts"), "/quan-tri/tai-khoan");
    RulePage { frame, roles: ROLES.map(choice).into(), wrong }
}
