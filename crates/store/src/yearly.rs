//! The people whom a unit reviews in a year, with the grade each has for it, for a form of a page.

use rules::facts::{Day, Grade, Year};
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::page::{Listed, Page, Total};
use crate::sql::{Row, Sql};
use crate::units::branch::{self, Branch};

/// One line of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub person: Uuid,
    pub full_name: String,
    pub post: Option<String>,
    /// The grade with its record and the step that last touched it; absent where none is entered.
    pub grade: Option<Held>,
    /// Why the person is not considered in that year, where so.
    pub excepted: Option<String>,
}

/// A grade that is on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub record: Uuid,
    pub grade: Grade,
    pub last: Uuid,
}

/// Those whom a unit and its sub-units review on `on`, the roster day of the year or the day it is, by name.
///
/// The viewer may write grades of the unit's people today.
pub async fn lines(
    store: &Store,
    viewer: &Viewer,
    unit: Uuid,
    year: Year,
    on: Day,
    today: Day,
    page: Page,
) -> Result<Listed<Line>, StoreError> {
    let scope = access::scope(viewer, today);
    if !access::writes(viewer, "grade") || !access::reaches_for_writing(store, &scope, &[unit]).await? {
        return Err(StoreError::Forbidden);
    }
    let mut who = Sql::new("p.office = ? AND NOT p.excluded_from_roster AND p.id IN (", [viewer.office.into()]);
    who.join(Branch { office: viewer.office, unit, day: on }.members(branch::REVIEW)).add(") AND ", []);
    who.join(access::sees_person_sql(&scope, "p.id"));
    let mut count = Sql::new("SELECT count(*) AS total FROM person p WHERE ", []);
    count.join(who.clone());
    let total = Total::read(count.one(&store.connection).await?)?;
    let mut sql = Sql::new(
        "SELECT p.id, p.full_name, g.id AS record, g.grade, x.reason, \
         coalesce((SELECT c.step FROM correction c WHERE c.office = g.office AND c.noun = 'grade' AND c.record = g.id \
            ORDER BY c.ordinal DESC LIMIT 1), g.step) AS last, \
         (SELECT o.label FROM post o WHERE o.office = p.office AND o.person = p.id AND o.from_day <= ? \
            AND (o.to_day IS NULL OR o.to_day >= ?) ORDER BY o.position, o.id LIMIT 1) AS post \
         FROM person p LEFT JOIN grade g ON g.office = p.office AND g.person = p.id AND g.year = ? \
         LEFT JOIN roster_exception x ON x.office = p.office AND x.person = p.id AND x.year = ? WHERE ",
        [on.into(), on.into(), year.into(), year.into()],
    );
    sql.join(who);
    if let Some(after) = page.after {
        sql.add(
            " AND (p.sort_key, p.id) > (SELECT a.sort_key, a.id FROM person a WHERE a.office = ? AND a.id = ?)",
            [viewer.office.into(), after.into()],
        );
    }
    sql.add(" ORDER BY p.sort_key, p.id LIMIT ?", [page.limit().into()]);
    let lines = sql.all(&store.connection).await?.iter().map(line).collect::<Result<_, _>>()?;
    Ok(Listed::cut(lines, page, total, |line: &Line| line.person))
}

fn line(row: &Row) -> Result<Line, StoreError> {
    let record: Option<Uuid> = row.get("record")?;
    let grade = match record {
        Some(record) => Some(Held { record, grade: row.word("grade")?, last: row.get("last")? }),
        None => None,
    };
    Ok(Line {
        person: row.get("id")?,
        full_name: row.get("full_name")?,
        post: row.get("post")?,
        grade,
        excepted: row.get("reason")?,
    })
}
