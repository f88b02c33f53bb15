//! Units in time: the tree of a day, one unit with its names, lineage and records.

pub mod branch;
pub mod level;
pub mod sought;

use std::collections::{HashMap, HashSet};

use rules::facts::{Day, Facts, MembersFact, Subject};
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Scope, Viewer};
use crate::error::StoreError;
use crate::facts::{self, SubjectFacts};
use crate::households;
use crate::members::{self, RosterDay};
use crate::sql::{Row, Sql};
use crate::subjects::{self, Records, Whose};
use crate::words::{self, Certainty, LineageKind};

/// A unit on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub id: Uuid,
    pub kind: String,
    pub fictitious: bool,
    pub name: String,
    pub name_en: Option<String>,
    pub code: String,
    pub parent: Option<Uuid>,
    pub cluster: Option<String>,
    /// Its place in the order of the decree.
    pub position: i32,
    /// The text that gives the name.
    pub basis: Option<String>,
    pub certainty: Certainty,
    /// The first and last day of this name.
    pub from: Day,
    pub to: Option<Day>,
}

/// A unit in the tree of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub unit: Unit,
    /// 0 for the units directly under the office.
    pub depth: u32,
    /// Those who work in the unit itself on the day, without its sub-units.
    pub members: u32,
}

/// One unit with everything known.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitRecord {
    pub id: Uuid,
    pub kind: String,
    pub fictitious: bool,
    /// The unit on the asked day; absent before it began and after it ended.
    pub on_day: Option<Unit>,
    /// Every name from the oldest to the newest.
    pub names: Vec<Unit>,
    pub lineage: Vec<Lineage>,
    /// Its predecessors whose honours it keeps are counted in.
    pub records: Records,
}

/// That one unit went on as another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lineage {
    pub id: Uuid,
    pub kind: LineageKind,
    pub predecessor: Uuid,
    pub predecessor_name: String,
    pub successor: Uuid,
    pub successor_name: String,
    /// The first day of the successor.
    pub day: Day,
    pub keeps_honours: bool,
    pub document: Option<String>,
}

/// The kind of a collective outside the office that an award went to: it stands in no tree and in no count.
pub const OUTSIDE: &str = "ngoai-co-quan";
/// Before and after every record.
const FIRST_DAY: Day = Day::from_ymd_opt(1000, 1, 1).expect("a day");
pub(crate) const LAST_DAY: Day = Day::from_ymd_opt(9999, 12, 31).expect("a day");

const UNIT: &str = "SELECT u.id, u.kind, u.fictitious, n.name, n.name_en, n.code, n.parent, n.cluster, n.position, \
    n.basis, n.certainty, n.from_day, n.to_day FROM unit u JOIN unit_name n ON n.office = u.office AND n.unit = u.id WHERE u.office = ?";
const ON_DAY: &str = " AND n.from_day <= ? AND (n.to_day IS NULL OR n.to_day >= ?)";

/// The tree of a day in the order of the decree, sub-units after their unit; clerk and head see their own branch.
pub async fn tree(store: &Store, viewer: &Viewer, day: Day) -> Result<Vec<Node>, StoreError> {
    Ok(tree_up_to(store, viewer, day, u32::MAX).await?.unwrap_or_default())
}

/// The same where the viewer sees no more than so many units; `None` where there are more, which a page shows by
/// [`level`]s.
pub async fn tree_up_to(store: &Store, viewer: &Viewer, day: Day, most: u32) -> Result<Option<Vec<Node>>, StoreError> {
    let scope = access::scope(viewer, day);
    if matches!(scope, Scope::Person(_) | Scope::Nothing) {
        return Err(StoreError::Forbidden);
    }
    let mut sql = Sql::new(UNIT, [viewer.office.into()]);
    sql.add(ON_DAY, [day.into(), day.into()]).add(" AND u.kind <> ? AND ", [OUTSIDE.into()]);
    sql.join(access::sees_unit_sql(&scope, "u.id"));
    let mut count = Sql::new(
        "SELECT m.unit, count(*) AS members FROM membership m WHERE m.office = ? \
         AND m.from_day <= ? AND (m.to_day IS NULL OR m.to_day >= ?) AND ",
        [viewer.office.into(), day.into(), day.into()],
    );
    count.join(households::are_not("m", "person"));
    if most < u32::MAX {
        // Nothing is put in order, and nobody counted, before it is known that there are few.
        let mut bound = Sql::new("SELECT count(*) AS total FROM (", []);
        bound.join(sql.clone()).add(" LIMIT ?) counted", [(i64::from(most) + 1).into()]);
        if bound.read_one(store).await?.ok_or(StoreError::NotFound)?.count("total")? > most {
            return Ok(None);
        }
    }
    sql.add(" ORDER BY n.position, n.code, u.id", []);
    let units: Vec<Unit> = sql.read(store).await?.iter().map(read).collect::<Result<_, _>>()?;
    count.add(" AND m.unit IN ", []).set(units.iter().map(|unit| unit.id.into())).add(" GROUP BY m.unit", []);
    let mut members = HashMap::new();
    for row in count.read(store).await? {
        members.insert(row.get::<Uuid>("unit")?, row.count("members")?);
    }
    Ok(Some(ordered(units, &members)))
}

