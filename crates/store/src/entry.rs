//! What a form of entry asks of the store: whose a record is, whether the viewer may write it, what there is to choose from.

use rules::facts::Day;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::schema::{self, Table};
use crate::sql::{Row, Sql};

/// A person or a unit, about whom records are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    Person(Uuid),
    Unit(Uuid),
}

/// A subject with its name: of a unit the one it bears on the day asked, or else its last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub subject: Subject,
    pub name: String,
    /// Whether the person is a household.
    pub household: bool,
}

/// A record as it stands, with what a form needs to change it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    pub noun: &'static str,
    pub id: Uuid,
    pub content: Map<String, Json>,
    pub whose: Named,
    /// The step that last touched it: what the form carries as `after`.
    pub last: Uuid,
}

/// A unit to choose, under its newest name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitChoice {
    pub id: Uuid,
    pub name: String,
    pub name_en: Option<String>,
    pub code: String,
    /// The last day, where the unit is no more.
    pub to: Option<Day>,
}

/// An initiative of a subject, with the award for which it has served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initiative {
    pub id: Uuid,
    pub name: String,
    pub year: i32,
    pub used_for: Option<String>,
}

/// The tables that hold records of a person, in the order of a page.
pub const OF_PERSON: [&str; 16] = [
    "person",
    "household",
    "identity",
    "membership",
    "post",
    "grade",
    "conferral",
    "initiative",
    "initiative_use",
    "discipline",
    "hold",
    "leave",
    "registration",
    "roster_exception",
    "attestation",
    "complete_range",
];
/// The tables that hold records of a unit, in the order of a page.
pub const OF_UNIT: [&str; 12] = [
    "unit",
    "unit_name",
    "unit_lineage",
    "grade",
    "conferral",
    "initiative",
    "initiative_use",
    "discipline",
    "hold",
    "registration",
    "attestation",
    "complete_range",
];

impl Subject {
    pub fn id(self) -> Uuid {
        match self {
            Self::Person(id) | Self::Unit(id) => id,
        }
    }

    /// The tables that hold its records.
    pub fn nouns(self) -> &'static [&'static str] {
        match self {
            Self::Person(_) => &OF_PERSON,
            Self::Unit(_) => &OF_UNIT,
        }
    }

    /// The rows of a table that are about it, as a condition on an alias.
    pub(crate) fn condition(self, office: i32, noun: &str, alias: &str) -> Sql {
        let column = match (self, noun) {
            (Self::Person(_), "person") | (Self::Unit(_), "unit") => "id",
            (Self::Person(_), _) => "person",
            (Self::Unit(_), "unit_name") => "unit",
            (Self::Unit(_), _) => "collective",
        };
        let key = || [office.into(), self.id().into()];
        match noun {
            "initiative_use" => {
                let text = format!(
                    "{alias}.initiative IN (SELECT i.id FROM initiative i WHERE i.office = ? AND i.{column} = ?) \
                     AND {alias}.office = ?"
                );
                let mut sql = Sql::new(&text, key());
                sql.add("", [office.into()]);
                sql
            }
            "unit_lineage" => {
                let text = format!("{alias}.office = ? AND ({alias}.predecessor = ? OR {alias}.successor = ?)");
                let mut sql = Sql::new(&text, key());
                sql.add("", [self.id().into()]);
                sql
            }
            _ => Sql::new(&format!("{alias}.office = ? AND {alias}.{column} = ?"), key()),
        }
    }
}

/// A subject that the viewer sees on a day; [`StoreError::NotFound`] where there is none.
pub async fn seen(store: &Store, viewer: &Viewer, subject: Subject, day: Day) -> Result<Named, StoreError> {
    let scope = access::scope(viewer, day);
    let (named, units) = asked(store, viewer, subject, day).await?;
    let sees = match subject {
        Subject::Person(person) => access::sees_person(store, &scope, person, &units).await?,
        Subject::Unit(unit) => access::sees_unit(store, &scope, unit).await?,
    };
    allowed(sees, named)
}

/// A subject about whom the viewer may write records of a table today.
pub async fn writable(
    store: &Store,
    viewer: &Viewer,
    noun: &str,
    subject: Subject,
    today: Day,
) -> Result<Named, StoreError> {
    let scope = access::scope(viewer, today);
    let (named, units) = asked(store, viewer, subject, today).await?;
    let may = access::writes(viewer, noun) && access::reaches_for_writing(store, &scope, &units).await?;
    allowed(may, named)
}

/// Whether a subject lies in the viewer's reach for writing today, whatever the kind of record.
pub async fn reaches(store: &Store, viewer: &Viewer, subject: Subject, today: Day) -> Result<bool, StoreError> {
    let scope = access::scope(viewer, today);
    let units = match subject {
        Subject::Person(person) => units_of(store, viewer.office, person, today).await?,
        Subject::Unit(unit) => vec![unit],
    };
    access::reaches_for_writing(store, &scope, &units).await
}

