//! Every record that a step can enter, as the struct the caller fills.

pub mod accounts;
pub mod layers;
pub mod register;

use rules::facts::{Day, Discipline, Grade, Group, Hold, Kind, Leave, RecordKind, Scope, Sex, Sort, Year};
use sea_orm::Value;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::names;
use crate::record::{Record, SearchText, record};
use crate::schema::{ColumnType, Field};
use crate::search;
use crate::words::{
    Cell, Certainty, EndKind, IdentityKind, LineageKind, MembershipKind, PostForm, PostLevel, PostSide, Role,
};

record! {
    /// The office itself; the first record of its first step.
    NewOffice, "office", "found";
    /// The letters by which documents know it, such as `VPCP`.
    code: String,
    name: String,
    name_en: Option<String>,
    /// Whether its records only illustrate.
    illustrative: bool,
}

record! {
    /// That a record with a last day, open until now, ends; [`Record::NOUN`] names its table.
    NewEnding, "ending", "end";
    noun: String,
    record: Uuid,
    /// The last day, itself included.
    to_day: Day,
}

record! {
    /// A unit, the same through all its names.
    NewUnit, "unit", "found";
    /// Such as `vu`, `cuc`, `phong` or `doan-the`.
    kind: String,
    fictitious: bool,
}

record! {
    /// Names, parent, cluster, order and code of a unit during a time.
    NewUnitName, "unit_name", "name", search |it| search::of_unit(&it.name, &it.code);
    unit: Uuid,
    name: String,
    name_en: Option<String>,
    code: String,
    parent: Option<Uuid>,
    cluster: Option<String>,
    /// Its place in the order of the decree.
    position: i32,
    /// The text that gives the name.
    basis: Option<String>,
    certainty: Certainty,
    from_day: Day,
    to_day: Option<Day>,
}

record! {
    /// That a unit went on as another.
    NewUnitLineage, "unit_lineage", "reorganise";
    kind: LineageKind,
    predecessor: Uuid,
    successor: Uuid,
    /// The first day of the successor.
    day: Day,
    /// Whether the honours of the predecessor count for the successor.
    keeps_honours: bool,
    document: Option<String>,
}

/// A person; what is unknown is absent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewPerson {
    /// A UUIDv7, made by the caller or by [`crate::step::Step::id`].
    pub id: Uuid,
    pub full_name: String,
    pub sex: Option<Sex>,
    pub born: Option<Day>,
    pub recruited: Option<Day>,
    pub staff_group: Option<Group>,
    pub fictitious: bool,
    /// The words of the source that names the person, where the source is all that is known.
    pub quotation: Option<String>,
    /// Stands in no roster and in no count.
    pub excluded_from_roster: bool,
}

impl NewPerson {
    /// Somebody of whom the name alone is known.
    pub fn named(id: Uuid, full_name: impl Into<String>) -> Self {
        Self {
            id,
            full_name: full_name.into(),
            sex: None,
            born: None,
            recruited: None,
            staff_group: None,
            fictitious: false,
            quotation: None,
            excluded_from_roster: false,
        }
    }
}

impl Record for NewPerson {
    const NOUN: &'static str = "person";
    const VERB: &'static str = "enter";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "full_name",
        "name_folded",
        "sort_key",
        "sort_version",
        "sex",
        "born",
        "recruited",
        "staff_group",
        "fictitious",
        "quotation",
        "excluded_from_roster",
    ];
    const FIELDS: &'static [Field] = &[
        Field { name: "id", column: ColumnType::Uuid },
        Field { name: "full_name", column: ColumnType::Text },
        Field { name: "sex", column: ColumnType::Text },
        Field { name: "born", column: ColumnType::Day },
        Field { name: "recruited", column: ColumnType::Day },
        Field { name: "staff_group", column: ColumnType::Text },
        Field { name: "fictitious", column: ColumnType::Bool },
        Field { name: "quotation", column: ColumnType::Text },
        Field { name: "excluded_from_roster", column: ColumnType::Bool },
    ];

    fn id(&self) -> Uuid {
        self.id
    }

    fn values(&self) -> Vec<Value> {
        vec![
            self.id.cell(),
            self.full_name.cell(),
            names::fold(&self.full_name).cell(),
            names::sort_key(&self.full_name).into(),
            names::SORT_KEY_VERSION.cell(),
            self.sex.cell(),
            self.born.cell(),
            self.recruited.cell(),
            self.staff_group.cell(),
            self.fictitious.cell(),
            self.quotation.cell(),
            self.excluded_from_roster.cell(),
        ]
    }

    fn search(&self) -> Option<SearchText> {
        Some(search::of_person(&self.full_name))
    }
}

