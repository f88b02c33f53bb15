//! The list of people as a sheet: everyone whom the filter of the page wants, with sex and birth for those who see them.

use axum::extract::Path;
use documents::sheet::{Cell, Sheet};
use store::access::sees_personal_data;
use store::people::{self, PersonRow};
use uuid::Uuid;

use super::Form;
use crate::error::{Error, Refusal};
use crate::listing::{Gathered, answer, column};
use crate::visit::{Answer, Visit};
use crate::wording;

/// `GET /ca-nhan/tep/{format}`.
pub async fn show(visit: Visit, Path(format): Path<String>) -> Answer {
    let viewer = &visit.signed_in()?.viewer;
    let mut form = Form::asked(&visit);
    let sees_personal = sees_personal_data(viewer, Uuid::nil());
    if !form.sex.typed.is_empty() && !sees_personal {
        return Err(Error::Forbidden(Refusal::Role));
    }
    let filter = form.filter(&visit).ok_or(Error::Invalid(visit.t("print-wrong-question")))?;
    let mut people = Gathered::default();
    while let Some(page) = people.next {
        people.add(&visit, people::list(&visit.app.store, viewer, &filter, page).await?)?;
    }
    let mut columns = vec![
        column(&visit, "decision-column-place", 6.0),
        column(&visit, if filter.households { "households-name" } else { "people-column-name" }, 30.0),
        column(&visit, if filter.households { "field-address" } else { "people-column-post" }, 30.0),
        column(&visit, "people-column-unit", 40.0),
        column(&visit, "units-code", 12.0),
    ];
    let sees_personal = sees_personal && !filter.households;
    if sees_personal {
        columns.extend([column(&visit, "people-sex", 10.0), column(&visit, "field-born", 12.0)]);
    }
    let rows =
        people.rows.iter().enumerate().map(|(place, person)| row(&visit, place, person, sees_personal)).collect();
    let (title, file) = match filter.households {
        true => ("households-title", "danh-sach-ho-gia-dinh"),
        false => ("people-title", "danh-sach-ca-nhan"),
    };
    let sheet = Sheet { name: visit.t(title), above: Vec::new(), columns, rows };
    answer(&visit, &format, file, sheet).await
}

fn row(visit: &Visit, place: usize, person: &PersonRow, sees_personal: bool) -> Vec<Cell> {
    let text = |text: &Option<String>| text.clone().map_or(Cell::Empty, Cell::Text);
    let mut cells = vec![
        Cell::Number((place + 1) as f64),
        Cell::Text(person.full_name.clone()),
        text(&person.household.as_ref().and_then(|household| household.address.clone()).or(person.post.clone())),
        text(&person.unit_name),
        text(&person.unit_code),
    ];
    if sees_personal {
        cells.push(person.sex.map_or(Cell::Empty, |sex| Cell::Text(visit.t(wording::sex_key(sex)))));
        cells.push(person.born.map_or(Cell::Empty, Cell::Day));
    }
    cells
}
