//! One level of the tree of units, for offices whose tree is longer than a page, and the way up from a unit.

use std::collections::HashMap;

use rules::facts::Day;
use uuid::Uuid;

use super::{ON_DAY, OUTSIDE, UNIT, Unit, read};
use crate::Store;
use crate::access::{self, Scope, Viewer};
use crate::error::StoreError;
use crate::households;
use crate::page::{Page, Total};
use crate::sql::{Sql, distinct};

/// A unit in a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub unit: Unit,
    /// How many units lie directly under it.
    pub below: u32,
    /// Those who work in the unit itself, without its sub-units.
    pub members: u32,
}

/// A page of a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    pub rows: Vec<Standing>,
    /// What to pass as [`Page::after`] for the next page; absent on the last.
    pub next: Option<Uuid>,
    pub total: Total,
}

/// The units directly under one on a day, or without it the topmost that the viewer sees; in the order of the decree.
///
/// A unit whose parent does not stand on the day is one of the topmost.
pub async fn level(
    store: &Store,
    viewer: &Viewer,
    under: Option<Uuid>,
    day: Day,
    page: Page,
) -> Result<Level, StoreError> {
    let scope = access::scope(viewer, day);
    let seen = match under {
        Some(unit) => access::sees_unit(store, &scope, unit).await?,
        None => matches!(scope, Scope::Office | Scope::Branch(_)),
    };
    if !seen {
        return Err(StoreError::Forbidden);
    }
    let mut found = there(viewer.office, day);
    found.join(match (under, &scope, viewer.unit) {
        (Some(under), ..) => Sql::new(" AND n.parent = ?", [under.into()]),
        (None, Scope::Branch(_), Some(own)) => Sql::new(" AND u.id = ?", [own.into()]),
        (None, ..) => topmost(viewer.office, day),
    });
    let mut count = Sql::new("SELECT count(*) AS total FROM (", []);
    count.join(found.clone()).add(" LIMIT ?) counted", [i64::from(crate::page::COUNTED_TO + 1).into()]);
    let total = store.total(viewer.office, &count).await?;
    if let Some(after) = page.after {
        let mut last = there(viewer.office, day);
        last.add(" AND u.id = ?", [after.into()]);
        found.add(" AND (n.position, n.code, u.id) > (SELECT last.position, last.code, last.id FROM (", []);
        found.join(last).add(") last)", []);
    }
    found.add(" ORDER BY n.position, n.code, u.id LIMIT ?", [page.limit().into()]);
    let mut sql = Sql::new(
        "SELECT l.*, (SELECT count(*) FROM unit_name s WHERE s.office = ? AND s.parent = l.id AND s.from_day <= ? \
         AND (s.to_day IS NULL OR s.to_day >= ?)) AS below, (SELECT count(*) FROM membership m WHERE m.office = ? \
         AND m.unit = l.id AND m.from_day <= ? AND (m.to_day IS NULL OR m.to_day >= ?) AND ",
        [viewer.office.into(), day.into(), day.into(), viewer.office.into(), day.into(), day.into()],
    );
    sql.join(households::are_not("m", "person"))
        .add(") AS members FROM (", [])
        .join(found)
        .add(") l ORDER BY l.position, l.code, l.id", []);
    let mut rows = Vec::new();
    for row in sql.read(store).await? {
        rows.push(Standing { unit: read(&row)?, below: row.count("below")?, members: row.count("members")? });
    }
    let more = rows.len() > page.rows() as usize;
    rows.truncate(page.rows() as usize);
    let next = rows.last().map(|row| row.unit.id).filter(|_| more);
    Ok(Level { rows, next, total })
}

/// A unit and everything above it on a day, the topmost first; empty where the unit does not stand then.
pub async fn way(store: &Store, viewer: &Viewer, unit: Uuid, day: Day) -> Result<Vec<Unit>, StoreError> {
    let mut way = ways(store, viewer, &[unit], day).await?;
    Ok(way.remove(&unit).unwrap_or_default())
}

/// The same for several units; one statement beside that for the viewer's reach. Nothing outside the reach is told.
pub async fn ways(
    store: &Store,
    viewer: &Viewer,
    units: &[Uuid],
    day: Day,
) -> Result<HashMap<Uuid, Vec<Unit>>, StoreError> {
    let scope = access::scope(viewer, day);
    let mut sql = Sql::new("WITH RECURSIVE up (unit) AS (SELECT o.id FROM unit o WHERE o.office = ? AND o.id IN ", []);
    sql.add("", [viewer.office.into()]).set(units.iter().map(|unit| (*unit).into()));
    sql.add(
        " UNION SELECT a.parent FROM unit_name a JOIN up ON up.unit = a.unit WHERE a.office = ? AND a.parent IS NOT NULL \
         AND a.from_day <= ? AND (a.to_day IS NULL OR a.to_day >= ?)) ",
        [viewer.office.into(), day.into(), day.into()],
    );
    sql.join(there(viewer.office, day)).add(" AND u.id IN (SELECT up.unit FROM up) AND ", []);
    sql.join(access::sees_unit_sql(&scope, "u.id"));
    let mut known: HashMap<Uuid, Unit> = HashMap::new();
    for row in sql.read(store).await? {
        let unit = read(&row)?;
        known.insert(unit.id, unit);
    }
    let way = |unit: &Uuid| {
        let mut way: Vec<Unit> = Vec::new();
        let mut next = known.get(unit);
        // No way is longer than the units known, so a ring of parents ends too.
        while let Some(unit) = next.filter(|_| way.len() < known.len()) {
            way.push(unit.clone());
            next = unit.parent.and_then(|parent| known.get(&parent));
        }
        way.reverse();
        (*unit, way)
    };
    Ok(units.iter().map(way).collect())
}

/// The units of a day, up to further conditions.
fn there(office: i32, day: Day) -> Sql {
    let mut sql = Sql::new(UNIT, [office.into()]);
    sql.add(ON_DAY, [day.into(), day.into()]).add(" AND u.kind <> ?", [OUTSIDE.into()]);
    sql
}

/// Those with no parent on the day, found by their parents and not among all. The parents are few and are asked one by
/// one whether they stand.
fn topmost(office: i32, day: Day) -> Sql {
    let mut sql = Sql::new(
        " AND n.id IN (SELECT t.id FROM unit_name t WHERE t.office = ? AND t.parent IS NULL UNION ALL \
         SELECT t.id FROM unit_name t WHERE t.office = ? AND t.parent IN (SELECT p.word FROM (",
        [office.into(), office.into()],
    );
    sql.join(distinct("unit_name", "parent", office, None)).add(
        ") p WHERE NOT EXISTS (SELECT 1 FROM unit_name s WHERE s.office = ? AND s.unit = p.word AND s.from_day <= ? \
         AND (s.to_day IS NULL OR s.to_day >= ?))))",
        [office.into(), day.into(), day.into()],
    );
    sql
}