/// A record with its subject, which the viewer sees; [`StoreError::NotFound`] where there is none.
pub async fn record(
    store: &Store,
    viewer: &Viewer,
    noun: &'static str,
    id: Uuid,
    day: Day,
) -> Result<Stored, StoreError> {
    let content = store.content(viewer.office, noun, id).await?;
    let Some(Json::Object(content)) = content else {
        return Err(StoreError::NotFound);
    };
    let subject = subject_of(store, viewer.office, noun, &content).await?.ok_or(StoreError::NotFound)?;
    let whose = seen(store, viewer, subject, day).await?;
    let last = store.last_step(viewer.office, noun, id).await?;
    Ok(Stored { noun, id, content, whose, last })
}

/// About whom a record is, by its content; `None` for a record that is about no person and no unit.
pub(crate) async fn subject_of(
    store: &Store,
    office: i32,
    noun: &str,
    content: &Map<String, Json>,
) -> Result<Option<Subject>, StoreError> {
    let id = |name: &str| content.get(name).and_then(Json::as_str).and_then(|id| id.parse::<Uuid>().ok());
    Ok(match noun {
        "person" => id("id").map(Subject::Person),
        "unit" => id("id").map(Subject::Unit),
        "unit_name" => id("unit").map(Subject::Unit),
        "unit_lineage" => id("successor").map(Subject::Unit),
        "initiative_use" => match id("initiative") {
            Some(initiative) => match store.content(office, "initiative", initiative).await? {
                Some(Json::Object(content)) => Box::pin(subject_of(store, office, "initiative", &content)).await?,
                _ => None,
            },
            None => None,
        },
        _ => id("person").map(Subject::Person).or_else(|| id("collective").map(Subject::Unit)),
    })
}

/// How many records of each table there are about a subject whom the viewer sees; one statement beside the check.
pub async fn counts(
    store: &Store,
    viewer: &Viewer,
    subject: Subject,
    day: Day,
) -> Result<Vec<(&'static str, u32)>, StoreError> {
    seen(store, viewer, subject, day).await?;
    let mut sql = Sql::default();
    for (place, noun) in subject.nouns().iter().enumerate() {
        let union = if place == 0 { "" } else { " UNION ALL " };
        sql.add(&format!("{union}SELECT '{noun}' AS noun, count(*) AS records FROM {noun} c WHERE "), []);
        sql.join(subject.condition(viewer.office, noun, "c"));
    }
    let rows = sql.read(store).await?;
    let mut counts = Vec::with_capacity(rows.len());
    for noun in subject.nouns() {
        for row in &rows {
            if row.get::<String>("noun")? == *noun {
                counts.push((*noun, row.count("records")?));
            }
        }
    }
    Ok(counts)
}

/// The records of one table about a subject whom the viewer sees, the newest first; at most 100.
pub async fn records(
    store: &Store,
    viewer: &Viewer,
    subject: Subject,
    noun: &str,
    day: Day,
) -> Result<Vec<Map<String, Json>>, StoreError> {
    seen(store, viewer, subject, day).await?;
    let table =
        schema::table(noun).filter(|table| subject.nouns().contains(&table.noun)).ok_or(StoreError::NotFound)?;
    let mut sql = Sql::new(&format!("SELECT {} FROM {noun} c WHERE ", table.select()), []);
    sql.join(subject.condition(viewer.office, noun, "c")).add(newest_first(table), []);
    sql.read(store).await?.iter().map(|row| table.content(row)).collect()
}

/// Every unit that the viewer sees today, under its newest name and in the order of the decree; at most 2,000.
pub async fn units(store: &Store, viewer: &Viewer, today: Day) -> Result<Vec<UnitChoice>, StoreError> {
    let scope = access::scope(viewer, today);
    let mut sql = Sql::new(
        "SELECT n.unit, n.name, n.name_en, n.code, n.to_day FROM unit_name n WHERE n.office = ? \
         AND n.from_day = (SELECT max(x.from_day) FROM unit_name x WHERE x.office = n.office AND x.unit = n.unit) AND ",
        [viewer.office.into()],
    );
    sql.join(access::sees_unit_sql(&scope, "n.unit"));
    sql.add(" ORDER BY CASE WHEN n.to_day IS NULL THEN 0 ELSE 1 END, n.position, n.code, n.unit LIMIT 2000", []);
    sql.read(store).await?.iter().map(unit_choice).collect()
}

/// The newest names of units, whoever asks having seen the records that name them.
pub async fn unit_names(store: &Store, office: i32, units: &[Uuid]) -> Result<Vec<UnitChoice>, StoreError> {
    let mut sql = Sql::new(
        "SELECT n.unit, n.name, n.name_en, n.code, n.to_day FROM unit_name n WHERE n.office = ? \
         AND n.from_day = (SELECT max(x.from_day) FROM unit_name x WHERE x.office = n.office AND x.unit = n.unit) \
         AND n.unit IN ",
        [office.into()],
    );
    sql.set(units.iter().map(|unit| (*unit).into()));
    sql.read(store).await?.iter().map(unit_choice).collect()
}

