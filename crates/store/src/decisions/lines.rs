//! The lines of one decision: where each stands in the list, and in full those that a page shows.

use std::collections::HashMap;

use rules::facts::{Day, Subject};
use uuid::Uuid;

use super::{Decision, MOST_LINES, outline};
use crate::Store;
use crate::access::{self, Scope, Viewer};
use crate::conferrals::{self, Conferral};
use crate::error::StoreError;
use crate::names;
use crate::sql::{Row, Sql};
use crate::words::PostLevel;

/// A line as far as the order of a list asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub id: Uuid,
    pub award: String,
    pub subject: Subject,
    /// The name of the person, or of the collective on the day of the decision.
    pub subject_name: String,
    /// Sorts as Vietnamese lists do.
    pub sort_key: Vec<u8>,
    /// The unit of the subject on the day of the decision.
    pub unit: Option<Uuid>,
    pub level: Option<PostLevel>,
    pub position: i32,
}

/// One decision with the places of its lines in the viewer's reach, at most 1,000, none of them read in full; `None` where
/// there is no such decision.
pub async fn placed(
    store: &Store,
    viewer: &Viewer,
    decision: Uuid,
    day: Day,
) -> Result<Option<(Decision, Vec<Placed>)>, StoreError> {
    let Some(found) = outline(store, viewer, decision, day).await? else {
        return Ok(None);
    };
    let scope = access::scope(viewer, day);
    let mut sql = Sql::new(
        "SELECT c.id, c.award, c.person, h.id IS NOT NULL AS household, coalesce(p.full_name, cn.name, '') AS subject_name, \
         p.sort_key, c.unit, c.level, c.position FROM conferral c \
         LEFT JOIN person p ON p.office = c.office AND p.id = c.person \
         LEFT JOIN household h ON h.office = c.office AND h.person = c.person \
         LEFT JOIN unit_name cn ON cn.office = c.office AND cn.unit = c.collective \
            AND cn.from_day <= c.decided AND (cn.to_day IS NULL OR cn.to_day >= c.decided) \
         WHERE c.office = ? AND c.decision = ? \
         AND NOT EXISTS (SELECT 1 FROM amendment late WHERE late.office = c.office AND late.replacement = c.id \
            AND late.from_day > ?) AND ",
        [viewer.office.into(), decision.into(), day.into()],
    );
    sql.join(access::sees_conferral_sql(&scope, "c"));
    sql.add(" ORDER BY c.position, c.id LIMIT ?", [MOST_LINES.into()]);
    let places: Vec<Placed> = sql.read(store).await?.iter().map(place).collect::<Result<_, _>>()?;
    if places.is_empty() && scope != Scope::Office {
        return Err(StoreError::Forbidden);
    }
    Ok(Some((found, places)))
}

/// These lines of a decision in full, as far as the viewer sees them, in the order in which they are named.
pub async fn lines(
    store: &Store,
    viewer: &Viewer,
    decision: Uuid,
    ids: &[Uuid],
    day: Day,
) -> Result<Vec<Conferral>, StoreError> {
    let mut sql = conferrals::select(day);
    sql.add(" WHERE c.office = ? AND c.decision = ? AND c.id IN ", [viewer.office.into(), decision.into()]);
    sql.set(ids.iter().map(|id| (*id).into())).add(" AND ", []);
    sql.join(access::sees_conferral_sql(&access::scope(viewer, day), "c"));
    let mut found: HashMap<Uuid, Conferral> = HashMap::new();
    for row in sql.read(store).await? {
        let line = conferrals::read(&row)?;
        found.insert(line.id, line);
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

fn place(row: &Row) -> Result<Placed, StoreError> {
    let subject_name: String = row.get("subject_name")?;
    let of_person: Option<Vec<u8>> = row.get("sort_key")?;
    Ok(Placed {
        id: row.get("id")?,
        award: row.get("award")?,
        subject: conferrals::subject(row)?,
        sort_key: of_person.unwrap_or_else(|| names::sort_key(&subject_name)),
        subject_name,
        unit: row.get("unit")?,
        level: row.word_or_none("level")?,
        position: row.get("position")?,
    })
}
