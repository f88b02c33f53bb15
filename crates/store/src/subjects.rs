//! Every dated record of one subject, a person or a collective, as pages show it and facts are made of.

use std::collections::{BTreeMap, HashMap};

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

/// Whose records are read: people, or collectives together with those whose honours they keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    Person(Uuid),
    People(Vec<Uuid>),
    /// From one id to another, both included.
    PeopleBetween(Uuid, Uuid),
    /// From each collective to those that have its records, itself included.
    Collectives(HashMap<Uuid, Vec<Uuid>>),
}

impl Whose {
    /// The condition on the columns `person` and `collective` of an alias.
    fn condition(&self, office: i32, alias: &str) -> Sql {
        match self {
            Self::Person(person) => {
                Sql::new(&format!("{alias}.office = ? AND {alias}.person = ?"), [office.into(), (*person).into()])
            }
            Self::People(people) => {
                let mut sql = Sql::new(&format!("{alias}.office = ? AND {alias}.person IN "), [office.into()]);
                sql.set(people.iter().map(|person| Value::from(*person)));
                sql
            }
            Self::PeopleBetween(first, last) => Sql::new(
                &format!("{alias}.office = ? AND {alias}.person BETWEEN ? AND ?"),
                [office.into(), (*first).into(), (*last).into()],
            ),
            Self::Collectives(heirs) => {
                let mut sql = Sql::new(&format!("{alias}.office = ? AND {alias}.collective IN "), [office.into()]);
                sql.set(heirs.keys().map(|unit| Value::from(*unit)));
                sql
            }
        }
    }
}

/// Reads everything of one subject, with what ended or restored an award by `day`; the number of statements does not
/// depend on how much there is.
pub(crate) async fn records(store: &Store, office: i32, whose: &Whose, day: Day) -> Result<Records, StoreError> {
    Ok(each(store, office, whose, day).await?.into_values().next().unwrap_or_default())
}

/// As [`records`] for many people or collectives, by their ids; who has no record is absent.
pub(crate) async fn each(
    store: &Store,
    office: i32,
    whose: &Whose,
    day: Day,
) -> Result<HashMap<Uuid, Records>, StoreError> {
    let mut found = Found { store, office, whose, of: HashMap::new() };
    found.add(Sql::new(GRADE, []), " ORDER BY c.year", grade, |it| &mut it.grades).await?;
    found.add(conferrals::select(day), " ORDER BY c.decided, c.id", conferrals::read, |it| &mut it.conferrals).await?;
    found.add(Sql::new(INITIATIVE, []), " ORDER BY c.year, c.id", initiative, |it| &mut it.initiatives).await?;
    found.add(Sql::new(DISCIPLINE, []), BY_DAY, discipline, |it| &mut it.disciplines).await?;
    found.add(Sql::new(HOLD, []), BY_DAY, hold, |it| &mut it.holds).await?;
    let year = |row: &Row| row.get("year");
    found.add(Sql::new(REGISTRATION, []), " ORDER BY c.year", year, |it| &mut it.registrations).await?;
    found.add(Sql::new(ATTESTATION, []), " ORDER BY c.on_day, c.id", attested, |it| &mut it.attested).await?;
    found.add_complete().await?;
    found.add_uses().await?;
    if !matches!(whose, Whose::Collectives(_)) {
        found.add(Sql::new(POST, []), " ORDER BY c.from_day, c.position, c.id", post, |it| &mut it.posts).await?;
        found.add(Sql::new(LEAVE, []), BY_DAY, leave_of, |it| &mut it.leave).await?;
    }
    Ok(found.of)
}

const GRADE: &str = "SELECT c.person, c.collective, c.id, c.year, c.grade, c.decided, c.number, c.issuer FROM grade c";
const INITIATIVE: &str =
    "SELECT c.person, c.collective, c.id, c.name, c.sort, c.scope, c.year, c.decided, c.number FROM initiative c";
const DISCIPLINE: &str =
    "SELECT c.person, c.collective, c.id, c.kind, c.number, c.from_day, c.to_day FROM discipline c";
