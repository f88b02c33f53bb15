//! People: the list with its filters, one person's whole record, and the facts made of it.

pub(crate) mod wanted;

use chrono::{DateTime, Utc};
use rules::facts::{Day, Facts, Group, Sex, Subject, Year};
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Scope, Viewer};
use crate::entry;
use crate::error::StoreError;
use crate::facts::{self, SubjectFacts};
use crate::households;
use crate::page::{COUNTED_TO, Listed, Page, Total};
use crate::search;
use crate::sql::{Row, Sql};
use crate::subjects::{self, Records, Whose};
use crate::units::branch::{self, Branch};
use crate::words::{MembershipKind, PostLevel};

use self::wanted::Wanted;

/// Which people a list shows, as things stand on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    pub day: Day,
    /// Those who work in this unit on the day.
    pub unit: Option<Uuid>,
    pub with_sub_units: bool,
    /// Only those who are in some unit on the day.
    pub working: bool,
    pub sex: Option<Sex>,
    /// The highest level of the posts held on the day; who holds none counts as staff.
    pub level: Option<PostLevel>,
    /// Holds this award, not revoked.
    pub award: Option<String>,
    /// Words that begin words of the name, with or without diacritics.
    pub name: Option<String>,
    /// Was in a unit on the last day of this year, was not excepted, and has no grade for it.
    pub without_grade: Option<Year>,
    /// Households alone; otherwise people alone, and by a name both.
    pub households: bool,
}

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    pub id: Uuid,
    pub full_name: String,
    pub sex: Option<Sex>,
    /// Absent where unknown or not to be shown to the viewer.
    pub born: Option<Day>,
    pub unit: Option<Uuid>,
    pub unit_name: Option<String>,
    pub unit_code: Option<String>,
    /// The first of the posts held on the day, as printed.
    pub post: Option<String>,
    pub level: Option<PostLevel>,
    /// A household, and where it lives.
    pub household: Option<Household>,
    pub fictitious: bool,
    /// Known only from the words of a source.
    pub quoted: bool,
}

/// What is known of a household beside what is known of everyone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Household {
    pub address: Option<String>,
}

/// One person, or one household, with everything known.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    pub id: Uuid,
    pub full_name: String,
    pub household: Option<Household>,
    pub sex: Option<Sex>,
    /// Absent where unknown, or where [`Person::personal_data_shown`] is false.
    pub born: Option<Day>,
    pub personal_data_shown: bool,
    pub recruited: Option<Day>,
    pub staff_group: Option<Group>,
    pub fictitious: bool,
    /// The words of the source, where the source is all that is known.
    pub quotation: Option<String>,
    pub excluded_from_roster: bool,
    /// From the oldest to the newest.
    pub memberships: Vec<Membership>,
    pub records: Records,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    pub id: Uuid,
    pub unit: Uuid,
    /// The name of the unit on the last day of the membership, or its newest.
    pub unit_name: String,
    pub unit_code: String,
    /// The unit that reviews and proposes.
    pub review_unit: Uuid,
    pub kind: MembershipKind,
    pub from: Day,
    /// The last day, itself included.
    pub to: Option<Day>,
}

/// One entry in the history of a subject: who entered which record when, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub at: DateTime<Utc>,
    /// The display name of the account; absent where the program itself acted.
    pub actor: Option<String>,
    pub why: String,
    /// The table of the record.
    pub noun: String,
    /// How many records of that noun the step entered for this person.
    pub records: u32,
}

impl Person {
    /// The units that review the person on a day.
    pub fn reviewed_in(&self, day: Day) -> Vec<Uuid> {
        let held = self.memberships.iter().filter(|stay| stay.from <= day && stay.to.is_none_or(|to| day <= to));
        held.map(|stay| stay.review_unit).collect()
    }
}

impl Filter {
    /// Everyone the viewer can see.
    pub fn everyone(day: Day) -> Self {
        Self {
            day,
            unit: None,
            with_sub_units: true,
            working: false,
            sex: None,
            level: None,
            award: None,
            name: None,
            without_grade: None,
            households: false,
        }
    }
}

const COLUMNS: &str = "SELECT p.id, p.full_name, p.sex, p.born, p.fictitious, p.quotation IS NOT NULL AS quoted, \
    h.id IS NOT NULL AS household, h.address, m.unit, n.name AS unit_name, n.code AS unit_code, o.label AS post, \
    o.level FROM ";
