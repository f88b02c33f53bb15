//! The people that a list wants, as a condition.

use rules::facts::{Day, Year};

use super::Filter;
use crate::Store;
use crate::access::{self, Scope, Viewer};
use crate::conferrals;
use crate::error::StoreError;
use crate::members::last_day;
use crate::search;
use crate::sql::Sql;
use crate::units;
use crate::words::{self, PostLevel};

/// The filter within the viewer's reach, on an alias `p` of `person`.
pub(super) async fn condition(
    store: &Store,
    viewer: &Viewer,
    scope: &Scope,
    filter: &Filter,
) -> Result<Sql, StoreError> {
    let mut sql = Sql::new("p.office = ? AND ", [viewer.office.into()]);
    sql.join(access::sees_person_sql(scope, viewer.office, "p.id", filter.day));
    if let Some(unit) = filter.unit {
        let units = match filter.with_sub_units {
            true => units::with_sub_units(store, viewer.office, unit, filter.day).await?,
            false => vec![unit],
        };
        sql.add(" AND ", []).join(working_in(viewer.office, filter.day)).add(" AND w.unit IN ", []);
        sql.set(units.into_iter().map(Into::into)).add(")", []);
    } else if filter.working {
        sql.add(" AND ", []).join(working_in(viewer.office, filter.day)).add(")", []);
    }
    if let Some(sex) = filter.sex {
        sql.add(" AND p.sex = ?", [words::text(sex).into()]);
    }
    if let Some(level) = filter.level {
        sql.add(" AND ", []).join(at_level(viewer.office, level, filter.day));
    }
    if let Some(award) = &filter.award {
        sql.add(
            " AND p.id IN (SELECT c.person FROM conferral c WHERE c.office = ? AND c.award = ? AND c.person IS NOT NULL AND ",
            [viewer.office.into(), award.as_str().into()],
        );
        sql.join(conferrals::stands(filter.day)).add(")", []);
    }
    if let Some(found) = filter.name.as_deref().and_then(|name| search::subjects(store, viewer.office, "person", name))
    {
        sql.add(" AND p.id IN ", []).join(found);
    }
    if let Some(year) = filter.without_grade {
        sql.add(" AND ", []).join(without_grade(year));
    }
    Ok(sql)
}

/// On an alias `p` of `person`: on the roster at the end of a year, not excepted, and not graded.
pub(crate) fn without_grade(year: Year) -> Sql {
    let last = last_day(year);
    Sql::new(
        "NOT p.excluded_from_roster AND EXISTS (SELECT 1 FROM membership y WHERE y.office = p.office AND y.person = p.id \
         AND y.from_day <= ? AND (y.to_day IS NULL OR y.to_day >= ?)) \
         AND NOT EXISTS (SELECT 1 FROM grade g WHERE g.office = p.office AND g.person = p.id AND g.year = ?) \
         AND NOT EXISTS (SELECT 1 FROM roster_exception x WHERE x.office = p.office AND x.person = p.id AND x.year = ?)",
        [last.into(), last.into(), year.into(), year.into()],
    )
}

/// Without its closing bracket, so that the unit can be added.
fn working_in(office: i32, day: Day) -> Sql {
    Sql::new(
        "p.id IN (SELECT w.person FROM membership w WHERE w.office = ? \
         AND w.from_day <= ? AND (w.to_day IS NULL OR w.to_day >= ?)",
        [office.into(), day.into(), day.into()],
    )
}

fn at_level(office: i32, level: PostLevel, day: Day) -> Sql {
    let holds = |is: &str, levels: &str| {
        Sql::new(
            &format!(
                "p.id {is} IN (SELECT l.person FROM post l WHERE l.office = ? AND l.level IN ({levels}) \
                 AND l.from_day <= ? AND (l.to_day IS NULL OR l.to_day >= ?))"
            ),
            [office.into(), day.into(), day.into()],
        )
    };
    let mut sql = Sql::default();
    match level {
        PostLevel::LanhDaoVu => sql.join(holds("", "'lanh-dao-vu'")),
        PostLevel::LanhDaoPhong => {
            sql.join(holds("", "'lanh-dao-phong'")).add(" AND ", []).join(holds("NOT", "'lanh-dao-vu'"))
        }
        PostLevel::TrucTiep => sql.join(holds("NOT", "'lanh-dao-vu', 'lanh-dao-phong'")),
    };
    sql
}
