//! The people and collectives of an office or unit on a day, for those who ask what a regulation would change, and their names.

use std::collections::BTreeMap;

use rules::facts::{Day, Subject};
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Scope, Viewer};
use crate::error::StoreError;
use crate::sql::{Row, Sql};
use crate::units::branch::Branch;

/// Someone whom a regulation may concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concerned {
    pub kind: Subject,
    pub id: Uuid,
    /// The unit whose regulations apply: the collective itself, or the one that reviews the person.
    pub unit: Uuid,
}

/// Those of a unit with all below it, or of the whole office, whom the viewer sees; first the people, at most `limit`.
pub async fn concerned(
    store: &Store,
    viewer: &Viewer,
    unit: Option<Uuid>,
    day: Day,
    limit: u32,
) -> Result<Vec<Concerned>, StoreError> {
    let scope = access::scope(viewer, day);
    let within = unit.map(|unit| Branch { office: viewer.office, unit, day });
    let people = people(viewer.office, &scope, within, day, limit).all(&store.connection).await?;
    let mut found = read(&people, Subject::CaNhan)?;
    found.dedup_by_key(|one| one.id);
    let rest = i64::from(limit) - i64::try_from(found.len()).unwrap_or(i64::MAX);
    let mut collectives = Sql::new(
        "SELECT n.unit AS id, n.unit FROM unit_name n WHERE n.office = ? AND n.from_day <= ? \
         AND (n.to_day IS NULL OR n.to_day >= ?) AND ",
        [viewer.office.into(), day.into(), day.into()],
    );
    collectives.join(access::sees_unit_sql(&scope, "n.unit"));
    if let Some(branch) = within {
        collectives.add(" AND ", []).join(branch.holds("n.unit"));
    }
    collectives.add(" ORDER BY n.unit LIMIT ?", [rest.max(0).into()]);
    found.extend(read(&collectives.all(&store.connection).await?, Subject::TapThe)?);
    Ok(found)
}

/// The people of a day whom the viewer sees with the units that review them, of a branch or of the whole office.
pub(crate) fn people(office: i32, scope: &Scope, within: Option<Branch>, day: Day, limit: u32) -> Sql {
    // Written so that SQLite does not begin with everyone of the day, as in `Branch::members`.
    let mut sql = Sql::new(
        "SELECT m.person AS id, m.review_unit AS unit FROM membership m WHERE m.office = ? AND m.from_day <= ? \
         AND coalesce(m.to_day, ?) >= ? AND ",
        [office.into(), day.into(), day.into(), day.into()],
    );
    sql.join(access::among_seen_sql(scope, "m.person"));
    if let Some(branch) = within {
        sql.add(" AND ", []).join(branch.holds("m.review_unit"));
    }
    sql.add(" ORDER BY m.person LIMIT ?", [i64::from(limit).into()]);
    sql
}

/// The names of people and collectives on a day, of those whom the viewer sees; two statements.
pub async fn names(
    store: &Store,
    viewer: &Viewer,
    ids: &[Uuid],
    day: Day,
) -> Result<BTreeMap<Uuid, String>, StoreError> {
    let scope = access::scope(viewer, day);
    let set = || ids.iter().map(|id| (*id).into());
    let mut people = Sql::new(
        "SELECT p.id, p.full_name AS name FROM person p WHERE p.office = ? AND p.id IN ",
        [viewer.office.into()],
    );
    people.set(set()).add(" AND ", []).join(access::sees_person_sql(&scope, "p.id"));
    let mut collectives = Sql::new(
        "SELECT n.unit AS id, n.name FROM unit_name n WHERE n.office = ? AND n.from_day <= ? AND n.unit IN ",
        [viewer.office.into(), day.into()],
    );
    collectives.set(set()).add(" AND ", []).join(access::sees_unit_sql(&scope, "n.unit"));
    collectives.add(" ORDER BY n.from_day", []);
    let mut names = BTreeMap::new();
    for sql in [people, collectives] {
        for row in sql.all(&store.connection).await? {
            names.insert(row.get("id")?, row.get("name")?);
        }
    }
    Ok(names)
}

fn read(rows: &[Row], kind: Subject) -> Result<Vec<Concerned>, StoreError> {
    rows.iter().map(|row| Ok(Concerned { kind, id: row.get("id")?, unit: row.get("unit")? })).collect()
}