const PLACE: &str = " LEFT JOIN household h ON h.office = p.office AND h.person = p.id \
    LEFT JOIN membership m ON m.office = p.office AND m.person = p.id \
        AND m.from_day <= ? AND (m.to_day IS NULL OR m.to_day >= ?) \
    LEFT JOIN unit_name n ON n.office = m.office AND n.unit = m.unit \
        AND n.from_day <= ? AND (n.to_day IS NULL OR n.to_day >= ?) \
    LEFT JOIN post o ON o.office = p.office AND o.id = (SELECT q.id FROM post q WHERE q.office = p.office \
        AND q.person = p.id AND q.from_day <= ? AND (q.to_day IS NULL OR q.to_day >= ?) \
        ORDER BY q.position, q.id LIMIT 1)";

/// Everything that [`person_row`] reads, of an alias `p` of `person` or of what was chosen of it.
fn rows(chosen: Sql, day: Day) -> Sql {
    let mut sql = Sql::new(COLUMNS, []);
    sql.join(chosen).add(PLACE, [day; 6].map(Into::into));
    sql
}

/// The same of all people who meet the condition that follows.
fn rows_where(day: Day) -> Sql {
    let mut sql = rows(Sql::new("person p", []), day);
    sql.add(" WHERE ", []);
    sql
}

/// A page of people by given name, surname, middle names.
pub async fn list(
    store: &Store,
    viewer: &Viewer,
    filter: &Filter,
    page: Page,
) -> Result<Listed<PersonRow>, StoreError> {
    let scope = access::scope(viewer, filter.day);
    if scope == Scope::Nothing {
        return Err(StoreError::Forbidden);
    }
    let Wanted { condition, order, total, walks } = wanted::condition(store, viewer, &scope, filter, page).await?;
    let total = match total {
        Some(total) => total,
        None => count(store, viewer, &scope, filter, &condition).await?,
    };
    // The page is chosen first, so that unit and post are looked up for its rows alone.
    let mut chosen = Sql::new("(SELECT p.* FROM person p WHERE ", []);
    chosen.join(condition);
    if let Some(after) = page.after {
        chosen.add(
            " AND (p.sort_key, p.id) > (SELECT a.sort_key, a.id FROM person a WHERE a.office = ? AND a.id = ?)",
            [viewer.office.into(), after.into()],
        );
    }
    chosen.add(&format!(" ORDER BY {order} LIMIT ?) p"), [page.limit().into()]);
    let mut sql = rows(chosen, filter.day);
    sql.add(" ORDER BY p.sort_key, p.id", []);
    let rows = if walks { sql.all(&store.connection).await? } else { sql.read(store).await? };
    let people = rows.iter().map(|row| person_row(row, viewer)).collect::<Result<_, _>>()?;
    Ok(Listed::cut(people, page, total, |person: &PersonRow| person.id))
}

async fn count(
    store: &Store,
    viewer: &Viewer,
    scope: &Scope,
    filter: &Filter,
    condition: &Sql,
) -> Result<Total, StoreError> {
    let all_working = Filter { working: true, with_sub_units: filter.with_sub_units, ..Filter::everyone(filter.day) };
    let count = if *scope == Scope::Office && *filter == all_working {
        wanted::working_total(viewer.office, filter.day)
    } else {
        let mut count = Sql::new("SELECT count(*) AS total FROM (SELECT 1 AS one FROM person p WHERE ", []);
        count.join(condition.clone()).add(" LIMIT ?) counted", [i64::from(COUNTED_TO + 1).into()]);
        count
    };
    store.total(viewer.office, &count).await
}

/// Those who work in a unit and its sub-units on a day, leaders first, then by name; at most so many, and how many there
/// are.
pub async fn members(
    store: &Store,
    viewer: &Viewer,
    unit: Uuid,
    day: Day,
    most: u32,
) -> Result<(Vec<PersonRow>, Total), StoreError> {
    let scope = access::scope(viewer, day);
    if !access::sees_unit(store, &scope, unit).await? {
        return Err(StoreError::Forbidden);
    }
    let mut who = Sql::new("p.office = ? AND ", [viewer.office.into()]);
    who.join(access::sees_person_sql(&scope, "p.id")).add(" AND ", []).join(households::are_not("p", "id"));
    who.add(" AND ", []).join(wanted::all_of(Branch { office: viewer.office, unit, day }, branch::WORK));
    let mut count = Sql::new("SELECT count(*) AS total FROM (SELECT 1 AS one FROM person p WHERE ", []);
    count.join(who.clone()).add(" LIMIT ?) counted", [i64::from(COUNTED_TO + 1).into()]);
    let total = store.total(viewer.office, &count).await?;
    let mut sql = rows_where(day);
    sql.join(who).add(
        " ORDER BY CASE o.level WHEN 'lanh-dao-vu' THEN 0 WHEN 'lanh-dao-phong' THEN 1 ELSE 2 END, p.sort_key, p.id LIMIT ?",
        [i64::from(most).into()],
    );
    let rows = sql.read(store).await?;
    Ok((rows.iter().map(|row| person_row(row, viewer)).collect::<Result<_, _>>()?, total))
}

