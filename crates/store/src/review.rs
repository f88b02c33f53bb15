//! What one year brought to the people of a unit: grade and titles, beside the list of its members.

use std::collections::HashMap;

use rules::facts::{Day, Grade, Year};
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Viewer};
use crate::conferrals;
use crate::error::StoreError;
use crate::members::last_day;
use crate::sql::Sql;
use crate::units::branch::{self, Branch};

/// One person's year, as known on the asked day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reviewed {
    pub grade: Option<Grade>,
    /// Ids of the titles of that year in the order of their decisions; what was revoked is absent.
    pub titles: Vec<String>,
}

/// The year of everyone who works in a unit or its sub-units on a day; who has neither grade nor title is absent.
pub async fn of_members(
    store: &Store,
    viewer: &Viewer,
    unit: Uuid,
    day: Day,
    year: Year,
) -> Result<HashMap<Uuid, Reviewed>, StoreError> {
    let scope = access::scope(viewer, day);
    if !access::sees_unit(store, &scope, unit).await? {
        return Err(StoreError::Forbidden);
    }
    let of = |select: &str, more: Sql| {
        let mut sql = Sql::new(select, []);
        sql.add(
            " WHERE c.office = ? AND coalesce(c.decided, ?) <= ? AND c.person IN (",
            [viewer.office.into(), last_day(year).into(), day.into()],
        );
        sql.join(Branch { office: viewer.office, unit, day }.members(branch::WORK)).add(")", []).join(more);
        sql
    };
    let mut people: HashMap<Uuid, Reviewed> = HashMap::new();
    let grades = of("SELECT c.person, c.grade FROM grade c", Sql::new(" AND c.year = ?", [year.into()]));
    for row in grades.read(store).await? {
        people.entry(row.get("person")?).or_default().grade = Some(row.word("grade")?);
    }
    let mut standing = Sql::new(" AND c.title_year = ? AND ", [year.into()]);
    standing.join(conferrals::stands(day)).add(" ORDER BY c.decided, c.id", []);
    for row in of("SELECT c.person, c.award FROM conferral c", standing).read(store).await? {
        people.entry(row.get("person")?).or_default().titles.push(row.get("award")?);
    }
    Ok(people)
}
