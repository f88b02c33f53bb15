//! Taking a second factor: the secret as a picture and as text, proved by a code, then the recovery codes, once.

use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use sha2::{Digest, Sha256};
use store::accounts::factor::{self, Taken};
use store::journal::hex;

use crate::accounts::Act;
use crate::error::Error;
use crate::frame::Frame;
use crate::session::OFFICE;
use crate::totp;
use crate::visit::{Answer, Visit};

/// Recovery codes given with a second factor.
const CODES: usize = 8;

#[derive(Template)]
#[template(path = "my_factor.html")]
struct FactorPage {
    frame: Frame,
    required: bool,
    secret: String,
    sealed: String,
    picture: String,
    wrong: String,
}

#[derive(Template)]
#[template(path = "my_codes.html")]
struct CodesPage {
    frame: Frame,
    codes: Vec<String>,
}

/// `GET /tai-khoan/ma`.
pub async fn show(visit: Visit) -> Answer {
    let account = visit.signed_in()?.viewer.account;
    if factor::secret(&visit.app.store, OFFICE, account).await?.is_some() {
        return Err(Error::Conflict(visit.t("factor-already")));
    }
    let secret = totp::secret();
    let sealed = keys(&visit)?.seal(&totp::purpose(account), &secret);
    let page = page(&visit, secret, sealed, String::new())?;
    visit.page(&page)
}

/// `POST /tai-khoan/ma`.
pub async fn take(visit: Visit, form: Result<Form<Act>, FormRejection>) -> Answer {
    let Form(act) = form?;
    let viewer = &visit.signed_in()?.viewer;
    let keys = keys(&visit)?;
    let secret = keys.unseal(&totp::purpose(viewer.account), &act.sealed).ok_or(Error::NotFound)?;
    let at = visit.app.settings.clock.now();
    let Some(slot) = totp::slot(&secret, &act.code, at.timestamp()) else {
        let page = page(&visit, secret, act.sealed, visit.t("code-wrong"))?;
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let codes: Vec<String> = (0..CODES).map(|_| totp::recovery_code()).collect();
    let recovery = codes.iter().map(|code| keys.lookup(&totp::recovery(viewer.account), &totp::plain(code))).collect();
    let sealed_hash = hex(&Sha256::digest(&act.sealed));
    let taken = Taken { sealed: act.sealed, sealed_hash, slot, recovery };
    factor::take(&visit.app.store, viewer, at, &taken).await?;
    let frame = visit.frame(visit.t("codes-title")).crumb(visit.t("my-account"), "/tai-khoan");
    visit.page(&CodesPage { frame, codes })
}

fn page(visit: &Visit, secret: String, sealed: String, wrong: String) -> Result<FactorPage, Error> {
    let signed_in = visit.signed_in()?;
    let address = totp::address(&signed_in.office.code, &signed_in.login, &secret);
    let frame = visit.frame(visit.t("factor-take")).crumb(visit.t("my-account"), "/tai-khoan");
    let picture = totp::picture(&address, &visit.t("factor-picture")).unwrap_or_default();
    Ok(FactorPage { frame, required: signed_in.must_enrol, secret, sealed, picture, wrong })
}

fn keys(visit: &Visit) -> Result<&crate::keys::Keys, Error> {
    visit.app.keys().map_err(|error| Error::Internal(error.to_string()))
}
