//! Files brought in: the list with who, when and how far, and the form that takes one.

use askama::Template;
use axum::extract::Multipart;
use axum::extract::multipart::MultipartRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use store::access;
use store::imports::files::{self, ImportFile, NewFile};
use store::imports::{KINDS, Kind};
use store::page::{Listed, Page, Total};
use store::words;
use uuid::Uuid;

use crate::error::{Error, Refusal};
use crate::field::Field;
use crate::frame::Frame;
use crate::imports::receiving::{self, Broken, Received};
use crate::imports::words as told;
use crate::secret::form_token_holds;
use crate::visit::{Answer, Visit};

/// Rows of one page.
const ROWS: u32 = 50;
/// The longest name of a file that is kept, in letters.
const LONGEST_NAME: usize = 120;

#[derive(Template)]
#[template(path = "imports.html")]
struct ImportsPage {
    frame: Frame,
    kinds: Vec<(String, String, bool)>,
    kind: Field,
    file: Field,
    rows: Vec<Row>,
    shown: String,
    first: String,
    after: String,
}

struct Row {
    href: String,
    name: String,
    kind: String,
    who: String,
    when: String,
    state: String,
}

/// What the upload form brought.
#[derive(Default)]
struct Sent {
    kind: Option<Kind>,
    file: Option<(Uuid, String, Received)>,
    broken: Option<Broken>,
}

/// `GET /nhap-du-lieu`.
pub async fn show(visit: Visit) -> Answer {
    let page = page(&visit, None, String::new()).await?;
    visit.page(&page)
}

/// `POST /nhap-du-lieu`: takes a file; the form's token comes first.
pub async fn receive(visit: Visit, form: Result<Multipart, MultipartRejection>) -> Answer {
    let viewer = &visit.signed_in()?.viewer;
    let form = form.map_err(|why| Error::Invalid(why.body_text()))?;
    let sent = read(&visit, form).await?;
    let wrong = match (&sent.broken, &sent.file, sent.kind) {
        (Some(Broken::TooLarge), ..) => {
            visit.language.text_with("import-too-large", &[("limit", &(receiving::LARGEST >> 20))])
        }
        (Some(Broken::Machine(error)), ..) if error.kind() == std::io::ErrorKind::StorageFull => {
            visit.t("import-disk-full")
        }
        (Some(Broken::Machine(error)), ..) => {
            return Err(Error::Internal(format!("the folder of files: {error}")));
        }
        (Some(Broken::Cut), ..) => visit.t("import-cut"),
        (None, None, _) => visit.t("import-no-file"),
        (None, Some((.., received)), _) if received.size == 0 => visit.t("import-empty"),
        (None, Some(_), None) => visit.t("import-no-kind"),
        (None, Some(_), Some(_)) => String::new(),
    };
    let (Some((id, file_name, received)), Some(kind), true) = (sent.file, sent.kind, wrong.is_empty()) else {
        let page = page(&visit, sent.kind, wrong).await?;
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let file = NewFile {
        id,
        kind,
        file_name,
        sha256: received.sha256,
        size: i64::try_from(received.size).unwrap_or(i64::MAX),
        stored_as: id.to_string(),
        unit: viewer.unit,
        made: visit.app.settings.clock.now(),
    };
    files::receive(&visit.app.store, viewer, &file).await?;
    Ok(Redirect::to(&format!("/nhap-du-lieu/{id}")).into_response())
}

async fn read(visit: &Visit, mut form: Multipart) -> Result<Sent, Error> {
    let viewer = &visit.signed_in()?.viewer;
    let (mut token, mut sent) = (false, Sent::default());
    while let Some(field) = form.next_field().await.map_err(|_| Error::Invalid(visit.t("import-cut")))? {
        let name = field.name().unwrap_or_default().to_owned();
        // Nothing is read of a form that did not come from one of our pages.
        if name != "csrf" && !token {
            return Err(Error::Forbidden(Refusal::Form));
        }
        match name.as_str() {
            "csrf" => token = form_token_holds(&visit.secret, &text(field).await?),
            "loai" => {
                let kind = words::parse::<Kind>(&text(field).await?).ok();
                if kind.is_some_and(|kind| !access::imports(viewer, kind)) {
                    return Err(Error::Forbidden(Refusal::Role));
                }
                sent.kind = kind;
            }
            "tep" if field.file_name().is_some_and(|name| !name.is_empty()) => {
                let (id, name) = (Uuid::now_v7(), plain(field.file_name().unwrap_or_default()));
                match receiving::receive(&visit.app.settings.files, id, field).await {
                    Ok(received) => sent.file = Some((id, name, received)),
                    Err(broken) => {
                        sent.broken = Some(broken);
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    if token { Ok(sent) } else { Err(Error::Forbidden(Refusal::Form)) }
}

async fn text(field: axum::extract::multipart::Field<'_>) -> Result<String, Error> {
    field.text().await.map_err(|why| Error::Invalid(why.body_text()))
}

/// The last part of the name under which a file came, without what no name should hold.
fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|letter| !letter.is_control()).take(LONGEST_NAME).collect()
}

async fn page(visit: &Visit, kind: Option<Kind>, wrong: String) -> Result<ImportsPage, Error> {
    let viewer = &visit.signed_in()?.viewer;
    let after = visit.asked("sau").and_then(|id| id.parse().ok());
    let listed = files::list(&visit.app.store, viewer, Page { after, size: ROWS }).await?;
    let frame = visit.frame(visit.t("import-title"));
    let kinds = KINDS.into_iter().filter(|kind| access::imports(viewer, *kind));
    let kinds = kinds.map(|one| (words::text(one), told::kind(visit.language, one), kind == Some(one)));
    Ok(ImportsPage {
        kinds: kinds.collect(),
        kind: Field { name: "loai", typed: String::new(), wrong: String::new() },
        file: Field { name: "tep", typed: String::new(), wrong },
        shown: shown(visit, &listed),
        first: visit.asked("sau").map_or_else(String::new, |_| "/nhap-du-lieu".to_owned()),
        after: listed.next.map_or_else(String::new, |id| format!("/nhap-du-lieu?sau={id}")),
        rows: listed.rows.into_iter().map(|file| row(visit, file)).collect(),
        frame,
    })
}

fn row(visit: &Visit, file: ImportFile) -> Row {
    Row {
        href: format!("/nhap-du-lieu/{}", file.id),
        kind: told::kind(visit.language, file.kind),
        when: visit.language.day(crate::clock::day_of(file.made)),
        state: told::file_state(visit.language, file.state),
        name: file.file_name,
        who: file.who,
    }
}

fn shown(visit: &Visit, listed: &Listed<ImportFile>) -> String {
    let total = match listed.total {
        Total::Exactly(total) => total,
        Total::MoreThan(least) => least,
    };
    visit.language.text_with("import-shown", &[("rows", &listed.rows.len()), ("total", &total)])
}
