//! What was read in one row, in the words of the records.

use rules::facts::{Day, Discipline, Grade, Group, Scope, Sex, Sort, Year};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::imports::Kind;
use crate::matching::{Born, Sought, folded};
use crate::names;
use crate::words::{IdentityKind, PostLevel};

/// The values of a row; which of them it has depends on its kind.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Values {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_name: Option<String>,
    /// Whether the name is that of a household.
    #[serde(skip_serializing_if = "is_false")]
    pub household: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub born: Option<Born>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recruited: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff_group: Option<Group>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<Number>,
    /// The unit as the file names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The unit found in the records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<PostLevel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Of a grade, a title or an initiative.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<Year>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// The id of the award in the catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub award: Option<String>,
    /// Whether the award is a title or flag, given for a year.
    #[serde(skip_serializing_if = "is_false")]
    pub for_a_year: bool,
    /// Number, symbol, day, issuer, authority, signer and subject of a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The name of an initiative or of a unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discipline: Option<Discipline>,
    /// Code, parent and sort of a unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_kind: Option<String>,
}

/// A number by which the State knows a person, sealed before it comes here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    pub kind: IdentityKind,
    pub sealed: String,
    pub lookup: String,
}

impl Values {
    /// Whether the row is about a person; else it is about the unit it names.
    pub fn of_person(&self, kind: Kind) -> bool {
        kind != Kind::Units && self.full_name.is_some()
    }

    /// The day on which the person of the row was in its unit, as far as the row says.
    pub(crate) fn on(&self, kind: Kind) -> Option<Day> {
        let end_of_year = |year: Year| Day::from_ymd_opt(year, 12, 31);
        match kind {
            Kind::People | Kind::Units => None,
            Kind::Posts | Kind::Disciplines => self.from,
            _ => self.year.and_then(end_of_year).or(self.decided),
        }
    }

    pub(crate) fn sought(&self, kind: Kind) -> Sought {
        Sought {
            full_name: self.full_name.clone().unwrap_or_default(),
            household: self.household,
            born: self.born,
            numbers: self.numbers.iter().map(|number| (number.kind, number.lookup.clone())).collect(),
            unit: self.unit_id,
            on: self.on(kind),
            post: self.post.clone(),
        }
    }

    /// What makes two rows of one file speak of the same new person.
    pub(crate) fn person_key(&self) -> String {
        let number = self.numbers.first().map(|number| number.lookup.as_str()).unwrap_or_default();
        let name = names::exact(self.full_name.as_deref().unwrap_or_default());
        match self.born {
            _ if !number.is_empty() => number.to_owned(),
            Some(Born::Day(day)) => format!("{name}|{day}"),
            Some(Born::Year(year)) => format!("{name}|{year}|{:?}", self.unit_id),
            None => format!("{name}||{:?}", self.unit_id),
        }
    }

    /// What makes two rows of one file, or a row and a record, say the same thing of one subject.
    pub(crate) fn fact_key(&self, kind: Kind) -> String {
        let text = |text: &Option<String>| folded(text.as_deref().unwrap_or_default());
        match kind {
            Kind::People => String::new(),
            Kind::Units => text(&self.name),
            Kind::Posts => format!("{}|{:?}", text(&self.post), self.from),
            Kind::Grades => format!("{:?}", self.year),
            Kind::Awards if self.for_a_year => {
                format!("{}|{:?}", self.award.as_deref().unwrap_or_default(), self.year)
            }
            Kind::Awards => format!(
                "{}|{}|{}|{:?}",
                self.award.as_deref().unwrap_or_default(),
                text(&self.number),
                text(&self.symbol),
                self.decided
            ),
            Kind::Initiatives => format!("{}|{:?}", text(&self.name), self.year),
            Kind::Disciplines => format!("{:?}|{:?}", self.discipline, self.from),
        }
    }
}

fn is_false(value: &bool) -> bool {
    !value
}