/// The first people whose names match, for the search box: those that match with their marks first.
pub async fn search(
    store: &Store,
    viewer: &Viewer,
    query: &str,
    day: Day,
    limit: u32,
) -> Result<Vec<PersonRow>, StoreError> {
    let scope = access::scope(viewer, day);
    if scope == Scope::Nothing {
        return Err(StoreError::Forbidden);
    }
    let found = search::find(store, viewer.office, "person", query, limit).await?;
    let mut sql = rows_where(day);
    sql.add("p.office = ? AND p.id IN ", [viewer.office.into()]).set(found.iter().map(|id| (*id).into()));
    sql.add(" AND ", []).join(access::sees_person_sql(&scope, "p.id"));
    let rows = sql.read(store).await?;
    let mut people: Vec<PersonRow> = rows.iter().map(|row| person_row(row, viewer)).collect::<Result<_, _>>()?;
    people.sort_by_key(|person| found.iter().position(|id| *id == person.id));
    Ok(people)
}

/// Everyone who bears one of these names without marks, with unit and post on the day, in the order of names.
pub async fn named(store: &Store, viewer: &Viewer, folded: &[String], day: Day) -> Result<Vec<PersonRow>, StoreError> {
    let scope = access::scope(viewer, day);
    let mut sql = rows_where(day);
    sql.add("p.office = ? AND p.name_folded IN ", [viewer.office.into()]);
    sql.set(folded.iter().map(|name| name.as_str().into())).add(" AND ", []);
    sql.join(access::sees_person_sql(&scope, "p.id")).add(" ORDER BY p.sort_key, p.id", []);
    sql.read(store).await?.iter().map(|row| person_row(row, viewer)).collect()
}

/// One person with every record; `None` where there is no such person.
pub async fn one(store: &Store, viewer: &Viewer, person: Uuid, day: Day) -> Result<Option<Person>, StoreError> {
    Ok(one_with_facts(store, viewer, person, day).await?.map(|(person, _)| person))
}

/// The facts of a person for the law, with the day of birth whoever asks; `None` where there is no such person.
pub async fn facts(store: &Store, viewer: &Viewer, person: Uuid, day: Day) -> Result<Option<SubjectFacts>, StoreError> {
    let Some(row) = seen(store, viewer, person, day).await? else {
        return Ok(None);
    };
    let records = subjects::records(store, viewer.office, &Whose::Person(person), day).await?;
    Ok(Some(known(&row, &records, day)?))
}

/// [`one`] and [`facts`] from one reading of the records.
pub async fn one_with_facts(
    store: &Store,
    viewer: &Viewer,
    person: Uuid,
    day: Day,
) -> Result<Option<(Person, SubjectFacts)>, StoreError> {
    let Some(row) = seen(store, viewer, person, day).await? else {
        return Ok(None);
    };
    let records = subjects::records(store, viewer.office, &Whose::Person(person), day).await?;
    let facts = known(&row, &records, day)?;
    let personal_data_shown = access::sees_personal_data(viewer, person);
    let person = Person {
        id: person,
        full_name: row.get("full_name")?,
        household: household(&row)?,
        sex: row.word_or_none("sex")?,
        born: row.get::<Option<Day>>("born")?.filter(|_| personal_data_shown),
        personal_data_shown,
        recruited: row.get("recruited")?,
        staff_group: row.word_or_none("staff_group")?,
        fictitious: row.get("fictitious")?,
        quotation: row.get("quotation")?,
        excluded_from_roster: row.get("excluded_from_roster")?,
        memberships: memberships(store, viewer.office, person).await?,
        records,
    };
    Ok(Some((person, facts)))
}

fn known(row: &Row, records: &Records, day: Day) -> Result<SubjectFacts, StoreError> {
    Ok(facts::of_records(bare_facts(row)?, records, day))
}

/// What a row of `person`, with whether it is a `household`, says for the law, before any record.
pub(crate) fn bare_facts(row: &Row) -> Result<Facts, StoreError> {
    Ok(Facts {
        subject: if row.get("household")? { Subject::HoGiaDinh } else { Subject::CaNhan },
        sex: row.word_or_none("sex")?,
        born: row.get("born")?,
        group: row.word_or_none("staff_group")?,
        recruited: row.get("recruited")?,
        ..Facts::default()
    })
}

