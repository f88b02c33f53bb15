//! The figures of the home page: what is done and what waits, from the records, each with the list behind it.

use chrono::Datelike;
use rules::facts::{Day, Year};

use crate::Store;
use crate::access::{self, Scope, Viewer};
use crate::error::StoreError;
use crate::people::wanted;
use crate::sql::Sql;
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

/// Reads all figures with one statement beside that for the viewer's reach.
pub async fn figures(store: &Store, viewer: &Viewer, day: Day) -> Result<Figures, StoreError> {
    let scope = access::scope(store, viewer, day).await?;
    if scope == Scope::Nothing {
        return Err(StoreError::Forbidden);
    }
    let year = day.year();
    let decisions_list =
        decisions::Filter { from: Day::from_ymd_opt(year, 1, 1), to: Some(day), ..decisions::Filter::default() };
    let row = counts(viewer, &scope, day, &decisions_list).one(&store.connection).await?.ok_or(StoreError::NotFound)?;
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

fn counts(viewer: &Viewer, scope: &Scope, day: Day, decided: &decisions::Filter) -> Sql {
    let office = viewer.office;
    let seen = |column: &str| access::sees_person_sql(scope, office, column, day);
    let mut sql = Sql::new("SELECT (SELECT count(*) ", []);
    sql.join(working(office, day)).add(" AND ", []).join(seen("p.id"));
    sql.add(") AS working, (SELECT count(*) ", []).join(working(office, day)).add(" AND ", []).join(seen("p.id"));
    sql.add(
        " AND EXISTS (SELECT 1 FROM registration r WHERE r.office = p.office AND r.person = p.id AND r.year = ?)",
        [day.year().into()],
    );
    sql.add(") AS registered, (SELECT count(*) FROM person p WHERE p.office = ? AND ", [office.into()]);
    sql.join(wanted::without_grade(day.year() - 1)).add(" AND ", []).join(seen("p.id"));
    sql.add(
        ") AS without_grade, (SELECT count(*) FROM conferral c WHERE c.office = ? AND c.decided >= ? AND c.decided <= ? AND ",
        [office.into(), decided.from.into(), day.into()],
    );
    sql.join(conferrals::stands(day)).add(" AND ", []).join(access::sees_conferral_sql(scope, "c"));
    sql.add(") AS conferrals, (SELECT count(*) FROM decision d WHERE ", []);
    sql.join(decisions::reached(office, scope)).add(
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
    sql.join(seen("h.person")).add(") AS holds", []);
    sql
}

fn working(office: i32, day: Day) -> Sql {
    Sql::new(
        "FROM person p WHERE p.office = ? AND NOT p.excluded_from_roster AND EXISTS (SELECT 1 FROM membership w \
         WHERE w.office = p.office AND w.person = p.id AND w.from_day <= ? AND (w.to_day IS NULL OR w.to_day >= ?))",
        [office.into(), day.into(), day.into()],
    )
}
