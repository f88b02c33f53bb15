//! Every dated record of one subject, a person or a collective, as pages show it and facts are made of.

use std::collections::BTreeMap;

use rules::facts::{
    AttestedFact, Day, DisciplineFact, GradeFact, HoldFact, InitiativeFact, LeaveFact, PostFact, RecordKind, Year,
};
use sea_orm::Value;
use uuid::Uuid;

use crate::Store;
use crate::conferrals::{self, Conferral};
use crate::error::StoreError;
use crate::sql::{Row, Sql};
use crate::words::{PostForm, PostLevel, PostSide};

/// All records of a subject, each list from the oldest to the newest.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Records {
    pub grades: Vec<Known<GradeFact>>,
    /// Titles, flags and commendations, revoked ones too, with their state on the asked day.
    pub conferrals: Vec<Conferral>,
    pub initiatives: Vec<Initiative>,
    pub disciplines: Vec<Known<DisciplineFact>>,
    pub holds: Vec<Known<HoldFact>>,
    pub posts: Vec<Post>,
    pub leave: Vec<Known<LeaveFact>>,
    pub registrations: Vec<Year>,
    pub attested: Vec<Known<AttestedFact>>,
    /// Years, both ends included, in which a kind of record is whole.
    pub complete: BTreeMap<RecordKind, Vec<(Year, Year)>>,
}

/// A record with the id under which it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Known<F> {
    pub id: Uuid,
    pub fact: F,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Initiative {
    pub id: Uuid,
    pub name: String,
    pub fact: InitiativeFact,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Post {
    pub id: Uuid,
    /// The post as printed.
    pub label: String,
    pub unit: Option<Uuid>,
    pub side: PostSide,
    pub level: PostLevel,
    pub form: PostForm,
    /// Its place when the posts of one person are printed together.
    pub position: i32,
    /// Its `post` is the id of equivalence, or the label where the post has none.
    pub fact: PostFact,
}

/// Whose records are read: a person, or a collective together with those whose honours it keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    Person(Uuid),
    Collectives(Vec<Uuid>),
}

impl Whose {
    /// The condition on the columns `person` and `collective` of an alias.
    fn condition(&self, office: i32, alias: &str) -> Sql {
        match self {
            Self::Person(person) => {
                Sql::new(&format!("{alias}.office = ? AND {alias}.person = ?"), [office.into(), (*person).into()])
            }
            Self::Collectives(units) => {
                let mut sql = Sql::new(&format!("{alias}.office = ? AND {alias}.collective IN "), [office.into()]);
                sql.set(units.iter().map(|unit| Value::from(*unit)));
                sql
            }
        }
    }
}

/// Reads everything, with what ended or restored an award by `day`; the number of statements does not depend on how much there is.
pub(crate) async fn records(store: &Store, office: i32, whose: &Whose, day: Day) -> Result<Records, StoreError> {
    let rows_of = async |mut sql: Sql, order: &str| -> Result<Vec<Row>, StoreError> {
        sql.add(" WHERE ", []).join(whose.condition(office, "c")).add(order, []);
        sql.all(&store.connection).await
    };
    let rows = async |select: &str, order: &str| rows_of(Sql::new(select, []), order).await;
    let known = rows_of(conferrals::select(day), " ORDER BY c.decided, c.id").await?;
    let mut records = Records {
        grades: collect(
            rows("SELECT c.id, c.year, c.grade, c.decided, c.number, c.issuer FROM grade c", " ORDER BY c.year")
                .await?,
            grade,
        )?,
        conferrals: collect(known, conferrals::read)?,
        initiatives: collect(
            rows(
                "SELECT c.id, c.name, c.sort, c.scope, c.year, c.decided, c.number FROM initiative c",
                " ORDER BY c.year, c.id",
            )
            .await?,
            initiative,
        )?,
        disciplines: collect(
            rows("SELECT c.id, c.kind, c.number, c.from_day, c.to_day FROM discipline c", BY_DAY).await?,
            discipline,
        )?,
        holds: collect(rows("SELECT c.id, c.kind, c.from_day, c.to_day FROM hold c", BY_DAY).await?, hold)?,
        registrations: collect(rows("SELECT c.year FROM registration c", " ORDER BY c.year").await?, |row| {
            row.get("year")
        })?,
        attested: collect(
            rows(
                "SELECT c.id, c.condition, c.value, c.on_day, c.by_whom FROM attestation c",
                " ORDER BY c.on_day, c.id",
            )
            .await?,
            attested,
        )?,
        ..Records::default()
    };
    for row in rows("SELECT c.kind, c.from_year, c.to_year FROM complete_range c", " ORDER BY c.from_year").await? {
        let range = (row.get("from_year")?, row.get("to_year")?);
        records.complete.entry(row.word("kind")?).or_default().push(range);
    }
    add_uses(store, office, whose, &mut records).await?;
    if let Whose::Person(_) = whose {
        const POST: &str = "SELECT c.id, c.label, c.post, c.unit, c.side, c.level, c.form, c.position, c.from_day, c.to_day FROM post c";
        records.posts = collect(rows(POST, " ORDER BY c.from_day, c.position, c.id").await?, post)?;
        let leave = rows("SELECT c.id, c.kind, c.from_day, c.to_day FROM leave c", BY_DAY).await?;
        records.leave = collect(leave, leave_of)?;
    }
    Ok(records)
}

