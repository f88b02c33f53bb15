//! Households among those entered as people: who is one, as a condition on what names a person.

use crate::sql::Sql;

/// The condition on the column of a person, whose alias has the column `office`, that it is a household.
pub(crate) fn are(alias: &str, person: &str) -> Sql {
    Sql::new(
        &format!(
            "EXISTS (SELECT 1 FROM household hh WHERE hh.office = {alias}.office AND hh.person = {alias}.{person})"
        ),
        [],
    )
}

/// The same, that it is none.
pub(crate) fn are_not(alias: &str, person: &str) -> Sql {
    let mut sql = Sql::new("NOT ", []);
    sql.join(are(alias, person));
    sql
}