const HOLD: &str = "SELECT c.person, c.collective, c.id, c.kind, c.from_day, c.to_day FROM hold c";
const REGISTRATION: &str = "SELECT c.person, c.collective, c.year FROM registration c";
const ATTESTATION: &str =
    "SELECT c.person, c.collective, c.id, c.condition, c.value, c.on_day, c.by_whom FROM attestation c";
const COMPLETE: &str = "SELECT c.person, c.collective, c.kind, c.from_year, c.to_year FROM complete_range c";
const POST: &str = "SELECT c.person, c.id, c.label, c.post, c.unit, c.side, c.level, c.form, c.position, c.from_day, \
    c.to_day FROM post c";
const LEAVE: &str = "SELECT c.person, c.id, c.kind, c.from_day, c.to_day FROM leave c";
/// The records of so many collectives are read on the thread of whoever asks.
const FEW: usize = 50;
const BY_DAY: &str = " ORDER BY c.from_day, c.id";

/// The records read so far.
struct Found<'a> {
    store: &'a Store,
    office: i32,
    whose: &'a Whose,
    of: HashMap<Uuid, Records>,
}

impl Found<'_> {
    async fn rows(&self, mut sql: Sql, alias: &str, order: &str) -> Result<Vec<Row>, StoreError> {
        sql.add(" WHERE ", []).join(self.whose.condition(self.office, alias)).add(order, []);
        match self.whose {
            Whose::Collectives(heirs) if heirs.len() > FEW => sql.all(&self.store.connection).await,
            Whose::Person(_) | Whose::Collectives(_) => sql.read(self.store).await,
            // A block of many takes its time.
            Whose::People(_) | Whose::PeopleBetween(..) => sql.all(&self.store.connection).await,
        }
    }

    /// Gives something to whoever has a row: a person, or each collective that keeps what is its subject's.
    fn give<T: Clone>(&mut self, row: &Row, record: T, give: impl Fn(&mut Records, T)) -> Result<(), StoreError> {
        match self.whose {
            Whose::Collectives(heirs) => {
                for heir in heirs.get(&row.get::<Uuid>("collective")?).into_iter().flatten() {
                    give(self.of.entry(*heir).or_default(), record.clone());
                }
            }
            _ => give(self.of.entry(row.get("person")?).or_default(), record),
        }
        Ok(())
    }

    /// Reads one kind of record into its list.
    async fn add<T: Clone>(
        &mut self,
        select: Sql,
        order: &str,
        read: impl Fn(&Row) -> Result<T, StoreError>,
        list: impl Fn(&mut Records) -> &mut Vec<T>,
    ) -> Result<(), StoreError> {
        for row in self.rows(select, "c", order).await? {
            let record = read(&row)?;
            self.give(&row, record, |records, record| list(records).push(record))?;
        }
        Ok(())
    }

    async fn add_complete(&mut self) -> Result<(), StoreError> {
        for row in self.rows(Sql::new(COMPLETE, []), "c", " ORDER BY c.from_year").await? {
            let (kind, range): (RecordKind, (Year, Year)) =
                (row.word("kind")?, (row.get("from_year")?, row.get("to_year")?));
            self.give(&row, range, |records, range| records.complete.entry(kind).or_default().push(range))?;
        }
        Ok(())
    }

    async fn add_uses(&mut self) -> Result<(), StoreError> {
        let uses = Sql::new(
            "SELECT i.person, i.collective, u.initiative, u.award FROM initiative_use u \
             JOIN initiative i ON i.office = u.office AND i.id = u.initiative",
            [],
        );
        for row in self.rows(uses, "i", " ORDER BY u.year, u.id").await? {
            let (of, award) = (row.get::<Uuid>("initiative")?, row.get::<String>("award")?);
            self.give(&row, award, |records, award| {
                if let Some(initiative) = records.initiatives.iter_mut().find(|initiative| initiative.id == of) {
                    initiative.fact.used_for.push(award);
                }
            })?;
        }
        Ok(())
    }
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
