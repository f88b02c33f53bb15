//! The tables of records with their typed fields, for those who read every record alike: verification, backup, history.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::error::StoreError;
use crate::record::Record;
use crate::records::accounts::{
    NewAccountLink, NewAccountLinkEnd, NewDelegation, NewDelegationEnd, NewRefusal, NewRepresentation, NewSecondFactor,
    NewSecondFactorRule,
};
use crate::records::layers::{NewLayer, NewLayerDecision, NewLayerWithdrawal};
use crate::records::register::{NewAmendment, NewDecisionPaper, NewReissue, NewRestoration};
use crate::records::{
    NewAccount, NewAccountState, NewAttachment, NewAttestation, NewCompleteRange, NewConferral, NewCorrection,
    NewDecision, NewDecisionEnd, NewDiscipline, NewEnding, NewGrade, NewHold, NewHousehold, NewIdentity,
    NewImportBatch, NewInitiative, NewInitiativeUse, NewLeave, NewMembership, NewOffice, NewPassword, NewPerson,
    NewPost, NewRegistration, NewRemoval, NewRoleGrant, NewRosterException, NewUnit, NewUnitLineage, NewUnitName,
};
use crate::sql::Row;
use crate::step::named::{self, ByName};

/// How a column is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    Uuid,
    Text,
    Day,
    Bool,
    Int,
    Long,
}

/// One member of a record's JSON, which is one column of its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub column: ColumnType,
}

/// A table of records.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// The name of the table and the noun of the journal.
    pub noun: &'static str,
    pub verb: &'static str,
    /// Every column beside office, step and salt; those that are no field are derived from the fields.
    pub columns: &'static [&'static str],
    pub fields: &'static [Field],
    /// How its records are written from their JSON; absent for what only a step itself writes.
    pub(crate) by_name: Option<ByName>,
}

/// Every table of records, parents before children, in the order in which a step writes them.
pub const TABLES: &[Table] = &[
    of::<NewOffice>(),
    of::<NewUnit>(),
    of::<NewUnitName>(),
    of::<NewUnitLineage>(),
    of::<NewPerson>(),
    of::<NewHousehold>(),
    of::<NewIdentity>(),
    of::<NewMembership>(),
    of::<NewPost>(),
    of::<NewRosterException>(),
    of::<NewGrade>(),
    of::<NewDecision>(),
    of::<NewDecisionPaper>(),
    of::<NewConferral>(),
    of::<NewDecisionEnd>(),
    of::<NewAmendment>(),
    of::<NewRestoration>(),
    of::<NewReissue>(),
    of::<NewInitiative>(),
    of::<NewInitiativeUse>(),
    of::<NewDiscipline>(),
    of::<NewHold>(),
    of::<NewLeave>(),
    of::<NewRegistration>(),
    of::<NewCompleteRange>(),
    of::<NewAttestation>(),
    of::<NewAccount>(),
    of::<NewPassword>(),
    of::<NewAccountState>(),
    of::<NewRoleGrant>(),
    of::<NewAccountLink>(),
    of::<NewAccountLinkEnd>(),
    of::<NewSecondFactor>(),
    of::<NewSecondFactorRule>(),
    of::<NewDelegation>(),
    of::<NewDelegationEnd>(),
    of::<NewRepresentation>(),
    of::<NewRefusal>(),
    of::<NewLayer>(),
    of::<NewLayerDecision>(),
    of::<NewLayerWithdrawal>(),
    of::<NewAttachment>(),
    of::<NewImportBatch>(),
    of::<NewEnding>(),
    of::<NewCorrection>(),
    of::<NewRemoval>(),
];

/// The table of steps: no record of its own, but with a leaf before those of its records.
pub const STEP: Table = Table {
    noun: "step",
    verb: "act",
    columns: &["id", "at", "actor", "why"],
    fields: &[
        Field { name: "id", column: ColumnType::Uuid },
        Field { name: "at", column: ColumnType::Long },
        Field { name: "actor", column: ColumnType::Uuid },
        Field { name: "why", column: ColumnType::Text },
    ],
    by_name: None,
};

/// What the journal hashes of a step.
#[derive(Serialize)]
pub(crate) struct StepContent<'a> {
    pub id: Uuid,
    /// In milliseconds since 1970-01-01 UTC.
    pub at: i64,
    pub actor: Option<Uuid>,
    pub why: &'a str,
}

/// The table of a noun.
pub fn table(noun: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.noun == noun)
}

impl Table {
    /// Whether a record can end later, which its last day then repeats.
    pub fn has_last_day(&self) -> bool {
        self.fields.iter().any(|field| field.name == "to_day") && self.noun != NewEnding::NOUN
    }

    /// The fields, separated by commas, for a `SELECT`.
    pub fn select(&self) -> String {
        self.fields.iter().map(|field| field.name).collect::<Vec<_>>().join(", ")
    }

    /// The content of a row that was read with [`Table::select`], as the record writes itself in JSON.
    pub(crate) fn content(&self, row: &Row) -> Result<Map<String, Value>, StoreError> {
        let read = |field: &Field| Ok((field.name.to_owned(), value(row, field)?));
        self.fields.iter().map(read).collect()
    }
}

const fn of<R: Record>() -> Table {
    Table {
        noun: R::NOUN,
        verb: R::VERB,
        columns: R::COLUMNS,
        fields: R::FIELDS,
        by_name: Some(ByName { add: named::add::<R>, correct: named::correct::<R> }),
    }
}

fn value(row: &Row, field: &Field) -> Result<Value, StoreError> {
    Ok(match field.column {
        ColumnType::Uuid => row.get::<Option<Uuid>>(field.name)?.map(|id| id.to_string()).into(),
        ColumnType::Text => row.get::<Option<String>>(field.name)?.into(),
        ColumnType::Day => row.get::<Option<NaiveDate>>(field.name)?.map(|day| day.to_string()).into(),
        ColumnType::Bool => row.get::<Option<bool>>(field.name)?.into(),
        ColumnType::Int => row.get::<Option<i32>>(field.name)?.into(),
        ColumnType::Long => row.get::<Option<i64>>(field.name)?.into(),
    })
}
