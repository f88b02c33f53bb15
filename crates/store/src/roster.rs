//! The subjects of an office for a scan: who they are on a day, their facts block by block, and whose records changed.

use std::collections::{BTreeMap, BTreeSet};

use rules::facts::{Day, Facts, Sex};
use sea_orm::Value;
use uuid::Uuid;

use crate::Store;
use crate::error::StoreError;
use crate::facts;
use crate::members::{self, LAST_DAY, RosterDay};
use crate::people;
use crate::sql::{Row, Sql};
use crate::subjects::{self, Records, Whose};
use crate::units;
use crate::words::PostLevel;

/// How many people are read together.
const BLOCK: u32 = 2_000;
/// How many ids one statement names.
const NAMED: usize = 500;

/// A person who works in the office on the day, or a household that lives in one of its units.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    pub id: Uuid,
    pub name: String,
    /// Sorts as Vietnamese lists do.
    pub sort_key: Vec<u8>,
    pub unit: Uuid,
    /// The unit that reviews the person.
    pub review_unit: Uuid,
    pub sex: Option<Sex>,
    /// The level of the first of the posts held on the day; who holds none counts as staff.
    pub level: Option<PostLevel>,
    pub facts: Facts,
}

/// A unit of the office on the day.
#[derive(Debug, Clone, PartialEq)]
pub struct Collective {
    pub id: Uuid,
    pub name: String,
    pub facts: Facts,
}

/// Whose records changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    /// These people and units, and the units whose members they are.
    Some { people: BTreeSet<Uuid>, collectives: BTreeSet<Uuid> },
    /// Something that may touch everyone.
    Everyone,
}

const MEMBER: &str = "SELECT p.id, p.full_name, p.sort_key, p.sex, p.born, p.recruited, p.staff_group, \
    h.id IS NOT NULL AS household, m.unit, m.review_unit, o.level \
    FROM person p \
    JOIN membership m ON m.office = p.office AND m.person = p.id \
        AND m.from_day <= ? AND (m.to_day IS NULL OR m.to_day >= ?) \
    LEFT JOIN household h ON h.office = p.office AND h.person = p.id \
    LEFT JOIN post o ON o.office = p.office AND o.id = (SELECT q.id FROM post q WHERE q.office = p.office \
        AND q.person = p.id AND q.from_day <= ? AND (q.to_day IS NULL OR q.to_day >= ?) \
        ORDER BY q.position, q.id LIMIT 1) \
    WHERE p.office = ? AND (p.excluded_from_roster = ? OR h.id IS NOT NULL)";

/// How many people and households are in the office on a day.
pub async fn size(store: &Store, office: i32, day: Day) -> Result<u32, StoreError> {
    let sql = Sql::new(
        "SELECT count(*) AS people FROM membership m WHERE m.office = ? AND m.from_day <= ? \
         AND (m.to_day IS NULL OR m.to_day >= ?)",
        [office.into(), day.into(), day.into()],
    );
    sql.one(&store.connection).await?.map_or(Ok(0), |row| row.count("people"))
}

/// The next people in the order of their ids, as known on a day; none after the last.
pub async fn people(store: &Store, office: i32, day: Day, after: Option<Uuid>) -> Result<Vec<Member>, StoreError> {
    let mut sql = member(office, day);
    if let Some(after) = after {
        sql.add(" AND p.id > ?", [after.into()]);
    }
    sql.add(" ORDER BY p.id LIMIT ?", [i64::from(BLOCK).into()]);
    let rows = sql.all(&store.connection).await?;
    match (rows.first(), rows.last()) {
        (Some(first), Some(last)) => {
            let whose = Whose::PeopleBetween(first.get("id")?, last.get("id")?);
            members(store, office, day, &rows, &whose).await
        }
        _ => Ok(Vec::new()),
    }
}

/// Some people as known on a day; who does not work in the office on the day is absent.
pub async fn chosen(store: &Store, office: i32, day: Day, people: &BTreeSet<Uuid>) -> Result<Vec<Member>, StoreError> {
    let ids: Vec<Uuid> = people.iter().copied().collect();
    let mut found = Vec::new();
    for ids in ids.chunks(NAMED) {
        let mut sql = member(office, day);
        sql.add(" AND p.id IN ", []).set(ids.iter().map(|id| Value::from(*id))).add(" ORDER BY p.id", []);
        let rows = sql.all(&store.connection).await?;
        found.extend(members(store, office, day, &rows, &Whose::People(ids.to_vec())).await?);
    }
    Ok(found)
}