/// The initiatives of a subject whom the viewer sees, the newest first.
pub async fn initiatives(
    store: &Store,
    viewer: &Viewer,
    subject: Subject,
    day: Day,
) -> Result<Vec<Initiative>, StoreError> {
    seen(store, viewer, subject, day).await?;
    let mut sql = Sql::new(
        "SELECT c.id, c.name, c.year, (SELECT min(u.award) FROM initiative_use u WHERE u.office = c.office \
         AND u.initiative = c.id) AS used_for FROM initiative c WHERE ",
        [],
    );
    sql.join(subject.condition(viewer.office, "initiative", "c")).add(" ORDER BY c.year DESC, c.id LIMIT 200", []);
    let read = |row: &Row| {
        Ok(Initiative {
            id: row.get("id")?,
            name: row.get("name")?,
            year: row.get("year")?,
            used_for: row.get("used_for")?,
        })
    };
    sql.read(store).await?.iter().map(read).collect()
}

/// Whether a unit lies in the viewer's reach for writing today, such as the one into which a new person is entered.
pub async fn may_place_in(store: &Store, viewer: &Viewer, unit: Uuid, today: Day) -> Result<bool, StoreError> {
    let scope = access::scope(viewer, today);
    Ok(access::writes(viewer, "person") && access::reaches_for_writing(store, &scope, &[unit]).await?)
}

/// Whether the viewer may enter people who sit in no unit: only who writes the whole office.
pub fn may_place_nowhere(viewer: &Viewer) -> bool {
    access::writes(viewer, "person") && access::writes(viewer, "membership")
}

/// The units of work and of review of a person on a day.
pub(crate) async fn units_of(store: &Store, office: i32, person: Uuid, day: Day) -> Result<Vec<Uuid>, StoreError> {
    let sql = Sql::new(
        "SELECT unit, review_unit FROM membership WHERE office = ? AND person = ? \
         AND from_day <= ? AND (to_day IS NULL OR to_day >= ?)",
        [office.into(), person.into(), day.into(), day.into()],
    );
    let mut units = Vec::new();
    for row in sql.read(store).await? {
        units.extend([row.get::<Uuid>("unit")?, row.get("review_unit")?]);
    }
    Ok(units)
}

/// A subject, where there is one, and the units by which it is in reach.
async fn asked(
    store: &Store,
    viewer: &Viewer,
    subject: Subject,
    day: Day,
) -> Result<(Option<Named>, Vec<Uuid>), StoreError> {
    let (sql, units) = match subject {
        Subject::Person(person) => (
            Sql::new(
                "SELECT p.full_name AS name, h.id IS NOT NULL AS household FROM person p LEFT JOIN household h \
                 ON h.office = p.office AND h.person = p.id WHERE p.office = ? AND p.id = ?",
                [viewer.office.into(), person.into()],
            ),
            units_of(store, viewer.office, person, day).await?,
        ),
        Subject::Unit(unit) => (
            Sql::new(
                "SELECT name, 1 = 0 AS household FROM unit_name WHERE office = ? AND unit = ? \
                 ORDER BY CASE WHEN from_day <= ? THEN 0 ELSE 1 END, from_day DESC LIMIT 1",
                [viewer.office.into(), unit.into(), day.into()],
            ),
            vec![unit],
        ),
    };
    let named = match sql.read_one(store).await? {
        Some(row) => Some(Named { subject, name: row.get("name")?, household: row.get("household")? }),
        None => None,
    };
    Ok((named, units))
}

/// Who may not is refused before being told whether there is such a subject.
fn allowed(may: bool, named: Option<Named>) -> Result<Named, StoreError> {
    if may { named.ok_or(StoreError::NotFound) } else { Err(StoreError::Forbidden) }
}

fn newest_first(table: &Table) -> &'static str {
    let has = |name: &str| table.fields.iter().any(|field| field.name == name);
    match table.noun {
        _ if has("from_day") => " ORDER BY c.from_day DESC, c.id DESC LIMIT 100",
        _ if has("year") => " ORDER BY c.year DESC, c.id DESC LIMIT 100",
        _ if has("from_year") => " ORDER BY c.from_year DESC, c.id DESC LIMIT 100",
        _ => " ORDER BY c.id DESC LIMIT 100",
    }
}

fn unit_choice(row: &Row) -> Result<UnitChoice, StoreError> {
    Ok(UnitChoice {
        id: row.get("unit")?,
        name: row.get("name")?,
        name_en: row.get("name_en")?,
        code: row.get("code")?,
        to: row.get("to_day")?,
    })
}