record! {
    /// That who is entered as a person is a household, under the name that its certificates bear.
    NewHousehold, "household", "keep";
    person: Uuid,
    /// Where it lives, as its dossiers write it.
    address: Option<String>,
}

record! {
    /// That a person sat in a unit; a person is in one unit at a time.
    NewMembership, "membership", "place";
    person: Uuid,
    /// The unit of work.
    unit: Uuid,
    /// The unit that reviews and proposes, mostly the same.
    review_unit: Uuid,
    kind: MembershipKind,
    from_day: Day,
    to_day: Option<Day>,
}

record! {
    /// That a person held a post.
    NewPost, "post", "appoint";
    person: Uuid,
    unit: Option<Uuid>,
    /// The post as printed.
    label: String,
    /// The id by which posts are taken as equal, such as `vu-truong`.
    post: Option<String>,
    side: PostSide,
    level: PostLevel,
    form: PostForm,
    /// Its place when the posts of one person are printed together.
    position: i32,
    from_day: Day,
    to_day: Option<Day>,
}

record! {
    /// That a person on the roster was not considered in a year.
    NewRosterException, "roster_exception", "except";
    person: Uuid,
    year: Year,
    reason: String,
}

record! {
    /// The yearly degree of task completion; of a person or of a collective.
    NewGrade, "grade", "grade";
    person: Option<Uuid>,
    collective: Option<Uuid>,
    year: Year,
    grade: Grade,
    decided: Option<Day>,
    /// The number of the decision as printed.
    number: Option<String>,
    issuer: Option<String>,
}

record! {
    /// A decision; unique by issuer, symbol, number and year.
    NewDecision, "decision", "issue", search |it| search::of_decision(
        &[&it.number, &it.symbol, &it.issuer, &it.summary, &it.authority, it.signer.as_deref().unwrap_or_default()],
        it.day,
    );
    issuer: String,
    /// The letters after the number, such as `QĐ-VPCP`.
    symbol: String,
    /// The number without the symbol, such as `MH-001`.
    number: String,
    /// The year of numbering.
    year: Year,
    day: Day,
    /// What it is about (trích yếu).
    summary: String,
    /// Who decides, such as `Thủ tướng Chính phủ`.
    authority: String,
    series: Option<String>,
    /// Made up for demonstration, without legal value.
    illustrative: bool,
    signer: Option<String>,
}

record! {
    /// One line of a decision: an award to a person or to a collective.
    NewConferral, "conferral", "confer";
    decision: Uuid,
    /// The day of the decision; the database refuses any other.
    decided: Day,
    person: Option<Uuid>,
    collective: Option<Uuid>,
    /// The id of the award in the catalogue.
    award: String,
    /// The year of a title or flag; absent for a commendation.
    title_year: Option<Year>,
    /// First and last year of the achievement; both or neither.
    period_from: Option<Year>,
    period_to: Option<Year>,
    kind: Option<Kind>,
    post_printed: Option<String>,
    /// The level of the post held then; absent for a collective.
    level: Option<PostLevel>,
    /// The unit of the subject at that time; a collective stands for itself.
    unit: Option<Uuid>,
    unit_printed: Option<String>,
    /// Its place on the list.
    position: i32,
    /// Proposed by this office; false for an honour given by way of another body.
    own_body: bool,
}

record! {
    /// That a decision, or one line of it, was revoked.
    NewDecisionEnd, "decision_end", "revoke";
    decision: Uuid,
    /// The one line that ends; absent where the whole decision ends.
    conferral: Option<Uuid>,
    kind: EndKind,
    day: Day,
    document: String,
    reason: String,
}

record! {
    /// A recognised initiative or subject of research.
    NewInitiative, "initiative", "recognise";
    person: Option<Uuid>,
    collective: Option<Uuid>,
    name: String,
    sort: Sort,
    scope: Scope,
    year: Year,
    decided: Option<Day>,
    number: Option<String>,
}

record! {
    /// That an initiative has served for an award.
    NewInitiativeUse, "initiative_use", "use";
    initiative: Uuid,
    award: String,
    year: Year,
}