/// Every unit of the office on a day; `only` keeps to some. Read in blocks: the statements of one do not depend on how
/// much is in it.
pub async fn collectives(
    store: &Store,
    office: i32,
    day: Day,
    only: Option<&BTreeSet<Uuid>>,
) -> Result<Vec<Collective>, StoreError> {
    const ROSTER: RosterDay = LAST_DAY;
    let sql = Sql::new(
        "SELECT u.id, n.name FROM unit u JOIN unit_name n ON n.office = u.office AND n.unit = u.id \
         WHERE u.office = ? AND u.kind <> ? AND n.from_day <= ? AND (n.to_day IS NULL OR n.to_day >= ?) ORDER BY u.id",
        [office.into(), units::OUTSIDE.into(), day.into(), day.into()],
    );
    let mut named: Vec<(Uuid, String)> = Vec::new();
    for row in sql.all(&store.connection).await? {
        let id = row.get("id")?;
        if only.is_none_or(|only| only.contains(&id)) {
            named.push((id, row.get("name")?));
        }
    }
    let ids: Vec<Uuid> = named.iter().map(|(id, _)| *id).collect();
    let mut members = members::count_each(store, office, &ids, day, ROSTER).await?;
    let mut found = Vec::with_capacity(named.len());
    for some in named.chunks(NAMED) {
        let ids: Vec<Uuid> = some.iter().map(|(id, _)| *id).collect();
        let whose = Whose::Collectives(units::heirs(store, office, &ids).await?);
        let records = subjects::each(store, office, &whose, day).await?;
        let none = Records::default();
        for (id, name) in some {
            let of_people = units::collective(members.remove(id).unwrap_or_default());
            let facts = facts::of_records(of_people, records.get(id).unwrap_or(&none), day).facts;
            found.push(Collective { id: *id, name: name.clone(), facts });
        }
    }
    Ok(found)
}

/// Which units stand under which on a day, from a unit to its parent.
pub async fn parents(store: &Store, office: i32, day: Day) -> Result<BTreeMap<Uuid, Uuid>, StoreError> {
    let sql = Sql::new(
        "SELECT n.unit, n.parent FROM unit_name n WHERE n.office = ? AND n.parent IS NOT NULL AND n.from_day <= ? \
         AND (n.to_day IS NULL OR n.to_day >= ?)",
        [office.into(), day.into(), day.into()],
    );
    let rows = sql.all(&store.connection).await?;
    rows.iter().map(|row| Ok((row.get("unit")?, row.get("parent")?))).collect()
}

fn member(office: i32, day: Day) -> Sql {
    Sql::new(MEMBER, [day.into(), day.into(), day.into(), day.into(), office.into(), false.into()])
}

async fn members(store: &Store, office: i32, day: Day, rows: &[Row], whose: &Whose) -> Result<Vec<Member>, StoreError> {
    let mut records = subjects::each(store, office, whose, day).await?;
    let read = |row: &Row| {
        let id: Uuid = row.get("id")?;
        let records = records.remove(&id).unwrap_or_default();
        Ok(Member {
            id,
            name: row.get("full_name")?,
            sort_key: row.get("sort_key")?,
            unit: row.get("unit")?,
            review_unit: row.get("review_unit")?,
            sex: row.word_or_none("sex")?,
            level: row.word_or_none("level")?,
            facts: facts::of_records(people::bare_facts(row)?, &records, day).facts,
        })
    };
    rows.iter().map(read).collect()
}

/// The tables whose rows are about one person or one collective.
const OF_A_SUBJECT: [&str; 8] =
    ["grade", "conferral", "initiative", "discipline", "hold", "registration", "complete_range", "attestation"];
/// The tables whose rows are about one person.
const OF_A_PERSON: [&str; 5] = ["household", "membership", "post", "leave", "roster_exception"];
/// Whose subject is that of the lines of their decision.
const OF_A_DECISION: [&str; 2] = ["decision_end", "decision_paper"];
/// What no answer of the law rests on.
const OF_NOBODY: [&str; 24] = [
    "account",
    "account_link",
    "account_link_end",
    "account_state",
    "attachment",
    "decision",
    "delegation",
    "delegation_end",
    "identity",
    "import_batch",
    "import_choice",
    "import_file",
    "password",
    "person",
    "recovery_code",
    "refusal",
    "reissue",
    "representation",
    "role_grant",
    "second_factor",
    "second_factor_rule",
    "second_secret",
    "session",
    "step",
];

/// Whose records the leaves of the journal from place `from` on speak of.
pub async fn touched(store: &Store, office: i32, from: u64) -> Result<Touched, StoreError> {
    let from = i64::try_from(from).unwrap_or(i64::MAX);
    let sql = Sql::new("SELECT noun, id FROM journal_leaf WHERE office = ? AND n >= ?", [office.into(), from.into()]);
    let mut ids = Ids::new();
    for row in sql.all(&store.connection).await? {
        ids.entry(row.get("noun")?).or_default().insert(row.get("id")?);
    }
    let mut subjects = Subjects::default();
    for noun in ["correction", "ending", "removal"] {
        changed(store, office, noun, &mut ids, &mut subjects).await?;
    }
    // A person that is corrected is told by its own id.
    subjects.people.extend(ids.get("person").into_iter().flatten().copied());
    for (noun, ids) in &ids {
        let select = match noun.as_str() {
            noun if OF_NOBODY.contains(&noun) => continue,
            noun if OF_A_PERSON.contains(&noun) => format!("c.person, NULL AS collective FROM {noun} c WHERE c.id IN "),
            noun if OF_A_SUBJECT.contains(&noun) => format!("c.person, c.collective FROM {noun} c WHERE c.id IN "),
            noun if OF_A_DECISION.contains(&noun) => format!(
                "c.person, c.collective FROM {noun} d JOIN conferral c ON c.office = d.office \
                 AND c.decision = d.decision WHERE d.id IN "
            ),
            "initiative_use" => "c.person, c.collective FROM initiative_use u JOIN initiative c \
                ON c.office = u.office AND c.id = u.initiative WHERE u.id IN "
                .to_owned(),
            _ => return Ok(Touched::Everyone),
        };
        subjects.read(store, office, &select, ids).await?;
    }
    let Subjects { people, mut collectives } = subjects;
    collectives.extend(reviewed_in(store, office, &people).await?);
    Ok(Touched::Some { people, collectives: with_successors(store, office, &collectives).await? })
}

