//! Units merge or split: who goes before, who follows, from which day, by which document, with honours and people.

use askama::Template;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use rules::facts::Day;
use store::entry::{self, UnitChoice};
use store::error::StoreError;
use store::people::{self, PersonRow};
use store::records::{NewUnit, NewUnitName};
use store::reorganisation::Reorganisation;
use store::units::{self, Unit};
use store::words::{Certainty, LineageKind};
use uuid::Uuid;

use crate::entry::form::{Typed, why_wrong};
use crate::error::Error;
use crate::field;
use crate::frame::Frame;
use crate::visit::{Answer, Visit};
use crate::wording;

/// New units that a form has room for.
const ROOM: usize = 3;

#[derive(Template)]
#[template(path = "reorganisation.html")]
struct ReorganisationPage {
    frame: Frame,
    splits: bool,
    units: Vec<Choice>,
    fresh: Vec<Fresh>,
    day: String,
    document: String,
    keeps: String,
    why: String,
    why_wrong: String,
    /// What is wrong with the units, the day and the choice of honours.
    wrong_before: String,
    wrong_after: String,
    wrong_day: String,
    wrong_keeps: String,
    refused: String,
    people: Vec<Goes>,
}

struct Choice {
    id: String,
    name: String,
    before: bool,
    after: bool,
}

/// A unit that the order founds.
#[derive(Clone)]
struct Fresh {
    place: usize,
    name: String,
    code: String,
}

/// Someone of the unit that splits, with the place of the successor chosen.
struct Goes {
    id: String,
    name: String,
    to: usize,
}

/// What was read of the form.
struct Read {
    predecessors: Vec<Uuid>,
    successors: Vec<Uuid>,
    fresh: Vec<Fresh>,
    day: Option<Day>,
    keeps: Option<bool>,
    document: Option<String>,
}

/// `GET /tap-the/sap-xep`.
pub async fn show(visit: Visit) -> Answer {
    let typed = Typed::of_query(&visit.query);
    let units = open_units(&visit).await?;
    let page = page(&visit, &units, &typed).await?;
    visit.page(&page)
}

