//! Whose eligibility is asked: a person or a collective, as shown at the head of the page, with the facts.

use std::sync::Arc;

use rules::facts::{Sex, Subject};
use rules::law::Law;
use store::access;
use store::facts::SubjectFacts;
use store::members::LAST_DAY;
use store::people::Person;
use store::units::UnitRecord;
use store::{people, units};
use uuid::Uuid;

use super::records::Book;
use crate::error::Error;
use crate::frame::Frame;
use crate::subject::HOUSEHOLDS;
use crate::visit::Visit;

/// A subject with its facts.
pub struct Asked {
    pub kind: Subject,
    id: Uuid,
    name: String,
    /// How the subject is addressed on paper, as the key of a text; none for a collective
    /// and a household.
    address: Option<&'static str>,
    /// Post and unit on the day, or the unit above.
    about: Vec<String>,
    pub known: SubjectFacts,
    /// The names of the initiatives and the printed posts, in the order of the facts.
    initiatives: Vec<String>,
    posts: Vec<String>,
    /// Whether the viewer may enter a confirmation.
    attests: bool,
    /// The law in force for the subject, with the regulations of its units.
    pub law: Arc<Law>,
}

/// A subject as the head of the page shows it.
pub struct Shown {
    pub name: String,
    pub href: String,
    pub address: String,
    pub about: String,
}

/// The subject with this id; an error where there is none or the viewer may not see it.
pub async fn find(visit: &Visit, kind: Subject, id: Uuid) -> Result<Asked, Error> {
    let (store, viewer, day) = (&visit.app.store, &visit.signed_in()?.viewer, visit.day);
    match kind {
        Subject::TapThe => {
            let found = units::one_with_facts(store, viewer, id, day, LAST_DAY).await?;
            let (unit, known) = found.ok_or(Error::NotFound)?;
            let law = visit.app.law_for(&[id], day).await?;
            Ok(Asked { attests: access::writes(viewer, "attestation"), ..Asked::collective(unit, known, law) })
        }
        Subject::CaNhan | Subject::HoGiaDinh => {
            let (person, known) = people::one_with_facts(store, viewer, id, day).await?.ok_or(Error::NotFound)?;
            let law = visit.app.law_for(&person.reviewed_in(day), day).await?;
            Ok(Asked { attests: access::writes(viewer, "attestation"), ..Asked::person(person, known, visit, law) })
        }
    }
}

impl Asked {
    fn person(person: Person, known: SubjectFacts, visit: &Visit, law: Arc<Law>) -> Self {
        let held = |from, to: Option<_>| from <= visit.day && to.is_none_or(|to| visit.day <= to);
        let post = person.records.posts.iter().find(|post| held(post.fact.from, post.fact.to));
        let unit = person.memberships.iter().find(|stay| held(stay.from, stay.to));
        let about = post.map(|post| post.label.clone()).into_iter().chain(unit.map(|stay| stay.unit_name.clone()));
        Self {
            kind: known.facts.subject,
            id: person.id,
            address: match (&person.household, person.sex) {
                (Some(_), _) => None,
                (None, Some(Sex::Nam)) => Some("why-address-man"),
                (None, Some(Sex::Nu)) => Some("why-address-woman"),
                (None, None) => Some("why-address-unknown"),
            },
            about: about.collect(),
            initiatives: person.records.initiatives.iter().map(|initiative| initiative.name.clone()).collect(),
            posts: person.records.posts.iter().map(|post| post.label.clone()).collect(),
            name: person.full_name,
            known,
            attests: false,
            law,
        }
    }

    fn collective(unit: UnitRecord, known: SubjectFacts, law: Arc<Law>) -> Self {
        let named = unit.on_day.as_ref().or(unit.names.last());
        Self {
            kind: Subject::TapThe,
            id: unit.id,
            name: named.map(|unit| unit.name.clone()).unwrap_or_default(),
            address: None,
            about: Vec::new(),
            initiatives: unit.records.initiatives.iter().map(|initiative| initiative.name.clone()).collect(),
            posts: Vec::new(),
            known,
            attests: false,
            law,
        }
    }

    /// The subject as the head of the page shows it.
    pub fn shown(&self, frame: &Frame) -> Shown {
        Shown {
            name: self.name.clone(),
            href: frame.href(&self.path()),
            address: self.address.map(|key| frame.t(key).into_owned()).unwrap_or_default(),
            about: self.about.join(", "),
        }
    }

    /// The way from the list of subjects to this page.
    pub fn crumbs(&self, frame: Frame) -> Frame {
        let (title, list) = match self.kind {
            Subject::TapThe => ("why-collectives", "/tap-the"),
            Subject::CaNhan => ("why-people", "/ca-nhan"),
            Subject::HoGiaDinh => ("households-title", HOUSEHOLDS),
        };
        let title = frame.t(title).into_owned();
        frame.crumb(title, list).crumb(self.name.clone(), self.path())
    }

    /// The records of the subject, to be put in words.
    pub fn book<'b>(&'b self, law: &'b Law, frame: &'b Frame) -> Book<'b> {
        let attest = self.attests.then(|| format!("{}/ghi/xac-nhan", self.path()));
        Book { law, frame, known: &self.known, initiatives: &self.initiatives, posts: &self.posts, attest }
    }

    fn path(&self) -> String {
        match self.kind {
            Subject::TapThe => format!("/tap-the/{}", self.id),
            Subject::CaNhan | Subject::HoGiaDinh => format!("/ca-nhan/{}", self.id),
        }
    }
}
