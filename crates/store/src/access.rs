//! Who may see what: each rule by name, once as a bool for one record and once as SQL for a list.

use std::collections::HashSet;

use rules::facts::Day;
use uuid::Uuid;

use crate::Store;
use crate::error::StoreError;
use crate::imports::Kind;
use crate::sql::Sql;
use crate::units::branch::{self, Branch};
use crate::words::Role;

/// Who is looking: one role of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    pub office: i32,
    pub account: Uuid,
    pub role: Role,
    /// The unit in which the role holds; absent for the whole office.
    pub unit: Option<Uuid>,
    /// The person behind the account.
    pub person: Option<Uuid>,
}

/// How far a viewer's sight reaches on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    Office,
    /// A unit with all its sub-units.
    Branch(Branch),
    /// This person alone.
    Person(Uuid),
    Nothing,
}

impl Scope {
    /// The units whose records are reached, for who holds many records against them; nothing where those are all. At
    /// most one statement.
    pub async fn units(&self, store: &Store) -> Result<Option<HashSet<Uuid>>, StoreError> {
        Ok(match self {
            Self::Office => None,
            Self::Branch(branch) => Some(branch.list(store).await?.into_iter().collect()),
            Self::Person(_) | Self::Nothing => Some(HashSet::new()),
        })
    }

    /// Whether records in one of these units are reached; at most one statement.
    async fn reaches(&self, store: &Store, units: &[Uuid]) -> Result<bool, StoreError> {
        match self {
            Self::Office => Ok(true),
            Self::Branch(branch) => branch.reaches(store, units).await,
            Self::Person(_) | Self::Nothing => Ok(false),
        }
    }
}

/// Officer, council, deciding authority, auditor and administrator read the records of the whole office.
pub fn reads_whole_office(viewer: &Viewer) -> bool {
    matches!(
        viewer.role,
        Role::Officer
            | Role::CouncilSecretary
            | Role::CouncilMember
            | Role::DecidingAuthority
            | Role::Auditor
            | Role::Administrator
    )
}

/// Officer, council secretary, and clerk and head for their people see days of birth; everyone sees their own.
pub fn sees_personal_data(viewer: &Viewer, person: Uuid) -> bool {
    viewer.person == Some(person)
        || matches!(viewer.role, Role::Officer | Role::CouncilSecretary | Role::Clerk | Role::Head)
}

/// Accounts and roles are read by the administrator and the auditor.
pub fn sees_accounts(viewer: &Viewer) -> bool {
    matches!(viewer.role, Role::Administrator | Role::Auditor)
}

/// Officer, auditor and administrator read the journal of the office.
pub fn reads_journal(viewer: &Viewer) -> bool {
    matches!(viewer.role, Role::Officer | Role::Auditor | Role::Administrator)
}

/// The administrator alone opens accounts, grants roles and sets what they must keep.
pub fn keeps_accounts(viewer: &Viewer) -> bool {
    viewer.role == Role::Administrator
}

/// An account is read by its owner, the administrator and the auditor.
pub fn sees_account(viewer: &Viewer, account: Uuid) -> bool {
    sees_accounts(viewer) || viewer.account == account
}

/// Sessions, second factor and delegations of an account are ended by its owner and the administrator.
pub fn keeps_account(viewer: &Viewer, account: Uuid) -> bool {
    keeps_accounts(viewer) || viewer.account == account
}

/// Backups are looked at by the administrator and the auditor.
pub fn sees_backups(viewer: &Viewer) -> bool {
    matches!(viewer.role, Role::Administrator | Role::Auditor)
}

/// Only the administrator asks for a backup.
pub fn makes_backups(viewer: &Viewer) -> bool {
    viewer.role == Role::Administrator
}

/// Officer, council secretary and administrator enter records of the whole office; clerk and head those of their units.
pub fn writes_records(viewer: &Viewer) -> bool {
    matches!(viewer.role, Role::Officer | Role::CouncilSecretary | Role::Administrator | Role::Clerk | Role::Head)
}

/// Officer, council secretary and administrator keep the register of decisions of the whole office.
pub fn keeps_register(viewer: &Viewer) -> bool {
    matches!(viewer.role, Role::Officer | Role::CouncilSecretary | Role::Administrator)
}