/// `POST /tap-the/sap-xep`.
pub async fn enter(visit: Visit, body: Bytes) -> Answer {
    let typed = Typed::read(&body);
    let units = open_units(&visit).await?;
    let mut page = page(&visit, &units, &typed).await?;
    let read = read(&units, &typed, page.splits);
    complain(&visit, &mut page, &read);
    let wrong = [&page.wrong_before, &page.wrong_after, &page.wrong_day, &page.wrong_keeps, &page.why_wrong];
    let sound = wrong.iter().all(|wrong| wrong.is_empty());
    let (Some(day), Some(keeps), true) = (read.day, read.keeps, sound) else {
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let viewer = &visit.signed_in()?.viewer;
    let Some(first) = read.predecessors.first() else { return Err(Error::NotFound) };
    let model = units::one(&visit.app.store, viewer, *first, visit.today).await?.ok_or(Error::NotFound)?;
    let model = model.names.last().cloned().ok_or(Error::NotFound)?;
    let goes: Vec<(Uuid, usize)> = page
        .people
        .iter()
        .filter(|goes| goes.to > 0)
        .filter_map(|goes| Some((goes.id.parse().ok()?, goes.to)))
        .collect();
    let kind = if page.splits { LineageKind::ChiaTach } else { LineageKind::SapNhap };
    let at = visit.app.settings.clock.now();
    let written = visit.app.store.step(viewer.office, Some(viewer.account), at, &page.why, async |step| {
        let mut successors = read.successors.clone();
        for fresh in &read.fresh {
            let unit = step.add(NewUnit { id: step.id(), kind: model.kind.clone(), fictitious: model.fictitious })?;
            step.add(named(step.id(), unit, fresh, &model, day, read.document.clone()))?;
            successors.push(unit);
        }
        let elsewhere = goes.iter().filter_map(|(person, to)| Some((*person, *successors.get(*to)?))).collect();
        let order = Reorganisation {
            kind,
            predecessors: read.predecessors.clone(),
            successors,
            day,
            keeps_honours: keeps,
            document: read.document.clone(),
            elsewhere,
        };
        step.reorganise(&order).await?;
        Ok(order.successors[0])
    });
    match written.await {
        Ok(successor) => Ok(Redirect::to(&format!("/tap-the/{successor}/ho-so?loai=ke-tuc&da-ghi=1")).into_response()),
        Err(error @ (StoreError::Refused(_) | StoreError::Duplicate(_))) => {
            tracing::debug!(%error, "reorganisation refused");
            page.refused = visit.t("entry-wrong-order-of-units");
            visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

/// A new unit stands where its predecessor stood until somebody moves it.
fn named(id: Uuid, unit: Uuid, fresh: &Fresh, model: &Unit, day: Day, basis: Option<String>) -> NewUnitName {
    NewUnitName {
        id,
        unit,
        name: fresh.name.clone(),
        name_en: None,
        code: fresh.code.clone(),
        parent: model.parent,
        cluster: model.cluster.clone(),
        position: model.position,
        basis,
        certainty: Certainty::CanDoiChieu,
        from_day: day,
        to_day: None,
    }
}

async fn open_units(visit: &Visit) -> Result<Vec<UnitChoice>, Error> {
    let viewer = &visit.signed_in()?.viewer;
    let mut units = entry::units(&visit.app.store, viewer, visit.today).await?;
    units.retain(|unit| unit.to.is_none());
    Ok(units)
}

fn read(units: &[UnitChoice], typed: &Typed, splits: bool) -> Read {
    let chosen = |name: &'static str| {
        typed.all(name).filter_map(|id| id.parse::<Uuid>().ok()).filter(|id| units.iter().any(|unit| unit.id == *id))
    };
    let written = fresh(typed, splits).into_iter().filter(|fresh| !fresh.name.is_empty() || !fresh.code.is_empty());
    Read {
        predecessors: chosen("truoc").collect(),
        successors: chosen("sau").collect(),
        fresh: written.collect(),
        day: field::day(typed.get("ngay-hieu-luc")),
        keeps: match typed.get("giu") {
            "1" => Some(true),
            "0" => Some(false),
            _ => None,
        },
        document: Some(typed.get("van-ban").to_owned()).filter(|text| !text.is_empty()),
    }
}

fn complain(visit: &Visit, page: &mut ReorganisationPage, read: &Read) {
    let count = read.successors.len() + read.fresh.len();
    let fewest = if page.splits { 2 } else { 1 };
    if read.predecessors.is_empty() {
        page.wrong_before = visit.t("entry-wrong-before");
    } else if !page.splits && read.predecessors == read.successors {
        page.wrong_before = visit.t("entry-wrong-merge-alone");
    }
    if count < fewest || (!page.splits && count > 1) {
        page.wrong_after = visit.t(if page.splits { "entry-wrong-split-into" } else { "entry-wrong-merge-into" });
    } else if read.fresh.iter().any(|fresh| fresh.name.is_empty() || fresh.code.is_empty()) {
        page.wrong_after = visit.t("entry-wrong-new-unit");
    }
    if read.day.is_none() {
        page.wrong_day = visit.t("entry-wrong-day");
    }
    if read.keeps.is_none() {
        page.wrong_keeps = visit.t("entry-wrong-choice");
    }
    page.why_wrong = why_wrong(&page.why, visit.language);
}

/// The rows for new units as typed: one for a merger, several for a split.
fn fresh(typed: &Typed, splits: bool) -> Vec<Fresh> {
    let row = |place: usize| Fresh {
        place,
        name: typed.get(&format!("ten-{place}")).to_owned(),
        code: typed.get(&format!("ma-{place}")).to_owned(),
    };
    (1..=if splits { ROOM } else { 1 }).map(row).collect()
}

async fn page(visit: &Visit, units: &[UnitChoice], typed: &Typed) -> Result<ReorganisationPage, Error> {
    let splits = typed.get("kieu") == "chia-tach";
    let (before, after): (Vec<&str>, Vec<&str>) = (typed.all("truoc").collect(), typed.all("sau").collect());
    let choice = |unit: &UnitChoice| {
        let id = unit.id.to_string();
        Choice {
            name: format!(
                "{} ({})",
                wording::unit_name(visit.language, &unit.name, unit.name_en.as_deref()),
                unit.code
            ),
            before: before.contains(&id.as_str()),
            after: after.contains(&id.as_str()),
            id,
        }
    };
    let people = match before.first().and_then(|id| id.parse::<Uuid>().ok()).filter(|_| splits) {
        Some(unit) => {
            let viewer = &visit.signed_in()?.viewer;
            let members = people::members(&visit.app.store, viewer, unit, visit.today, 100).await?.0;
            members.iter().map(|person| goes(typed, person)).collect()
        }
        None => Vec::new(),
    };
    let title = if splits { "entry-split" } else { "entry-merge" };
    Ok(ReorganisationPage {
        frame: visit.frame(visit.t(title)).crumb(visit.t("units-title"), "/tap-the"),
        splits,
        units: units.iter().map(choice).collect(),
        fresh: fresh(typed, splits),
        day: typed.get("ngay-hieu-luc").to_owned(),
        document: typed.get("van-ban").to_owned(),
        keeps: typed.get("giu").to_owned(),
        why: typed.get("ly-do").to_owned(),
        why_wrong: String::new(),
        wrong_before: String::new(),
        wrong_after: String::new(),
        wrong_day: String::new(),
        wrong_keeps: String::new(),
        refused: String::new(),
        people,
    })
}

fn goes(typed: &Typed, person: &PersonRow) -> Goes {
    let to = typed.get(&format!("nguoi-{}", person.id)).parse().unwrap_or(0);
    Goes { id: person.id.to_string(), name: person.full_name.clone(), to }
}
