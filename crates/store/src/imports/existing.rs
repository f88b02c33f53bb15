//! What the records already say of the subjects of some rows; one statement, however many rows.

use std::collections::{BTreeSet, HashMap};

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::error::StoreError;
use crate::imports::Kind;
use crate::imports::rows::Existing;
use crate::imports::values::Values;
use crate::sql::{Row, Sql};

/// A person or a collective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    Person(Uuid),
    Collective(Uuid),
}

/// For each row that the records know, by its place in `wanted`, what they say.
pub async fn find(
    connection: &impl ConnectionTrait,
    office: i32,
    kind: Kind,
    wanted: &[(Subject, &Values)],
) -> Result<HashMap<usize, Existing>, StoreError> {
    let Some(select) = select(kind) else {
        // Who is known is no new person; units are known by their names.
        return Ok(HashMap::new());
    };
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let (mut people, mut collectives) = (BTreeSet::new(), BTreeSet::new());
    for (subject, _) in wanted {
        match subject {
            Subject::Person(person) => people.insert(*person),
            Subject::Collective(unit) => collectives.insert(*unit),
        };
    }
    let mut sql = Sql::new(select, [office.into()]);
    sql.add(" AND (c.person IN ", []).set(people.into_iter().map(Into::into));
    if kind != Kind::Posts {
        sql.add(" OR c.collective IN ", []).set(collectives.into_iter().map(Into::into));
    }
    sql.add(") ORDER BY c.id", []);
    let mut known: HashMap<(Subject, String), (Uuid, Values)> = HashMap::new();
    for row in sql.all(connection).await? {
        let values = read(kind, &row)?;
        known.insert((subject(kind, &row)?, values.fact_key(kind)), (row.get("id")?, values));
    }
    let found = wanted.iter().enumerate().filter_map(|(n, (subject, values))| {
        let (record, says) = known.get(&(*subject, values.fact_key(kind)))?;
        Some((n, Existing { record: Some(*record), same: agrees(kind, values, says), says: told(kind, says) }))
    });
    Ok(found.collect())
}

/// Whether two rows that speak of the same thing say the same.
pub fn agrees(kind: Kind, one: &Values, other: &Values) -> bool {
    match kind {
        Kind::Grades => one.grade == other.grade,
        Kind::Awards if one.for_a_year => decision(one) == decision(other),
        _ => true,
    }
}

/// What a record says, in a word of the records or as it is printed.
pub fn told(kind: Kind, values: &Values) -> String {
    match kind {
        Kind::Grades => values.grade.map(crate::words::text).unwrap_or_default(),
        Kind::Awards => decision(values).1,
        Kind::Posts => values.post.clone().unwrap_or_default(),
        Kind::Initiatives | Kind::Units => values.name.clone().unwrap_or_default(),
        Kind::Disciplines => values.discipline.map(crate::words::text).unwrap_or_default(),
        Kind::People => values.full_name.clone().unwrap_or_default(),
    }
}

fn decision(values: &Values) -> (Option<rules::facts::Day>, String) {
    let part = |text: &Option<String>| text.clone().unwrap_or_default();
    let (number, symbol) = (part(&values.number), part(&values.symbol));
    let printed = if symbol.is_empty() { number } else { format!("{number}/{symbol}") };
    (values.decided, printed)
}

fn select(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::People | Kind::Units => None,
        Kind::Posts => Some("SELECT c.id, c.person, c.label, c.from_day FROM post c WHERE c.office = ?"),
        Kind::Grades => Some("SELECT c.id, c.person, c.collective, c.year, c.grade FROM grade c WHERE c.office = ?"),
        Kind::Awards => Some(
            "SELECT c.id, c.person, c.collective, c.award, c.title_year, d.number, d.symbol, d.day FROM conferral c \
             JOIN decision d ON d.office = c.office AND d.id = c.decision WHERE c.office = ?",
        ),
        Kind::Initiatives => {
            Some("SELECT c.id, c.person, c.collective, c.name, c.year FROM initiative c WHERE c.office = ?")
        }
        Kind::Disciplines => {
            Some("SELECT c.id, c.person, c.collective, c.kind, c.from_day FROM discipline c WHERE c.office = ?")
        }
    }
}

fn subject(kind: Kind, row: &Row) -> Result<Subject, StoreError> {
    match row.get::<Option<Uuid>>("person")? {
        Some(person) => Ok(Subject::Person(person)),
        None if kind == Kind::Posts => Err(StoreError::NotFound),
        None => Ok(Subject::Collective(row.get("collective")?)),
    }
}

fn read(kind: Kind, row: &Row) -> Result<Values, StoreError> {
    let mut values = Values::default();
    match kind {
        Kind::People | Kind::Units => {}
        Kind::Posts => {
            values.post = row.get("label")?;
            values.from = row.get("from_day")?;
        }
        Kind::Grades => {
            values.year = row.get("year")?;
            values.grade = Some(row.word("grade")?);
        }
        Kind::Awards => {
            values.award = row.get("award")?;
            values.year = row.get("title_year")?;
            values.for_a_year = values.year.is_some();
            values.number = row.get("number")?;
            values.symbol = row.get("symbol")?;
            values.decided = row.get("day")?;
        }
        Kind::Initiatives => {
            values.name = row.get("name")?;
            values.year = row.get("year")?;
        }
        Kind::Disciplines => {
            values.discipline = Some(row.word("kind")?);
            values.from = row.get("from_day")?;
        }
    }
    Ok(values)
}