/// Ids by table.
type Ids = BTreeMap<String, BTreeSet<Uuid>>;

/// Those found so far.
#[derive(Default)]
struct Subjects {
    people: BTreeSet<Uuid>,
    collectives: BTreeSet<Uuid>,
}

impl Subjects {
    async fn read(&mut self, store: &Store, office: i32, select: &str, ids: &BTreeSet<Uuid>) -> Result<(), StoreError> {
        let ids: Vec<Uuid> = ids.iter().copied().collect();
        for ids in ids.chunks(NAMED) {
            let mut sql = Sql::new(&format!("SELECT {select}"), []);
            sql.set(ids.iter().map(|id| Value::from(*id))).add(" AND c.office = ?", [office.into()]);
            for row in sql.all(&store.connection).await? {
                self.people.extend(row.get::<Option<Uuid>>("person")?);
                self.collectives.extend(row.get::<Option<Uuid>>("collective")?);
            }
        }
        Ok(())
    }

    /// The subject that a record named before it was changed or taken out.
    fn named(&mut self, content: &str) {
        let content: serde_json::Value = serde_json::from_str(content).unwrap_or_default();
        let id = |key: &str| content.get(key).and_then(|id| id.as_str()).and_then(|id| Uuid::parse_str(id).ok());
        self.people.extend(id("person"));
        self.collectives.extend(id("collective"));
    }
}

/// The records that a correction, an end or a removal speaks of take its place.
async fn changed(
    store: &Store,
    office: i32,
    noun: &str,
    ids: &mut Ids,
    subjects: &mut Subjects,
) -> Result<(), StoreError> {
    let content = match noun {
        "correction" => "before",
        "removal" => "content",
        _ => "NULL",
    };
    let of: Vec<Uuid> = ids.remove(noun).into_iter().flatten().collect();
    for of in of.chunks(NAMED) {
        let mut sql = Sql::new(
            &format!("SELECT noun, record, {content} AS content FROM {noun} WHERE office = ? AND id IN "),
            [office.into()],
        );
        sql.set(of.iter().map(|id| Value::from(*id)));
        for row in sql.all(&store.connection).await? {
            ids.entry(row.get("noun")?).or_default().insert(row.get("record")?);
            subjects.named(&row.get::<Option<String>>("content")?.unwrap_or_default());
        }
    }
    Ok(())
}

/// The units in which people were ever reviewed.
async fn reviewed_in(store: &Store, office: i32, people: &BTreeSet<Uuid>) -> Result<BTreeSet<Uuid>, StoreError> {
    let ids: Vec<Uuid> = people.iter().copied().collect();
    let mut found = BTreeSet::new();
    for ids in ids.chunks(NAMED) {
        let mut sql = Sql::new(
            "SELECT DISTINCT m.review_unit FROM membership m WHERE m.office = ? AND m.person IN ",
            [office.into()],
        );
        sql.set(ids.iter().map(|id| Value::from(*id)));
        for row in sql.all(&store.connection).await? {
            found.insert(row.get("review_unit")?);
        }
    }
    Ok(found)
}

/// Units with everything that ever stood above them or went on in their place.
async fn with_successors(store: &Store, office: i32, units: &BTreeSet<Uuid>) -> Result<BTreeSet<Uuid>, StoreError> {
    let mut above: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    let sql = Sql::new(
        "SELECT n.unit, n.parent AS above FROM unit_name n WHERE n.office = ? AND n.parent IS NOT NULL \
         UNION SELECT g.predecessor, g.successor FROM unit_lineage g WHERE g.office = ?",
        [office.into(), office.into()],
    );
    for row in sql.all(&store.connection).await? {
        above.entry(row.get("unit")?).or_default().push(row.get("above")?);
    }
    let (mut found, mut newest) = (units.clone(), units.iter().copied().collect::<Vec<_>>());
    while let Some(unit) = newest.pop() {
        for next in above.get(&unit).into_iter().flatten() {
            if found.insert(*next) {
                newest.push(*next);
            }
        }
    }
    Ok(found)
}
