//! The page of a form as every page that enters records shows it: its fields, what it is refused for, the way back.

use askama::Template;
use axum::response::{IntoResponse, Redirect};
use serde_json::{Map, Value as Json};
use store::access;
use store::alike::Alike;
use store::entry::{self, Named, Subject};
use store::error::StoreError;
use uuid::Uuid;

use super::Kind;
use super::drawn::Drawn;
use super::form::{Control, Form};
use crate::error::{Error, Refusal};
use crate::frame::Frame;
use crate::subject::HOUSEHOLDS;
use crate::visit::{Answer, Visit};

/// A form with what is said about it.
#[derive(Template)]
#[template(path = "record.html")]
pub struct RecordPage {
    pub frame: Frame,
    pub whose: String,
    pub whose_href: String,
    /// What the whole form is refused for; empty where nothing is.
    pub refused: String,
    /// What is unusual and must be confirmed; empty where nothing is.
    pub doubt: String,
    /// People who may be the one about to be entered.
    pub alike: Vec<Known>,
    pub saved: bool,
    pub conflict: Vec<Compared>,
    pub inputs: Vec<Drawn>,
    pub why: String,
    pub why_wrong: String,
    /// The last step that the form has seen; empty for a new record.
    pub after: String,
    /// Whether another record of the kind can follow at once.
    pub again: bool,
    pub back: String,
    pub note: String,
}

/// Someone known, beside the person about to be entered.
pub struct Known {
    pub name: String,
    pub born: String,
    pub unit: String,
    pub post: String,
    /// Empty where the page of the person is out of reach.
    pub href: String,
    pub same_number: bool,
}

/// A field as it stands and as it was typed.
pub struct Compared {
    pub label: String,
    pub theirs: String,
    pub mine: String,
    pub differs: bool,
}

impl Known {
    /// Someone known, as they stand in the records.
    pub fn of(visit: &Visit, known: Alike) -> Self {
        let told = |text: Option<String>| text.unwrap_or_else(|| visit.t("entry-none"));
        Self {
            born: told(known.born.map(|year| year.to_string())),
            unit: told(known.unit),
            post: told(known.post),
            href: if known.in_reach { format!("/ca-nhan/{}", known.id) } else { String::new() },
            same_number: known.number.is_some(),
            name: known.full_name,
        }
    }
}

impl RecordPage {
    /// A form about nobody yet, with nothing wrong.
    pub fn plain(frame: Frame, inputs: Vec<Drawn>, why: String, back: String) -> Self {
        Self {
            frame,
            whose: String::new(),
            whose_href: String::new(),
            refused: String::new(),
            doubt: String::new(),
            alike: Vec::new(),
            saved: false,
            conflict: Vec::new(),
            inputs,
            why,
            why_wrong: String::new(),
            after: String::new(),
            again: false,
            back,
            note: String::new(),
        }
    }
}

/// That the place is one into which the viewer may enter people; only the whole office enters people without one.
pub async fn placed(visit: &Visit, form: &mut Form, place: &Map<String, Json>) -> Result<bool, Error> {
    let viewer = &visit.signed_in()?.viewer;
    let text = |name: &str| place.get(name).and_then(Json::as_str);
    match (text("unit").and_then(|unit| unit.parse::<Uuid>().ok()), text("from_day")) {
        (None, None) if entry::may_place_nowhere(viewer) => {}
        (None, _) => form.complain("unit", visit.t("entry-wrong-needed")),
        (Some(_), None) => form.complain("from_day", visit.t("entry-wrong-needed")),
        (Some(unit), Some(_)) => {
            if !entry::may_place_in(&visit.app.store, viewer, unit, visit.today).await? {
                form.complain("unit", visit.t("entry-wrong-choice"));
            }
        }
    }
    Ok(form.sound())
}

/// That the viewer writes records of a kind about a subject today: by role first, then by reach.
pub async fn writable(visit: &Visit, kind: &Kind, subject: Subject) -> Result<Named, Error> {
    let viewer = &visit.signed_in()?.viewer;
    let whole = kind.fields.iter().any(|field| !field.personal);
    let hidden = !whole && !access::sees_personal_data(viewer, subject.id());
    if !access::writes(viewer, kind.noun) || hidden {
        return Err(Error::Forbidden(Refusal::Role));
    }
    Ok(entry::writable(&visit.app.store, viewer, kind.noun, subject, visit.today).await?)
}

/// Why the store did not take a record, in words; what is no refusal stays an error.
pub fn refusal(visit: &Visit, kind: &Kind, error: StoreError) -> Result<String, Error> {
    let key = match (&error, kind.noun) {
        (StoreError::Duplicate(_), "initiative_use") => "entry-wrong-used",
        (StoreError::Duplicate(_), "identity") => "entry-wrong-identity-known",
        (StoreError::Duplicate(_), _) => "entry-wrong-duplicate",
        (StoreError::DanglingReference(_), _) => "entry-wrong-depended-on",
        (StoreError::Refused(_), "membership") => "entry-wrong-membership",
        (StoreError::Refused(why), "unit_name") if why.ends_with("under itself") => "entry-wrong-ring",
        (StoreError::Refused(_), "unit_name") => "entry-wrong-two-names",
        (StoreError::Refused(_), _) => "entry-wrong-refused",
        _ => return Err(error.into()),
    };
    Ok(visit.t(key))
}

/// Where a written record is seen.
pub fn leads(subject: Subject, kind: &Kind) -> Answer {
    Ok(Redirect::to(&format!("{}&da-ghi=1", listing_href(subject, kind))).into_response())
}

/// The page of a subject.
pub fn base(subject: Subject) -> String {
    match subject {
        Subject::Person(id) => format!("/ca-nhan/{id}"),
        Subject::Unit(id) => format!("/tap-the/{id}"),
    }
}

/// The list of a subject's records of a kind.
pub fn listing_href(subject: Subject, kind: &Kind) -> String {
    format!("{}/ho-so?loai={}", base(subject), kind.word)
}

/// The way back to the subject.
pub fn crumbs(frame: Frame, whose: &Named, visit: &Visit) -> Frame {
    let (key, list) = match whose.subject {
        Subject::Person(_) if whose.household => ("households-title", HOUSEHOLDS),
        Subject::Person(_) => ("people-title", "/ca-nhan"),
        Subject::Unit(_) => ("units-title", "/tap-the"),
    };
    frame.crumb(visit.t(key), list).crumb(whose.name.clone(), base(whose.subject))
}

/// The way back to the subject and to its records.
pub fn record_crumbs(frame: Frame, whose: &Named, visit: &Visit) -> Frame {
    crumbs(frame, whose, visit).crumb(visit.t("entry-records"), format!("{}/ho-so", base(whose.subject)))
}
