//! Builders: rows for a story, with the least that a story must say.

use chrono::{DateTime, NaiveDate, Utc};
use rules::facts::{Grade, Kind};
use store::Store;
use store::access::Viewer;
use store::error::StoreError;
use store::records::{NewConferral, NewDecision, NewGrade, NewMembership, NewOffice, NewPerson, NewPost};
use store::records::{NewUnit, NewUnitName};
use store::step::Step;
use store::verify::database::DatabaseSource;
use store::verify::{Report, verify};
use store::words::{Certainty, MembershipKind, PostForm, PostLevel, PostSide, Role};
use uuid::Uuid;

pub const OFFICE: i32 = 1;

/// A day written `2020-06-16`.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The instant at which stories are entered.
pub fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

/// Enters what a story needs, and expects it to be accepted.
pub async fn enter<T>(store: &Store, write: impl AsyncFnOnce(&mut Step) -> Result<T, StoreError>) -> T {
    store.step(OFFICE, None, noon(), "dựng câu chuyện", write).await.unwrap()
}

pub fn viewer(role: Role) -> Viewer {
    Viewer { office: OFFICE, account: Uuid::nil(), role, unit: None, person: None }
}

/// The emulation officer, who reads the whole office.
pub fn lan_officer() -> Viewer {
    viewer(Role::Officer)
}

pub fn office(tx: &mut Step) -> Result<Uuid, StoreError> {
    let id = tx.id();
    tx.add(NewOffice {
        id, code: "VPCP".into(), name: "Văn phòng Chính phủ".into(), name_en: None, illustrative: true
    })
}

/// A unit with one name from 2000 on.
pub fn unit(tx: &mut Step, code: &str, parent: Option<Uuid>) -> Result<Uuid, StoreError> {
    let unit = tx.add(NewUnit { id: tx.id(), kind: "vu".into(), fictitious: true })?;
    tx.add(unit_name(tx, unit, code, parent))?;
    Ok(unit)
}

pub fn unit_name(tx: &Step, unit: Uuid, code: &str, parent: Option<Uuid>) -> NewUnitName {
    NewUnitName {
        id: tx.id(),
        unit,
        name: format!("Vụ {code}"),
        name_en: None,
        code: code.into(),
        parent,
        cluster: None,
        position: 1,
        basis: None,
        certainty: Certainty::DaDoiChieu,
        from_day: day("2000-01-01"),
        to_day: None,
    }
}

pub fn person(tx: &Step, full_name: &str) -> NewPerson {
    NewPerson { fictitious: true, ..NewPerson::named(tx.id(), full_name) }
}

pub fn membership(tx: &Step, person: Uuid, unit: Uuid, from: &str) -> NewMembership {
    let kind = MembershipKind::Chinh;
    NewMembership { id: tx.id(), person, unit, review_unit: unit, kind, from_day: day(from), to_day: None }
}

/// A person who sits in a unit from 2005 on.
pub fn member(tx: &mut Step, full_name: &str, unit: Uuid) -> Result<Uuid, StoreError> {
    let person = tx.add(person(tx, full_name))?;
    tx.add(membership(tx, person, unit, "2005-01-01"))?;
    Ok(person)
}

pub fn post(tx: &Step, person: Uuid, label: &str, level: PostLevel) -> NewPost {
    NewPost {
        id: tx.id(),
        person,
        unit: None,
        label: label.into(),
        post: None,
        side: PostSide::ChinhQuyen,
        level,
        form: PostForm::ChinhThuc,
        position: 1,
        from_day: day("2010-01-01"),
        to_day: None,
    }
}

pub fn grade(tx: &Step, person: Uuid, year: i32, grade: Grade) -> NewGrade {
    let decided = NaiveDate::from_ymd_opt(year, 12, 20);
    NewGrade { id: tx.id(), person: Some(person), collective: None, year, grade, decided, number: None, issuer: None }
}

pub fn decision(tx: &Step, number: &str, on: &str) -> NewDecision {
    NewDecision {
        id: tx.id(),
        issuer: "VPCP".into(),
        symbol: "QĐ-VPCP".into(),
        number: number.into(),
        year: on[..4].parse().unwrap(),
        day: day(on),
        summary: "Về việc tặng Bằng khen".into(),
        authority: "Bộ trưởng, Chủ nhiệm".into(),
        series: Some("MH".into()),
        illustrative: true,
        signer: None,
    }
}

/// A line for a person of a unit.
pub fn line(tx: &Step, decision: &NewDecision, award: &str, person: Uuid, unit: Uuid) -> NewConferral {
    NewConferral {
        id: tx.id(),
        decision: decision.id,
        decided: decision.day,
        person: Some(person),
        collective: None,
        award: award.into(),
        title_year: None,
        period_from: None,
        period_to: None,
        kind: Some(Kind::CongTrang),
        post_printed: None,
        level: Some(PostLevel::TrucTiep),
        unit: Some(unit),
        unit_printed: None,
        position: 1,
        own_body: true,
    }
}

/// A line for a collective.
pub fn collective_line(tx: &Step, decision: &NewDecision, award: &str, unit: Uuid) -> NewConferral {
    NewConferral { person: None, collective: Some(unit), level: None, ..line(tx, decision, award, unit, unit) }
}

/// Everything stored, compared with the journal; without a key, so that signatures are not looked at.
pub async fn verified(store: &Store) -> Report {
    let mut source = DatabaseSource::open(store, OFFICE).await.unwrap();
    verify(&mut source, OFFICE, &[], None).await.unwrap()
}
