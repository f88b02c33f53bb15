//! What one year brought to people: grade and titles, beside the list of the members of a unit.

use std::collections::HashMap;

use rules::facts::{Day, Grade, Year};
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Viewer};
use crate::conferrals;
use crate::error::StoreError;
use crate::members::last_day;
use crate::sql::Sql;

/// One person's year, as known on the asked day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reviewed {
    pub grade: Option<Grade>,
    /// Ids of the titles of that year in the order of their decisions; what was revoked is absent.
    pub titles: Vec<String>,
}

/// The year of these people; who has neither grade nor title, or is out of the viewer's reach, is absent.
pub async fn of_people(
    store: &Store,
    viewer: &Viewer,
    people: &[Uuid],
    day: Day,
    year: Year,
) -> Result<HashMap<Uuid, Reviewed>, StoreError> {
    let scope = access::scope(viewer, day);
    let of = |select: &str, more: Sql| {
        let mut sql = Sql::new(select, []);
        sql.add(
            " WHERE c.office = ? AND coalesce(c.decided, ?) <= ? AND c.person IN ",
            [viewer.office.into(), last_day(year).into(), day.into()],
        );
        sql.set(people.iter().map(|id| (*id).into())).add(" AND ", []);
        sql.join(access::sees_person_sql(&scope, "c.person")).join(more);
        sql
    };
    let mut reviewed: HashMap<Uuid, Reviewed> = HashMap::new();
    let grades = of("SELECT c.person, c.grade FROM grade c", Sql::new(" AND c.year = ?", [year.into()]));
    for row in grades.read(store).await? {
        reviewed.entry(row.get("person")?).or_default().grade = Some(row.word("grade")?);
    }
    let mut standing = Sql::new(" AND c.title_year = ? AND ", [year.into()]);
    standing.join(conferrals::stands(day)).add(" ORDER BY c.decided, c.id", []);
    for row in of("SELECT c.person, c.award FROM conferral c", standing).read(store).await? {
        reviewed.entry(row.get("person")?).or_default().titles.push(row.get("award")?);
    }
    Ok(reviewed)
}
