//! A person's record of titles, commendations, initiatives and grades as a paper and as sheets, in Vietnamese only.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use documents::block::{Align, Block, Column, Row, Table, Tone};
use documents::form::as_data;
use documents::sheet::{self, Cell, Sheet};
use serde_json::{Value, json};
use store::conferrals::Conferral;
use store::people::{self, Person};
use uuid::Uuid;

use crate::error::Error;
use crate::honours;
use crate::language::Language;
use crate::print::{Format, Letterhead, Printable};
use crate::visit::{Answer, Visit};
use crate::wording;

/// The form under `forms/`.
const FORM: &str = "ly-lich-khen-thuong";
/// Statutory papers are in Vietnamese only.
const LANGUAGE: Language = Language::Vi;

/// `GET /ca-nhan/{id}/tep/{format}`.
pub async fn show(visit: Visit, path: Result<Path<(Uuid, String)>, PathRejection>) -> Answer {
    let Path((id, format)) = path?;
    let viewer = &visit.signed_in()?.viewer;
    let person = people::one(&visit.app.store, viewer, id, visit.day).await?.ok_or(Error::NotFound)?;
    let format = Format::of(&format).ok_or(Error::NotFound)?;
    let letterhead = Letterhead::of(&visit).await?;
    let tables = tables(&visit, &person);
    let printable = Printable {
        name: format!("ly-lich-khen-thuong-{}", visit.day),
        sheets: tables.iter().map(|table| sheet(&letterhead, &person, table)).collect(),
        paper: Some((FORM, data(&visit, &letterhead, &person, tables))),
    };
    printable.answer(format).await
}

fn data(visit: &Visit, letterhead: &Letterhead, person: &Person, tables: Vec<Table>) -> Value {
    let mut data = letterhead.data(LANGUAGE, visit.day);
    let mut body: Vec<Block> = about(visit, person).into_iter().map(|text| Block::Paragraph { text }).collect();
    for (place, mut table) in tables.into_iter().enumerate() {
        let text = format!("{}. {}", ["I", "II", "III"][place], std::mem::take(&mut table.caption).to_uppercase());
        body.push(Block::Heading { level: 1, text });
        match table.rows.is_empty() {
            true => body.push(Block::Paragraph { text: LANGUAGE.text("print-record-none").into_owned() }),
            false => body.push(Block::Table(table)),
        }
    }
    body.push(Block::Paragraph {
        text: LANGUAGE.text_with("print-record-until", &[("day", &LANGUAGE.day(visit.day))]),
    });
    for (name, value) in [
        ("title", json!(LANGUAGE.text_with("print-record-title", &[("name", &person.full_name)]))),
        ("name", json!(person.full_name)),
        ("capacity", json!([LANGUAGE.text("print-signature-confirmed")])),
        ("body", as_data(&body)),
    ] {
        data.insert(name.to_owned(), value);
    }
    Value::Object(data)
}

/// Lines under the name, as the page has them.
fn about(visit: &Visit, person: &Person) -> Vec<String> {
    let facts = super::facts(visit, LANGUAGE, person);
    let mut lines: Vec<String> = facts.iter().map(|(key, value)| format!("{}: {value}.", LANGUAGE.text(key))).collect();
    if let Some(stay) = super::membership(person, visit.day) {
        lines.push(LANGUAGE.text_with("print-record-unit", &[("unit", &stay.unit_name)]));
    }
    lines
}

fn tables(visit: &Visit, person: &Person) -> Vec<Table> {
    vec![honours_table(visit, person), initiatives_table(visit, person), grades_table(visit, person)]
}

fn honours_table(visit: &Visit, person: &Person) -> Table {
    let mut known: Vec<&Conferral> =
        person.records.conferrals.iter().filter(|conferral| conferral.is_known(visit.day)).collect();
    known.sort_by_key(|conferral| conferral.decided);
    let row = |conferral: &&Conferral| {
        let (number, authority) = (&conferral.number, &conferral.authority);
        let day = LANGUAGE.day(conferral.decided);
        let decision =
            LANGUAGE.text_with("print-record-decision", &[("number", number), ("day", &day), ("authority", authority)]);
        let ended = honours::ended(conferral, visit.day).map(|end| {
            LANGUAGE.text_with("print-record-ended", &[("document", &end.document), ("day", &LANGUAGE.day(end.day))])
        });
        let name = honours::name(&visit.app.law, &conferral.award, conferral.decided, LANGUAGE);
        plain(vec![
            honours::years(conferral, LANGUAGE),
            std::iter::once(name).chain(ended).collect::<Vec<_>>().join(". "),
            decision,
        ])
    };
    let columns = [("print-column-year", 1.3), ("print-column-award", 3.4), ("print-column-decision", 5.3)];
    table("print-record-honours", &columns, known.iter().map(row).collect())
}

fn initiatives_table(visit: &Visit, person: &Person) -> Table {
    let mut known = super::initiatives(visit, LANGUAGE, person);
    known.reverse();
    let rows = known.into_iter().map(|one| plain(vec![one.year.to_string(), one.name, one.decision])).collect();
    let columns = [("print-column-year", 1.3), ("print-column-initiative", 5.2), ("print-column-decision", 3.5)];
    table("print-record-initiatives", &columns, rows)
}

fn grades_table(visit: &Visit, person: &Person) -> Table {
    let known = person
        .records
        .grades
        .iter()
        .filter(|known| known.fact.decided.unwrap_or_else(|| rules::ask::year_end(known.fact.year)) <= visit.day);
    let rows = known.map(|known| plain(vec![known.fact.year.to_string(), wording::grade(LANGUAGE, known.fact.grade)]));
    table("print-record-grades", &[("print-column-year", 1.3), ("print-column-grade", 8.7)], rows.collect())
}

fn table(caption: &str, columns: &[(&str, f64)], rows: Vec<Row>) -> Table {
    let column = |(place, (key, width)): (usize, &(&str, f64))| Column {
        name: LANGUAGE.text(key).into_owned(),
        width: *width,
        align: if place == 0 { Align::Center } else { Align::Left },
    };
    Table {
        caption: LANGUAGE.text(caption).into_owned(),
        columns: columns.iter().enumerate().map(column).collect(),
        rows,
    }
}

fn plain(cells: Vec<String>) -> Row {
    Row { tone: Tone::Plain, cells }
}

fn sheet(letterhead: &Letterhead, person: &Person, table: &Table) -> Sheet {
    let column = |column: &Column| sheet::Column { name: column.name.clone(), width: column.width * 10.0 };
    let cell = |text: &String| text.parse().map_or_else(|_| Cell::Text(text.clone()), Cell::Year);
    Sheet {
        name: table.caption.clone(),
        above: letterhead
            .notice(LANGUAGE)
            .into_iter()
            .chain([person.full_name.clone(), table.caption.clone()])
            .collect(),
        columns: table.columns.iter().map(column).collect(),
        rows: table.rows.iter().map(|row| row.cells.iter().map(cell).collect()).collect(),
    }
}
