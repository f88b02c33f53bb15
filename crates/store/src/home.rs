//! The figures of the home page: what is done and what waits, from the records, each with the list behind it.

use chrono::Datelike;
use rules::facts::{Day, Year};

use crate::Store;
use crate::access::{self, Scope, Viewer};
use crate::error::StoreError;
use crate::members::last_day;
use crate::people::wanted::is_small;
use crate::sql::Sql;
use crate::units::branch;
use crate::{conferrals, decisions, people};

/// How things stand on a day, as far as the viewer sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The year of the asked day.
    pub year: Year,
    /// People in some unit on the day, without those who stand in no roster.
    pub working: u32,
    /// Of them, those registered for emulation this year.
    pub registered: u32,
    /// People of last year's roster without a grade for last year.
    pub without_grade: u32,
    /// The list behind [`Figures::without_grade`].
    pub without_grade_list: people::Filter,
    /// Awards decided this year, to the day.
    pub conferrals: u32,
    /// Decisions of this year, to the day.
    pub decisions: u32,
    /// The list behind [`Figures::decisions`].
    pub decisions_list: decisions::Filter,
    /// Initiatives entered that no one has recognised yet.
    pub initiatives_waiting: u32,
    /// Matters under examination that hold awards back on the day.
    pub holds: u32,
}

/// Reads all figures with one statement, beside those that tell how wide the viewer's reach is.
pub async fn figures(store: &Store, viewer: &Viewer, day: Day) -> Result<Figures, StoreError> {
    let scope = access::scope(viewer, day);
    if scope == Scope::Nothing {
        return Err(StoreError::Forbidden);
    }
    let year = day.year();
    let decisions_list =
        decisions::Filter { from: Day::from_ymd_opt(year, 1, 1), to: Some(day), ..decisions::Filter::default() };
    let reached = decisions::reached(store, viewer.office, &scope).await?;
    let seen = seen(store, &scope).await?;
    let row = counts(viewer, (&scope, &seen), day, &decisions_list, reached)
        .one(&store.connection)
        .await?
        .ok_or(StoreError::NotFound)?;
    Ok(Figures {
        year,
        working: row.count("working")?,
        registered: row.count("registered")?,
        without_grade: row.count("without_grade")?,
        without_grade_list: people::Filter { without_grade: Some(year - 1), ..people::Filter::everyone(day) },
        conferrals: row.count("conferrals")?,
        decisions: row.count("decisions")?,
        decisions_list,
        initiatives_waiting: row.count("initiatives_waiting")?,
        holds: row.count("holds")?,
    })
}

/// How many people are in the viewer's reach on a day, counted to `most`; of who reads the whole office as many.
pub async fn people_in_reach(store: &Store, viewer: &Viewer, day: Day, most: u32) -> Result<u32, StoreError> {
    match access::scope(viewer, day) {
        Scope::Office => Ok(most),
        Scope::Branch(reach) => reach.people(store, most).await,
        Scope::Person(_) => Ok(1),
        Scope::Nothing => Ok(0),
    }
}

/// The condition on a column of people that they are in reach: a set where they are few, else asked of one after the other.
async fn seen(store: &Store, scope: &Scope) -> Result<impl Fn(&str) -> Sql, StoreError> {
    let many = match scope {
        Scope::Branch(reach) => !is_small(store, *reach).await?,
        Scope::Office | Scope::Person(_) | Scope::Nothing => false,
    };
    Ok(move |column: &str| match scope {
        Scope::Branch(reach) if many => reach.has(branch::REACH, column),
        _ => access::among_seen_sql(scope, column),
    })
}