/// The unit that bears a code on a day, or bore it last before; `None` where none did.
pub async fn find_by_code(store: &Store, viewer: &Viewer, code: &str, day: Day) -> Result<Option<Unit>, StoreError> {
    let scope = access::scope(viewer, day);
    let mut sql = Sql::new(UNIT, [viewer.office.into()]);
    sql.add(" AND n.code = ? AND n.from_day <= ? ORDER BY n.from_day DESC LIMIT 1", [code.into(), day.into()]);
    let Some(unit) = sql.read_one(store).await?.map(|row| read(&row)).transpose()? else {
        return Ok(None);
    };
    if access::sees_unit(store, &scope, unit.id).await? { Ok(Some(unit)) } else { Err(StoreError::Forbidden) }
}

/// One unit with its names, lineage and records; `None` where there is no such unit.
pub async fn one(store: &Store, viewer: &Viewer, unit: Uuid, day: Day) -> Result<Option<UnitRecord>, StoreError> {
    let scope = access::scope(viewer, day);
    if !access::sees_unit(store, &scope, unit).await? {
        return Err(StoreError::Forbidden);
    }
    let mut sql = Sql::new(UNIT, [viewer.office.into()]);
    sql.add(" AND u.id = ? ORDER BY n.from_day", [unit.into()]);
    let names: Vec<Unit> = sql.read(store).await?.iter().map(read).collect::<Result<_, _>>()?;
    let Some(first) = names.first() else {
        return Ok(None);
    };
    let whose = Whose::Collectives(heirs(store, viewer.office, &[unit]).await?);
    Ok(Some(UnitRecord {
        id: unit,
        kind: first.kind.clone(),
        fictitious: first.fictitious,
        on_day: names.iter().find(|name| name.from <= day && name.to.is_none_or(|to| to >= day)).cloned(),
        lineage: lineage(store, viewer.office, unit).await?,
        records: subjects::records(store, viewer.office, &whose, day).await?,
        names,
    }))
}

/// The facts of a collective for the law as known on a day, its people counted on each year's roster day.
///
/// `None` where there is no such unit.
pub async fn facts(
    store: &Store,
    viewer: &Viewer,
    unit: Uuid,
    day: Day,
    roster: RosterDay,
) -> Result<Option<SubjectFacts>, StoreError> {
    Ok(one_with_facts(store, viewer, unit, day, roster).await?.map(|(_, facts)| facts))
}

/// [`one`] and [`facts`] from one reading of the records.
pub async fn one_with_facts(
    store: &Store,
    viewer: &Viewer,
    unit: Uuid,
    day: Day,
    roster: RosterDay,
) -> Result<Option<(UnitRecord, SubjectFacts)>, StoreError> {
    let Some(record) = one(store, viewer, unit, day).await? else {
        return Ok(None);
    };
    let members = members::count(store, viewer.office, unit, day, roster).await?;
    let facts = facts::of_records(collective(members), &record.records, day);
    Ok(Some((record, facts)))
}

/// The facts of a collective before any record but those of its people.
pub(crate) fn collective(members: Vec<MembersFact>) -> Facts {
    Facts { subject: Subject::TapThe, members, ..Facts::default() }
}

/// From these units and each unit before them whose honours they keep to those of them that keep its; one statement.
pub(crate) async fn heirs(store: &Store, office: i32, units: &[Uuid]) -> Result<HashMap<Uuid, Vec<Uuid>>, StoreError> {
    let mut sql = Sql::new(
        "WITH RECURSIVE line (heir, unit) AS (SELECT u.id, u.id FROM unit u WHERE u.office = ? AND u.id IN ",
        [],
    );
    sql.add("", [office.into()]).set(units.iter().map(|unit| (*unit).into())).add(
        " UNION SELECT l.heir, g.predecessor FROM unit_lineage g JOIN line l ON l.unit = g.successor \
         WHERE g.office = ? AND g.keeps_honours) SELECT heir, unit FROM line",
        [office.into()],
    );
    let mut heirs: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for row in sql.read(store).await? {
        heirs.entry(row.get("unit")?).or_default().push(row.get("heir")?);
    }
    Ok(heirs)
}