record! {
    /// A disciplinary measure, with the last day of its effect.
    NewDiscipline, "discipline", "discipline";
    person: Option<Uuid>,
    collective: Option<Uuid>,
    kind: Discipline,
    number: Option<String>,
    from_day: Day,
    to_day: Option<Day>,
}

record! {
    /// A matter under examination.
    NewHold, "hold", "hold";
    person: Option<Uuid>,
    collective: Option<Uuid>,
    kind: Hold,
    document: Option<String>,
    from_day: Day,
    to_day: Option<Day>,
}

record! {
    /// A time away from work.
    NewLeave, "leave", "leave";
    person: Uuid,
    kind: Leave,
    from_day: Day,
    to_day: Option<Day>,
}

record! {
    /// That a subject registered to take part in emulation in a year.
    NewRegistration, "registration", "register";
    person: Option<Uuid>,
    collective: Option<Uuid>,
    year: Year,
}

record! {
    /// Years in which one kind of record of a subject is whole.
    NewCompleteRange, "complete_range", "declare";
    person: Option<Uuid>,
    collective: Option<Uuid>,
    kind: RecordKind,
    from_year: Year,
    /// The last year, itself included.
    to_year: Year,
}

record! {
    /// A dated confirmation of one condition.
    NewAttestation, "attestation", "attest";
    person: Option<Uuid>,
    collective: Option<Uuid>,
    /// `AWARD/STANDARD/LEAF`.
    condition: String,
    value: bool,
    on_day: Day,
    by_whom: Option<String>,
}

record! {
    /// An account; it can sign in once a password is set and a state opens it.
    NewAccount, "account", "open";
    /// In lower case.
    login: String,
    display_name: String,
    person: Option<Uuid>,
}

record! {
    /// A password; the last one of an account counts.
    NewPassword, "password", "set";
    account: Uuid,
    /// Argon2id hash in PHC form.
    argon2: String,
}

record! {
    /// That an account may, or may no longer, sign in from a day.
    NewAccountState, "account_state", "switch";
    account: Uuid,
    active: bool,
    from_day: Day,
}

record! {
    /// That an account has a role, in a unit with its sub-units or, without one, in the whole office.
    NewRoleGrant, "role_grant", "grant";
    account: Uuid,
    role: Role,
    unit: Option<Uuid>,
    from_day: Day,
    to_day: Option<Day>,
}

record! {
    /// That fields of a record were corrected; the row itself holds what they are now.
    NewCorrection, "correction", "correct";
    noun: String,
    record: Uuid,
    /// Which correction of that record it is, from 1.
    ordinal: i32,
    /// The corrected fields as they stood, as canonical JSON.
    before: String,
    /// The same fields as they stand from now on.
    after: String,
}

record! {
    /// That a record entered by mistake was taken out of its table; it is kept whole here.
    NewRemoval, "removal", "remove";
    noun: String,
    record: Uuid,
    /// Its content as it last stood, as canonical JSON.
    content: String,
    /// The step that had entered it.
    entered: Uuid,
    /// The salt hashed with its content, in hexadecimal digits; absent where it was erased.
    record_salt: Option<String>,
}

record! {
    /// A number by which the State knows a person, sealed.
    NewIdentity, "identity", "identify";
    person: Uuid,
    kind: IdentityKind,
    /// Nonce and AES-GCM ciphertext, in base64.
    sealed: String,
    /// The keyed hash by which equal numbers are found, in hexadecimal digits.
    lookup: String,
}

record! {
    /// A file that belongs to a record; its bytes lie in the folder of files.
    NewAttachment, "attachment", "attach";
    noun: String,
    record: Uuid,
    /// What it is, such as the signed original.
    title: String,
    /// The name under which it came.
    file_name: String,
    media_type: String,
    /// In bytes.
    size: i64,
    /// Of the bytes, in hexadecimal digits.
    sha256: String,
    /// The random name in the folder of files.
    stored_as: String,
}

record! {
    /// That the rows of a file were entered, all in the step of this record; its id is that of the file.
    NewImportBatch, "import_batch", "import";
    kind: String,
    /// The name under which the file came.
    file_name: String,
    /// Of its bytes, in hexadecimal digits.
    sha256: String,
    /// How many of its rows were entered.
    written: i32,
}