/// Officer, council secretary and administrator bring files in; so does a clerk, for the own units.
pub fn brings_in(viewer: &Viewer) -> bool {
    matches!(viewer.role, Role::Officer | Role::CouncilSecretary | Role::Administrator | Role::Clerk)
}

/// Which kinds of rows a role brings in: a clerk those that a unit knows at first hand, the council secretary no disciplines.
pub fn imports(viewer: &Viewer, kind: Kind) -> bool {
    match viewer.role {
        Role::Officer | Role::Administrator => true,
        Role::CouncilSecretary => kind != Kind::Disciplines,
        Role::Clerk => matches!(kind, Kind::People | Kind::Grades | Kind::Initiatives),
        _ => false,
    }
}

/// A file is seen by whoever brought it in, and by those who bring in for the whole office.
pub fn sees_import(viewer: &Viewer, account: Uuid) -> bool {
    brings_in(viewer) && (viewer.account == account || viewer.role != Role::Clerk)
}

/// [`sees_import`] as a condition on an alias of `import_file`.
pub(crate) fn sees_import_sql(viewer: &Viewer, alias: &str) -> Sql {
    match viewer.role {
        Role::Clerk => Sql::new(&format!("{alias}.account = ?"), [viewer.account.into()]),
        _ => Sql::new("1 = 1", []),
    }
}

/// Officer, council secretary and administrator write regulations of the office and of every unit; clerk and head those
/// of the units they reach.
pub fn writes_layers(viewer: &Viewer) -> bool {
    writes_records(viewer)
}

/// Whether a regulation of this unit, or of the office where none is named, is the viewer's to write.
pub async fn writes_layer(
    store: &Store,
    viewer: &Viewer,
    scope: &Scope,
    unit: Option<Uuid>,
) -> Result<bool, StoreError> {
    match unit {
        _ if !writes_layers(viewer) => Ok(false),
        Some(unit) => sees_unit(store, scope, unit).await,
        None => Ok(*scope == Scope::Office),
    }
}

/// Deciding authority and administrator confirm, return and withdraw regulations; in a role held in a unit those of
/// that unit alone. Whoever wrote or submitted one does not confirm it: that is asked of the record.
pub fn decides_layer(viewer: &Viewer, unit: Option<Uuid>) -> bool {
    matches!(viewer.role, Role::DecidingAuthority | Role::Administrator)
        && viewer.unit.is_none_or(|own| unit == Some(own))
}

/// A confirmed regulation is law and read by everyone signed in; before that by those who write, decide or audit.
pub async fn sees_layer(
    store: &Store,
    viewer: &Viewer,
    scope: &Scope,
    confirmed: bool,
    unit: Option<Uuid>,
) -> Result<bool, StoreError> {
    Ok(confirmed
        || viewer.role == Role::Auditor
        || decides_layer(viewer, unit)
        || writes_layer(store, viewer, scope, unit).await?)
}

/// [`sees_layer`] as a condition on an alias of `layer` and one of its decision.
pub(crate) fn sees_layer_sql(viewer: &Viewer, scope: &Scope, layer: &str, decision: &str) -> Sql {
    let mut sql = Sql::new(&format!("({decision}.outcome = 'xac-nhan' OR "), []);
    let writes_all = writes_layers(viewer) && *scope == Scope::Office;
    let whole = viewer.role == Role::Auditor || writes_all || decides_layer(viewer, None);
    match viewer.unit {
        _ if whole => sql.add("1 = 1", []),
        Some(unit) if decides_layer(viewer, Some(unit)) => sql.add(&format!("{layer}.unit = ?"), [unit.into()]),
        _ if writes_layers(viewer) => sql.join(sees_unit_sql(scope, &format!("{layer}.unit"))),
        _ => sql.add("1 = 0", []),
    };
    sql.add(")", []);
    sql
}

/// What clerk and head know at first hand of their people; the rest is decided outside the unit or reaches past it.
const OF_THE_UNIT: [&str; 9] =
    ["person", "household", "identity", "post", "grade", "initiative", "leave", "registration", "roster_exception"];