/// `WITH … branch (unit, from_day, to_day)`: the unit and those whose honours it keeps, at all times, and, where
/// wanted, every unit under them with the days on which it stood there.
pub(crate) fn branch_in_time(office: i32, unit: Uuid, with_sub_units: bool) -> Sql {
    let mut sql = Sql::new(
        "WITH RECURSIVE line (unit) AS (SELECT u.id FROM unit u WHERE u.office = ? AND u.id = ? UNION \
         SELECT g.predecessor FROM unit_lineage g JOIN line l ON l.unit = g.successor \
         WHERE g.office = ? AND g.keeps_honours), \
         branch (unit, from_day, to_day) AS (SELECT l.unit, ?, ? FROM line l",
        [office.into(), unit.into(), office.into(), FIRST_DAY.into(), LAST_DAY.into()],
    );
    if with_sub_units {
        sql.add(
            " UNION SELECT n.unit, CASE WHEN n.from_day > b.from_day THEN n.from_day ELSE b.from_day END, \
             CASE WHEN n.to_day < b.to_day THEN n.to_day ELSE b.to_day END \
             FROM unit_name n JOIN branch b ON b.unit = n.parent AND n.office = ? \
             WHERE n.from_day <= b.to_day AND (n.to_day IS NULL OR n.to_day >= b.from_day)",
            [office.into()],
        );
    }
    sql.add(") ", []);
    sql
}

/// The units of a tree in the order given, each followed by those under it.
fn ordered(units: Vec<Unit>, members: &HashMap<Uuid, u32>) -> Vec<Node> {
    let there: HashSet<Uuid> = units.iter().map(|unit| unit.id).collect();
    let mut below: HashMap<Option<Uuid>, Vec<Unit>> = HashMap::new();
    for unit in units.into_iter().rev() {
        let parent = unit.parent.filter(|parent| there.contains(parent));
        below.entry(parent).or_default().push(unit);
    }
    let mut open: Vec<(Unit, u32)> =
        below.remove(&None).unwrap_or_default().into_iter().map(|unit| (unit, 0)).collect();
    let mut nodes = Vec::with_capacity(there.len());
    while let Some((unit, depth)) = open.pop() {
        open.extend(below.remove(&Some(unit.id)).unwrap_or_default().into_iter().map(|unit| (unit, depth + 1)));
        nodes.push(Node { members: members.get(&unit.id).copied().unwrap_or(0), unit, depth });
    }
    nodes
}

async fn lineage(store: &Store, office: i32, unit: Uuid) -> Result<Vec<Lineage>, StoreError> {
    const NAME: &str = "(SELECT n.name FROM unit_name n WHERE n.office = g.office AND n.unit";
    let text = format!(
        "SELECT g.id, g.kind, g.predecessor, g.successor, g.day, g.keeps_honours, g.document, \
         {NAME} = g.predecessor AND n.from_day < g.day ORDER BY n.from_day DESC LIMIT 1) AS predecessor_name, \
         {NAME} = g.successor AND n.from_day <= g.day ORDER BY n.from_day DESC LIMIT 1) AS successor_name \
         FROM unit_lineage g WHERE g.office = ? AND (g.predecessor = ? OR g.successor = ?) ORDER BY g.day, g.id"
    );
    let sql = Sql::new(&text, [office.into(), unit.into(), unit.into()]);
    let rows = sql.read(store).await?;
    let read = |row: &Row| {
        Ok(Lineage {
            id: row.get("id")?,
            kind: row.word("kind")?,
            predecessor: row.get("predecessor")?,
            predecessor_name: row.get::<Option<String>>("predecessor_name")?.unwrap_or_default(),
            successor: row.get("successor")?,
            successor_name: row.get::<Option<String>>("successor_name")?.unwrap_or_default(),
            day: row.get("day")?,
            keeps_honours: row.get("keeps_honours")?,
            document: row.get("document")?,
        })
    };
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Unit, StoreError> {
    Ok(Unit {
        id: row.get("id")?,
        kind: row.get("kind")?,
        fictitious: row.get("fictitious")?,
        name: row.get("name")?,
        name_en: row.get("name_en")?,
        code: row.get("code")?,
        parent: row.get("parent")?,
        cluster: row.get("cluster")?,
        position: row.get("position")?,
        basis: row.get("basis")?,
        certainty: words::parse(&row.get::<String>("certainty")?)?,
        from: row.get("from_day")?,
        to: row.get("to_day")?,
    })
}