/// Who entered what about a person, the newest first; at most 100 lines.
pub async fn history(store: &Store, viewer: &Viewer, person: Uuid, day: Day) -> Result<Vec<Change>, StoreError> {
    if seen(store, viewer, person, day).await?.is_none() {
        return Err(StoreError::NotFound);
    }
    const TABLES: [&str; 14] = [
        "household",
        "membership",
        "post",
        "roster_exception",
        "grade",
        "conferral",
        "initiative",
        "discipline",
        "hold",
        "leave",
        "registration",
        "complete_range",
        "attestation",
        "account",
    ];
    let mut sql = Sql::new(
        "SELECT s.at, a.display_name AS actor, s.why, r.noun, count(*) AS records FROM (\
         SELECT 'person' AS noun, step FROM person WHERE office = ? AND id = ?",
        [viewer.office.into(), person.into()],
    );
    for table in TABLES {
        sql.add(
            &format!(" UNION ALL SELECT '{table}', step FROM {table} WHERE office = ? AND person = ?"),
            [viewer.office.into(), person.into()],
        );
    }
    sql.add(
        ") r JOIN step s ON s.office = ? AND s.id = r.step \
         LEFT JOIN account a ON a.office = s.office AND a.id = s.actor \
         GROUP BY s.at, s.id, a.display_name, s.why, r.noun ORDER BY s.at DESC, s.id DESC, r.noun LIMIT 100",
        [viewer.office.into()],
    );
    sql.read(store).await?.iter().map(change).collect()
}

/// The row of a person, after the check that the viewer may see it.
async fn seen(store: &Store, viewer: &Viewer, person: Uuid, day: Day) -> Result<Option<Row>, StoreError> {
    let scope = access::scope(viewer, day);
    let sql = Sql::new(
        "SELECT p.*, h.id IS NOT NULL AS household, h.address FROM person p \
         LEFT JOIN household h ON h.office = p.office AND h.person = p.id WHERE p.office = ? AND p.id = ?",
        [viewer.office.into(), person.into()],
    );
    let row = sql.read_one(store).await?;
    let units = entry::units_of(store, viewer.office, person, day).await?;
    if access::sees_person(store, &scope, person, &units).await? { Ok(row) } else { Err(StoreError::Forbidden) }
}

async fn memberships(store: &Store, office: i32, person: Uuid) -> Result<Vec<Membership>, StoreError> {
    let sql = Sql::new(
        "SELECT m.id, m.unit, m.review_unit, m.kind, m.from_day, m.to_day, n.name, n.code FROM membership m \
         JOIN unit_name n ON n.office = m.office AND n.id = (SELECT x.id FROM unit_name x WHERE x.office = m.office \
             AND x.unit = m.unit AND (m.to_day IS NULL OR x.from_day <= m.to_day) ORDER BY x.from_day DESC LIMIT 1) \
         WHERE m.office = ? AND m.person = ? ORDER BY m.from_day",
        [office.into(), person.into()],
    );
    let rows = sql.read(store).await?;
    let read = |row: &Row| {
        Ok(Membership {
            id: row.get("id")?,
            unit: row.get("unit")?,
            unit_name: row.get("name")?,
            unit_code: row.get("code")?,
            review_unit: row.get("review_unit")?,
            kind: row.word("kind")?,
            from: row.get("from_day")?,
            to: row.get("to_day")?,
        })
    };
    rows.iter().map(read).collect()
}

fn person_row(row: &Row, viewer: &Viewer) -> Result<PersonRow, StoreError> {
    let id: Uuid = row.get("id")?;
    Ok(PersonRow {
        id,
        full_name: row.get("full_name")?,
        sex: row.word_or_none("sex")?,
        born: row.get::<Option<Day>>("born")?.filter(|_| access::sees_personal_data(viewer, id)),
        unit: row.get("unit")?,
        unit_name: row.get("unit_name")?,
        unit_code: row.get("unit_code")?,
        post: row.get("post")?,
        level: row.word_or_none("level")?,
        household: household(row)?,
        fictitious: row.get("fictitious")?,
        quoted: row.get("quoted")?,
    })
}

fn household(row: &Row) -> Result<Option<Household>, StoreError> {
    Ok(if row.get("household")? { Some(Household { address: row.get("address")? }) } else { None })
}

fn change(row: &Row) -> Result<Change, StoreError> {
    Ok(Change {
        at: row.instant("at")?,
        actor: row.get("actor")?,
        why: row.get("why")?,
        noun: row.get("noun")?,
        records: row.count("records")?,
    })
}
