//! Decisions with their lines for the stories, entered through the store as the program itself would.

use app::secret::hash_password;
use app::session::OFFICE;
use rules::facts::{Kind, Sex};
use store::Store;
use store::error::StoreError;
use store::records::{
    NewAccount, NewAccountState, NewConferral, NewDecision, NewDecisionEnd, NewMembership, NewPassword, NewPerson,
    NewRoleGrant, NewUnit, NewUnitName,
};
use store::words::{Certainty, EndKind, MembershipKind, PostLevel, Role};
use uuid::Uuid;

use crate::builders::PASSWORD;
use crate::test_app::{now, today};

/// A decision as a story tells it.
pub struct Paper<'a> {
    pub number: &'a str,
    pub issuer: &'a str,
    pub day: &'a str,
    pub summary: &'a str,
}

/// One line of a decision.
#[derive(Clone, Copy)]
pub struct Honour<'a> {
    pub award: &'a str,
    pub to: To,
    /// The year of a title; a commendation has none.
    pub year: Option<i32>,
    pub level: Option<PostLevel>,
}

/// Who is honoured.
#[derive(Clone, Copy)]
pub enum To {
    /// A person of a unit.
    Person(Uuid, Uuid),
    Collective(Uuid),
}

/// A unit at the top of the office.
pub async fn unit(store: &Store, name: &str, code: &str, position: i32) -> Uuid {
    let entered = store.step(OFFICE, None, now(), "story", async |step| {
        let unit = step.add(NewUnit { id: step.id(), kind: "vu".to_owned(), fictitious: true })?;
        step.add(NewUnitName {
            id: step.id(),
            unit,
            name: name.to_owned(),
            name_en: None,
            code: code.to_owned(),
            parent: None,
            cluster: None,
            position,
            basis: None,
            certainty: Certainty::DaDoiChieu,
            from_day: "2000-01-01".parse().expect("a day"),
            to_day: None,
        })?;
        Ok::<Uuid, StoreError>(unit)
    });
    entered.await.expect("a unit")
}

/// A person who has always worked in a unit.
pub async fn person(store: &Store, name: &str, sex: Sex, unit: Uuid) -> Uuid {
    let entered = store.step(OFFICE, None, now(), "story", async |step| {
        let person = step.add(NewPerson {
            id: step.id(),
            full_name: name.to_owned(),
            sex: Some(sex),
            born: None,
            recruited: None,
            staff_group: None,
            fictitious: true,
            quotation: None,
            excluded_from_roster: false,
        })?;
        step.add(NewMembership {
            id: step.id(),
            person,
            unit,
            review_unit: unit,
            kind: MembershipKind::Chinh,
            from_day: "2000-01-01".parse().expect("a day"),
            to_day: None,
        })?;
        Ok::<Uuid, StoreError>(person)
    });
    entered.await.expect("a person")
}

/// An account with which a person signs in as an employee.
pub async fn employee(store: &Store, login: &str, person: Uuid, unit: Uuid) {
    let entered = store.step(OFFICE, None, now(), "story", async |step| {
        let display_name = login.to_owned();
        let account =
            step.add(NewAccount { id: step.id(), login: login.to_owned(), display_name, person: Some(person) })?;
        step.add(NewPassword { id: step.id(), account, argon2: hash_password(PASSWORD) })?;
        step.add(NewAccountState { id: step.id(), account, active: true, from_day: today() })?;
        let (role, unit) = (Role::Employee, Some(unit));
        step.add(NewRoleGrant { id: step.id(), account, role, unit, from_day: today(), to_day: None })?;
        Ok::<(), StoreError>(())
    });
    entered.await.expect("an account");
}

/// A decision that confers honours, in the order given.
pub async fn decision(store: &Store, paper: &Paper<'_>, honours: &[Honour<'_>]) -> Uuid {
    let entered = store.step(OFFICE, None, now(), "story", async |step| {
        let day: chrono::NaiveDate = paper.day.parse().expect("a day");
        let decision = step.add(NewDecision {
            id: step.id(),
            issuer: paper.issuer.to_owned(),
            symbol: format!("QĐ-{}", paper.issuer),
            number: paper.number.to_owned(),
            year: chrono::Datelike::year(&day),
            day,
            summary: paper.summary.to_owned(),
            authority: "Bộ trưởng, Chủ nhiệm".to_owned(),
            series: Some("MH".to_owned()),
            illustrative: true,
            signer: None,
        })?;
        for (place, honour) in honours.iter().enumerate() {
            let (person, collective, unit) = match honour.to {
                To::Person(person, unit) => (Some(person), None, unit),
                To::Collective(unit) => (None, Some(unit), unit),
            };
            step.add(NewConferral {
                id: step.id(),
                decision,
                decided: day,
                person,
                collective,
                award: honour.award.to_owned(),
                title_year: honour.year,
                period_from: None,
                period_to: None,
                kind: honour.year.is_none().then_some(Kind::CongTrang),
                post_printed: None,
                level: honour.level,
                unit: Some(unit),
                unit_printed: None,
                position: i32::try_from(place).expect("few lines"),
                own_body: true,
            })?;
        }
        Ok::<Uuid, StoreError>(decision)
    });
    entered.await.expect("a decision")
}

/// Ends a whole decision.
pub async fn revoke(store: &Store, decision: Uuid, day: &str) {
    end(store, decision, None, day).await;
}

/// Ends one line of a decision.
pub async fn revoke_line(store: &Store, decision: Uuid, line: Uuid, day: &str) {
    end(store, decision, Some(line), day).await;
}

async fn end(store: &Store, decision: Uuid, conferral: Option<Uuid>, day: &str) {
    let entered = store.step(OFFICE, None, now(), "story", async |step| {
        step.add(NewDecisionEnd {
            id: step.id(),
            decision,
            conferral,
            kind: EndKind::HuyBo,
            day: day.parse().expect("a day"),
            document: "Quyết định số MH-099/QĐ-VPCP".to_owned(),
            reason: "story".to_owned(),
        })?;
        Ok::<(), StoreError>(())
    });
    entered.await.expect("a revocation");
}