const BY_DAY: &str = " ORDER BY c.from_day, c.id";

async fn add_uses(store: &Store, office: i32, whose: &Whose, records: &mut Records) -> Result<(), StoreError> {
    let mut sql = Sql::new(
        "SELECT u.initiative, u.award FROM initiative_use u \
         JOIN initiative i ON i.office = u.office AND i.id = u.initiative WHERE ",
        [],
    );
    sql.join(whose.condition(office, "i")).add(" ORDER BY u.year, u.id", []);
    for row in sql.all(&store.connection).await? {
        let of: Uuid = row.get("initiative")?;
        if let Some(initiative) = records.initiatives.iter_mut().find(|initiative| initiative.id == of) {
            initiative.fact.used_for.push(row.get("award")?);
        }
    }
    Ok(())
}

fn collect<T>(rows: Vec<Row>, read: impl Fn(&Row) -> Result<T, StoreError>) -> Result<Vec<T>, StoreError> {
    rows.iter().map(read).collect()
}

fn grade(row: &Row) -> Result<Known<GradeFact>, StoreError> {
    Ok(Known {
        id: row.get("id")?,
        fact: GradeFact {
            year: row.get("year")?,
            grade: row.word("grade")?,
            decided: row.get("decided")?,
            number: row.get("number")?,
            issuer: row.get("issuer")?,
        },
    })
}

fn initiative(row: &Row) -> Result<Initiative, StoreError> {
    let id: Uuid = row.get("id")?;
    Ok(Initiative {
        id,
        name: row.get("name")?,
        fact: InitiativeFact {
            id: id.to_string(),
            year: row.get("year")?,
            sort: row.word("sort")?,
            scope: row.word("scope")?,
            decided: row.get("decided")?,
            number: row.get("number")?,
            used_for: Vec::new(),
        },
    })
}

fn discipline(row: &Row) -> Result<Known<DisciplineFact>, StoreError> {
    let (from, to) = days(row)?;
    let fact = DisciplineFact { kind: row.word("kind")?, from, to, number: row.get("number")? };
    Ok(Known { id: row.get("id")?, fact })
}

fn hold(row: &Row) -> Result<Known<HoldFact>, StoreError> {
    let (from, to) = days(row)?;
    Ok(Known { id: row.get("id")?, fact: HoldFact { kind: row.word("kind")?, from, to } })
}

fn leave_of(row: &Row) -> Result<Known<LeaveFact>, StoreError> {
    let (from, to) = days(row)?;
    Ok(Known { id: row.get("id")?, fact: LeaveFact { kind: row.word("kind")?, from, to } })
}

fn post(row: &Row) -> Result<Post, StoreError> {
    let (from, to) = days(row)?;
    let label: String = row.get("label")?;
    let post: Option<String> = row.get("post")?;
    Ok(Post {
        id: row.get("id")?,
        unit: row.get("unit")?,
        side: row.word("side")?,
        level: row.word("level")?,
        form: row.word("form")?,
        position: row.get("position")?,
        fact: PostFact { post: post.unwrap_or_else(|| label.clone()), from, to },
        label,
    })
}

fn attested(row: &Row) -> Result<Known<AttestedFact>, StoreError> {
    let fact = AttestedFact {
        condition: row.get("condition")?,
        value: row.get("value")?,
        on: row.get("on_day")?,
        by: row.get("by_whom")?,
    };
    Ok(Known { id: row.get("id")?, fact })
}

fn days(row: &Row) -> Result<(Day, Option<Day>), StoreError> {
    Ok((row.get("from_day")?, row.get("to_day")?))
}