fn counts(
    viewer: &Viewer,
    (scope, seen): (&Scope, &impl Fn(&str) -> Sql),
    day: Day,
    decided: &decisions::Filter,
    reached: Sql,
) -> Sql {
    let office = viewer.office;
    let mut sql = Sql::new("SELECT roster.working, roster.registered, (SELECT count(*) FROM membership m WHERE ", []);
    sql.join(on_roster(office, seen, last_day(day.year() - 1))).add(
        " AND NOT EXISTS (SELECT 1 FROM grade g WHERE g.office = m.office AND g.person = m.person AND g.year = ?) \
         AND NOT EXISTS (SELECT 1 FROM roster_exception x WHERE x.office = m.office AND x.person = m.person AND x.year = ?)) \
         AS without_grade, ",
        [(day.year() - 1).into(), (day.year() - 1).into()],
    );
    sql.join(standing(office, scope, day, decided)).add(" AS conferrals, (SELECT count(*) FROM decision d WHERE ", []);
    sql.join(reached).add(
        " AND d.day >= ? AND d.day <= ?) AS decisions, \
         (SELECT count(*) FROM initiative i WHERE i.office = ? AND i.decided IS NULL AND ",
        [decided.from.into(), day.into(), office.into()],
    );
    sql.join(seen("i.person"));
    sql.add(
        ") AS initiatives_waiting, (SELECT count(*) FROM hold h WHERE h.office = ? AND h.from_day <= ? \
         AND (h.to_day IS NULL OR h.to_day >= ?) AND ",
        [office.into(), day.into(), day.into()],
    );
    sql.join(seen("h.person")).add(
        ") AS holds FROM (SELECT count(*) AS working, count(r.person) AS registered FROM membership m \
         LEFT JOIN registration r ON r.office = m.office AND r.person = m.person AND r.year = ? WHERE ",
        [day.year().into()],
    );
    sql.join(on_roster(office, seen, day)).add(") roster", []);
    sql
}

/// On an alias `m` of `membership`, of which a person has one at a time: those of a day whose people stand in the
/// roster and are seen.
fn on_roster(office: i32, seen: &impl Fn(&str) -> Sql, day: Day) -> Sql {
    let mut sql = Sql::new(
        "m.office = ? AND m.from_day <= ? AND (m.to_day IS NULL OR m.to_day >= ?) \
         AND m.person NOT IN (SELECT x.id FROM person x WHERE x.office = ? AND x.excluded_from_roster) AND ",
        [office.into(), day.into(), day.into(), office.into()],
    );
    sql.join(seen("m.person"));
    sql
}

/// The awards of a time that stand: all of it, which an index counts, less the few that something was done to and that
/// do not.
fn standing(office: i32, scope: &Scope, day: Day, decided: &decisions::Filter) -> Sql {
    let of_the_time = |mut sql: Sql| {
        sql.add(
            " c.office = ? AND c.decided >= ? AND c.decided <= ? AND ",
            [office.into(), decided.from.into(), day.into()],
        );
        sql.join(access::sees_conferral_sql(scope, "c"));
        sql
    };
    let mut sql = of_the_time(Sql::new("(SELECT count(*) FROM conferral c WHERE", []));
    sql.add(") - ", []).join(of_the_time(touched(office)));
    sql.add(" AND NOT (", []).join(conferrals::stands(day)).add("))", []);
    sql
}

/// `(SELECT count(*) …` of an alias `c` of `conferral`: the lines to which or to whose decision something was done.
///
/// Crossed, so that the few are looked up among the many.
fn touched(office: i32) -> Sql {
    Sql::new(
        "(SELECT count(*) FROM (SELECT k.id FROM decision_end f CROSS JOIN conferral k WHERE f.office = ? \
         AND k.office = f.office AND k.decision = f.decision \
         UNION SELECT a.conferral FROM amendment a WHERE a.office = ? AND a.conferral IS NOT NULL \
         UNION SELECT b.replacement FROM amendment b WHERE b.office = ? AND b.replacement IS NOT NULL) few \
         CROSS JOIN conferral c WHERE c.id = few.id AND",
        [office.into(), office.into(), office.into()],
    )
}
