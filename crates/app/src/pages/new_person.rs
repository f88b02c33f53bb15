//! A new person: looked for among the known first, entered with unit and numbers in one step.

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use chrono::Datelike;
use rules::facts::Day;
use serde_json::{Map, Value as Json};
use store::alike::{self, Alike};
use store::words::{self, IdentityKind};

use crate::entry::book::{Book, SEALED_FOR};
use crate::entry::drawn::drawn;
use crate::entry::form::{Form, Typed, digits};
use crate::entry::page::{Known, RecordPage, placed, refusal};
use crate::entry::{Field, Kind, Of, Sort, When, kinds};
use crate::error::Error;
use crate::visit::{Answer, Visit};

/// Where the person sits from the beginning, and the numbers.
static PLACE: Kind = Kind::new(
    "moi",
    "membership",
    "entry-membership",
    "building",
    Of::Person,
    &[
        Field::new("unit", "field-unit", Sort::Unit).optional(),
        Field::new("from_day", "field-from", Sort::Day(When::Any)).optional(),
        Field::new("cccd", "choice-identity-cccd", Sort::Text(20)).optional().personal(),
        Field::new("so_hieu", "choice-identity-so-hieu", Sort::Text(20)).optional().personal(),
    ],
);

/// The two forms of the page.
struct Forms {
    person: Form,
    place: Form,
}

/// `GET /ca-nhan/moi`.
pub async fn show(visit: Visit) -> Answer {
    let (kind, book) = opened(&visit).await?;
    let mut person = Form::typed(kind, &Typed::of_query(&visit.query), &book);
    for input in &mut person.inputs {
        if input.field.name == "excluded_from_roster" {
            input.typed = "0".to_owned();
        }
    }
    let place = Form::typed(&PLACE, &Typed::of_query(&visit.query), &book);
    let mut page = page(&visit, &book, &Forms { person, place });
    page.saved = visit.asked("da-ghi").is_some();
    visit.page(&page)
}

/// `POST /ca-nhan/moi`.
pub async fn enter(visit: Visit, body: Bytes) -> Answer {
    let (kind, book) = opened(&visit).await?;
    let typed = Typed::read(&body);
    let mut forms = Forms { person: Form::typed(kind, &typed, &book), place: Form::typed(&PLACE, &typed, &book) };
    let mut person: Map<String, Json> = serde_json::from_str(kind.fixed).unwrap_or_default();
    let mut place = Map::new();
    let mut sound = forms.person.read(&book, &mut person) & forms.place.read(&book, &mut place);
    sound &= placed(&visit, &mut forms.place, &place).await?;
    let numbers = numbers(&book, &mut forms.place)?;
    sound &= forms.place.sound();
    if !sound {
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page(&visit, &book, &forms));
    }
    let known = known(&visit, &person, &numbers).await?;
    let same_number = known.iter().any(|known| known.number.is_some());
    let meant = !typed.get("van-ghi").is_empty();
    let doubt = (kind.doubt)(&person).or((!known.is_empty()).then_some("entry-doubt-alike"));
    if same_number || (doubt.is_some() && !meant) {
        let mut page = page(&visit, &book, &forms);
        page.alike = known.into_iter().map(|known| Known::of(&visit, known)).collect();
        match same_number {
            true => page.refused = visit.t("entry-wrong-identity-known"),
            false => page.doubt = doubt.map_or_else(String::new, |key| visit.t(key)),
        }
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    write(&visit, &book, forms, person, place, numbers, !typed.get("tiep").is_empty()).await
}

async fn opened(visit: &Visit) -> Result<(&'static Kind, Book), Error> {
    let kind = kinds::by_noun("person").ok_or(Error::NotFound)?;
    Ok((kind, Book::open(visit, None, &[&PLACE]).await?))
}

/// The numbers typed, each with its seal and the hash under which it is found.
fn numbers(book: &Book, form: &mut Form) -> Result<Vec<(IdentityKind, String, String)>, Error> {
    let mut numbers = Vec::new();
    for (name, kind, least) in [("cccd", IdentityKind::Cccd, 12), ("so_hieu", IdentityKind::SoHieu, 4)] {
        let Some(input) = form.inputs.iter_mut().find(|input| input.field.name == name) else { continue };
        if input.typed.is_empty() || !input.wrong.is_empty() {
            continue;
        }
        let number = digits(&input.typed);
        if number.chars().count() < least {
            input.wrong = book.language.text("entry-wrong-identity").into_owned();
            continue;
        }
        let keys = book.app.keys().map_err(|why| Error::Internal(format!("keys: {why}")))?;
        numbers.push((kind, keys.seal(SEALED_FOR, &number), keys.lookup(&words::text(kind), &number)));
    }
    Ok(numbers)
}

async fn known(
    visit: &Visit,
    person: &Map<String, Json>,
    numbers: &[(IdentityKind, String, String)],
) -> Result<Vec<Alike>, Error> {
    let name = person.get("full_name").and_then(Json::as_str).unwrap_or_default();
    let born = person.get("born").and_then(Json::as_str).and_then(|day| day.parse::<Day>().ok());
    let lookups: Vec<(IdentityKind, String)> =
        numbers.iter().map(|(kind, _, lookup)| (*kind, lookup.clone())).collect();
    let viewer = &visit.signed_in()?.viewer;
    Ok(alike::people(&visit.app.store, viewer, name, born.map(|day| day.year()), &lookups, visit.today).await?)
}

async fn write(
    visit: &Visit,
    book: &Book,
    forms: Forms,
    person: Map<String, Json>,
    place: Map<String, Json>,
    numbers: Vec<(IdentityKind, String, String)>,
    again: bool,
) -> Answer {
    let viewer = &visit.signed_in()?.viewer;
    let at = visit.app.settings.clock.now();
    let why = &forms.person.why;
    let written = visit.app.store.step(viewer.office, Some(viewer.account), at, why, async |step| {
        let id = step.add_named("person", person)?;
        let unit = place.get("unit").cloned().unwrap_or_default();
        if !unit.is_null() {
            let from_day = place.get("from_day").cloned().unwrap_or_default();
            let stay = [
                ("person", id.to_string().into()),
                ("unit", unit.clone()),
                ("review_unit", unit),
                ("kind", "chinh".into()),
                ("from_day", from_day),
            ];
            step.add_named("membership", stay.map(|(name, value)| (name.to_owned(), value)).into_iter().collect())?;
        }
        for (kind, sealed, lookup) in numbers {
            step.add(store::records::NewIdentity { id: step.id(), person: id, kind, sealed, lookup })?;
        }
        Ok(id)
    });
    match written.await {
        Ok(_) if again => Ok(Redirect::to("/ca-nhan/moi?da-ghi=1").into_response()),
        Ok(id) => Ok(Redirect::to(&format!("/ca-nhan/{id}/ho-so?da-ghi=1")).into_response()),
        Err(error) => {
            let kind = kinds::by_noun("identity").ok_or(Error::NotFound)?;
            let refused = refusal(visit, kind, error)?;
            let mut page = page(visit, book, &forms);
            page.refused = refused;
            visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

fn page(visit: &Visit, book: &Book, forms: &Forms) -> RecordPage {
    let mut inputs = drawn(&forms.person.inputs, book);
    inputs.extend(drawn(&forms.place.inputs, book));
    let frame = visit.frame(visit.t("entry-new-person")).crumb(visit.t("people-title"), "/ca-nhan");
    RecordPage {
        why_wrong: forms.person.why_wrong.clone(),
        again: true,
        ..RecordPage::plain(frame, inputs, forms.person.why.clone(), "/ca-nhan".to_owned())
    }
}
