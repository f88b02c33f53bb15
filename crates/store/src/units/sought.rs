//! Units found by their words, for forms and lists of an office that has more of them than a list can offer.

use rules::facts::Day;

use super::{ON_DAY, OUTSIDE, UNIT, Unit, read};
use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::names;
use crate::search;
use crate::sql::Sql;

/// Names that are asked about in one statement.
const TOGETHER: usize = 100;
/// Units that are looked at of those that have the words of one name.
const ALIKE: i64 = 1_000;

/// Up to `limit` units of a day whose names or codes have words that begin like these: the very code first, then the
/// shortest names; two statements.
pub async fn sought(store: &Store, viewer: &Viewer, text: &str, day: Day, limit: u32) -> Result<Vec<Unit>, StoreError> {
    let Some(found) = search::subjects(store, viewer.office, "unit_name", text) else {
        return Ok(Vec::new());
    };
    let mut sql = seen(viewer, day);
    sql.add(" AND n.id IN ", []).join(found);
    sql.add(
        " ORDER BY CASE WHEN lower(n.code) = ? THEN 0 ELSE 1 END, length(n.name), n.name, u.id LIMIT ?",
        [text.trim().to_lowercase().into(), i64::from(limit).into()],
    );
    sql.all(&store.connection).await?.iter().map(read).collect()
}

/// The units of a day that bear one of these names, or one of these codes, without marks; one statement for a hundred
/// names, beside that for the viewer's reach.
pub async fn named(store: &Store, viewer: &Viewer, asked: &[String], day: Day) -> Result<Vec<Unit>, StoreError> {
    let mut folded: Vec<String> = asked.iter().map(|name| names::fold(name)).collect();
    folded.sort();
    folded.dedup();
    let seen = seen(viewer, day);
    let mut found: Vec<Unit> = Vec::new();
    for some in folded.chunks(TOGETHER) {
        let mut alike = Sql::default();
        let searches = some.iter().filter_map(|name| search::subjects(store, viewer.office, "unit_name", name));
        for (place, search) in searches.enumerate() {
            alike.add(if place > 0 { " UNION ALL " } else { "" }, []);
            alike.add("SELECT one.subject FROM (SELECT alike.subject FROM ", []).join(search);
            alike.add(" AS alike LIMIT ?) AS one", [ALIKE.into()]);
        }
        if alike.is_empty() {
            continue;
        }
        let mut sql = seen.clone();
        sql.add(" AND n.id IN (", []).join(alike).add(") ORDER BY n.position, n.code, u.id", []);
        for row in sql.all(&store.connection).await? {
            let unit = read(&row)?;
            let bears = |text: &str| some.binary_search(&names::fold(text)).is_ok();
            if bears(&unit.name) || bears(&unit.code) {
                found.push(unit);
            }
        }
    }
    Ok(found)
}

/// The units of a day that the viewer sees, up to further conditions.
fn seen(viewer: &Viewer, day: Day) -> Sql {
    let scope = access::scope(viewer, day);
    let mut sql = Sql::new(UNIT, [viewer.office.into()]);
    sql.add(ON_DAY, [day.into(), day.into()]).add(" AND u.kind <> ? AND ", [OUTSIDE.into()]);
    sql.join(access::sees_unit_sql(&scope, "u.id"));
    sql
}