/// What officer, council secretary and administrator enter beside that.
const OF_THE_OFFICE: [&str; 7] =
    ["membership", "initiative_use", "complete_range", "attestation", "unit", "unit_name", "unit_lineage"];
/// What bars an honour is kept by those who do not sit with the council: officer and administrator.
const BARRING: [&str; 2] = ["discipline", "hold"];

/// Whether the role enters, corrects and takes out records of a table by form; whose, is [`reaches_for_writing`].
pub fn writes(viewer: &Viewer, noun: &str) -> bool {
    let (unit, office) = (OF_THE_UNIT.contains(&noun), OF_THE_OFFICE.contains(&noun));
    match viewer.role {
        Role::Officer | Role::Administrator => unit || office || BARRING.contains(&noun),
        Role::CouncilSecretary => unit || office,
        Role::Clerk | Role::Head => unit,
        Role::Employee | Role::CouncilMember | Role::DecidingAuthority | Role::Auditor => false,
    }
}

/// Whether records about someone who sits in `units` today may be written; nobody writes their own record as an employee.
pub async fn reaches_for_writing(store: &Store, scope: &Scope, units: &[Uuid]) -> Result<bool, StoreError> {
    scope.reaches(store, units).await
}

/// The reach of a viewer on a day.
pub fn scope(viewer: &Viewer, day: Day) -> Scope {
    match (viewer.role, viewer.unit, viewer.person) {
        _ if reads_whole_office(viewer) => Scope::Office,
        (Role::Clerk | Role::Head, Some(unit), _) => Scope::Branch(Branch { office: viewer.office, unit, day }),
        (Role::Employee, _, Some(person)) => Scope::Person(person),
        _ => Scope::Nothing,
    }
}

/// Whether a person is in reach: `units` are those of work and of review on the day of the scope.
pub async fn sees_person(store: &Store, scope: &Scope, person: Uuid, units: &[Uuid]) -> Result<bool, StoreError> {
    Ok(*scope == Scope::Person(person) || scope.reaches(store, units).await?)
}

/// [`sees_person`] as a condition on the column that holds the person, asked of one after the other.
pub(crate) fn sees_person_sql(scope: &Scope, column: &str) -> Sql {
    match scope {
        Scope::Branch(branch) => branch.is_above(branch::REACH, column),
        _ => among_seen_sql(scope, column),
    }
}

/// The same as a set, which is read before whatever else is asked: for those who want all of it.
pub(crate) fn among_seen_sql(scope: &Scope, column: &str) -> Sql {
    match scope {
        Scope::Office => Sql::new("1 = 1", []),
        Scope::Person(own) => Sql::new(&format!("{column} = ?"), [(*own).into()]),
        Scope::Nothing => Sql::new("1 = 0", []),
        Scope::Branch(branch) => {
            let mut sql = Sql::new(&format!("{column} IN ("), []);
            sql.join(branch.members(branch::REACH)).add(")", []);
            sql
        }
    }
}

/// Whether the page of a unit is in reach.
pub async fn sees_unit(store: &Store, scope: &Scope, unit: Uuid) -> Result<bool, StoreError> {
    scope.reaches(store, &[unit]).await
}

/// [`sees_unit`] as a condition on the column that holds the unit.
pub(crate) fn sees_unit_sql(scope: &Scope, column: &str) -> Sql {
    match scope {
        Scope::Office => Sql::new("1 = 1", []),
        Scope::Person(_) | Scope::Nothing => Sql::new("1 = 0", []),
        Scope::Branch(branch) => {
            let mut sql = Sql::new(&format!("{column} IN "), []);
            sql.join(branch.units());
            sql
        }
    }
}

/// Whether a line of a decision is in reach, by its person or by the unit of its subject at that time, as a condition on
/// an alias of `conferral`.
pub(crate) fn sees_conferral_sql(scope: &Scope, alias: &str) -> Sql {
    match scope {
        Scope::Person(own) => Sql::new(&format!("{alias}.person = ?"), [(*own).into()]),
        Scope::Branch(branch) => branch.holds(&format!("{alias}.unit")),
        Scope::Office | Scope::Nothing => sees_unit_sql(scope, &format!("{alias}.unit")),
    }
}
