//! Which lines of decisions a report counts: one condition for the number and for the list behind it.

use chrono::Datelike;
use rules::facts::{Day, Kind, Sex, Year};
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Scope, Viewer};
use crate::conferrals::{self, Conferral};
use crate::error::StoreError;
use crate::page::{COUNTED_TO, Listed, Page, Total};
use crate::reports::arithmetic::Period;
use crate::sql::{Row, Sql};
use crate::units;
use crate::words::{self, PostLevel};

/// What sort of honour an award is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    Title,
    Flag,
    Commendation,
}

/// By which day an award falls into a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CountBy {
    DecisionDay,
    /// The title year, taken as its last day; a line without one goes by the day of its decision.
    TitleYear,
}

/// How one award is counted; the caller knows it from the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counting {
    pub award: String,
    pub category: Category,
    pub by: CountBy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectKind {
    Collective,
    Individual,
    Household,
}

/// Of which unit the honours are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitChoice {
    pub unit: Uuid,
    /// Those that stood under it on the day of each decision.
    pub with_sub_units: bool,
}

/// What narrows the lines of a period down to those of one cell; `None` leaves everything in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CellFilter {
    pub category: Option<Category>,
    pub award: Option<String>,
    pub subject: Option<SubjectKind>,
    /// The year of decision or the title year, as the award is counted.
    pub year: Option<Year>,
    /// `Some(None)`: the level is unknown.
    pub level: Option<Option<PostLevel>>,
    /// `Some(None)`: the sex is unknown.
    pub sex: Option<Option<Sex>>,
    /// `Some(None)`: the kind is unknown.
    pub kind: Option<Option<Kind>>,
    /// Honours given by way of another body, which stand beside the count.
    pub other_bodies: bool,
}

/// Lines that agree in everything a report tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    pub award: String,
    pub subject: SubjectKind,
    pub year: Year,
    pub level: Option<PostLevel>,
    pub sex: Option<Sex>,
    pub kind: Option<Kind>,
    pub lines: u32,
}

/// Everything that a count needs beside the cell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counted<'a> {
    pub office: i32,
    pub period: Period,
    pub unit: Option<UnitChoice>,
    pub countings: &'a [Counting],
    /// The day of asking.
    pub day: Day,
}

/// Refuses a viewer who may not read the report of that choice of unit.
pub(crate) async fn check(
    store: &Store,
    viewer: &Viewer,
    unit: Option<UnitChoice>,
    day: Day,
) -> Result<(), StoreError> {
    let scope = access::scope(viewer, day);
    let seen = match unit {
        None => scope == Scope::Office,
        Some(choice) => access::sees_unit(store, &scope, choice.unit).await?,
    };
    if seen { Ok(()) } else { Err(StoreError::Forbidden) }
}

/// Lines of decisions with what is known of their recipients, up to a condition; the aliases are those of
/// [`conferrals::select`].
const LINES: &str = "FROM conferral c LEFT JOIN person p ON p.office = c.office AND p.id = c.person \
    LEFT JOIN household h ON h.office = c.office AND h.person = c.person WHERE ";

/// The lines of a cell by unit order of entry: by day of decision, decision and place on its list.
pub(crate) async fn lines(
    store: &Store,
    counted: Counted<'_>,
    cell: &CellFilter,
    page: Page,
) -> Result<Listed<Conferral>, StoreError> {
    let mut count = branch(counted);
    count
        .add("SELECT count(*) AS total FROM (SELECT 1 AS one ", [])
        .add(LINES, [])
        .join(condition(counted, cell))
        .add(" LIMIT ?) counted", [i64::from(COUNTED_TO + 1).into()]);
    let total = Total::read(count.one(&store.connection).await?)?;
    let mut sql = branch(counted);
    sql.join(conferrals::select(counted.day)).add(" WHERE ", []).join(condition(counted, cell));
    if let Some(after) = page.after {
        sql.add(
            " AND (c.decided, c.id) > (SELECT a.decided, a.id FROM conferral a WHERE a.office = ? AND a.id = ?)",
            [counted.office.into(), after.into()],
        );
    }
    sql.add(" ORDER BY c.decided, c.id LIMIT ?", [page.limit().into()]);
    let rows = sql.all(&store.connection).await?.iter().map(conferrals::read).collect::<Result<_, _>>()?;
    Ok(Listed::cut(rows, page, total, |line: &Conferral| line.id))
}

/// All lines of the period, counted in groups; one statement.
pub(crate) async fn groups(store: &Store, counted: Counted<'_>) -> Result<Vec<Group>, StoreError> {
    let mut sql = branch(counted);
    sql.add(
        "SELECT c.award, c.decided, c.title_year, c.level, p.sex, c.kind, c.person IS NULL AS collective, \
         h.id IS NOT NULL AS household, count(*) AS lines ",
        [],
    );
    sql.add(LINES, []).join(condition(counted, &CellFilter::default()));
    sql.add(
        " GROUP BY c.award, c.decided, c.title_year, c.level, p.sex, c.kind, c.person IS NULL, h.id IS NOT NULL",
        [],
    );
    sql.all(&store.connection).await?.iter().map(|row| group(row, counted.countings)).collect()
}

/// How many lines a cell has; one statement.
pub(crate) async fn count(store: &Store, counted: Counted<'_>, cell: &CellFilter) -> Result<u32, StoreError> {
    let mut sql = branch(counted);
    sql.add("SELECT count(*) AS lines ", []).add(LINES, []).join(condition(counted, cell));
    sql.one(&store.connection).await?.ok_or(StoreError::NotFound)?.count("lines")
}

/// Awards in the period that no [`Counting`] names, so that none is lost unseen; one statement.
pub(crate) async fn unlisted(store: &Store, counted: Counted<'_>) -> Result<Vec<String>, StoreError> {
    let mut sql = branch(counted);
    sql.add("SELECT DISTINCT c.award ", [])
        .add(LINES, [])
        .join(standing(counted))
        .add(" AND c.decided >= ? AND c.decided <= ?", [counted.period.from.into(), counted.period.to.into()]);
    sql.add(" AND c.award NOT IN ", []).set(counted.countings.iter().map(|counting| counting.award.as_str().into()));
    sql.add(" ORDER BY c.award", []);
    sql.all(&store.connection).await?.iter().map(|row| row.get("award")).collect()
}

fn condition(counted: Counted<'_>, cell: &CellFilter) -> Sql {
    let mut sql = standing(counted);
    sql.add(if cell.other_bodies { " AND NOT c.own_body" } else { " AND c.own_body" }, []);
    sql.add(" AND (", []).join(in_period(counted, cell, CountBy::DecisionDay));
    sql.add(" OR ", []).join(in_period(counted, cell, CountBy::TitleYear)).add(")", []);
    match cell.subject {
        Some(SubjectKind::Individual) => sql.add(" AND c.person IS NOT NULL AND h.id IS NULL", []),
        Some(SubjectKind::Household) => sql.add(" AND h.id IS NOT NULL", []),
        Some(SubjectKind::Collective) => sql.add(" AND c.person IS NULL", []),
        None => &mut sql,
    };
    equal_or_absent(&mut sql, "c.level", cell.level.map(|level| level.map(words::text)));
    equal_or_absent(&mut sql, "p.sex", cell.sex.map(|sex| sex.map(words::text)));
    equal_or_absent(&mut sql, "c.kind", cell.kind.map(|kind| kind.map(words::text)));
    sql
}

/// Standing on the day of asking, of the unit, and not of a person or collective who stands in no count; a household
/// stands in none where it was of no unit of the office.
fn standing(counted: Counted<'_>) -> Sql {
    let mut sql = Sql::new(
        "c.office = ? AND (p.id IS NULL OR NOT p.excluded_from_roster OR h.id IS NOT NULL AND c.unit IS NOT NULL) AND ",
        [counted.office.into()],
    );
    sql.join(conferrals::stands(counted.day));
    sql.add(
        " AND (c.collective IS NULL OR NOT EXISTS (SELECT 1 FROM unit o WHERE o.office = c.office AND o.id = c.collective \
         AND o.kind = ?))",
        [units::OUTSIDE.into()],
    );
    if counted.unit.is_some() {
        sql.add(
            " AND EXISTS (SELECT 1 FROM branch b WHERE b.unit = c.unit AND b.from_day <= c.decided AND b.to_day >= c.decided)",
            [],
        );
    }
    sql
}

/// The awards counted one way, with the part of the period that is asked for.
fn in_period(counted: Counted<'_>, cell: &CellFilter, by: CountBy) -> Sql {
    let awards = counted.countings.iter().filter(|counting| {
        counting.by == by
            && cell.category.is_none_or(|category| counting.category == category)
            && cell.award.as_ref().is_none_or(|award| counting.award == *award)
    });
    let mut sql = Sql::new("(c.award IN ", []);
    sql.set(awards.map(|counting| counting.award.as_str().into()));
    let Period { mut from, mut to } = counted.period;
    let (mut first, mut last) = counted.period.title_years();
    if let Some(period) = cell.year.and_then(|year| Period::of_years(year, year)) {
        (from, to) = (from.max(period.from), to.min(period.to));
        (first, last) = (first.max(period.from.year()), last.min(period.to.year()));
    }
    let decided = "c.decided >= ? AND c.decided <= ?";
    match by {
        CountBy::DecisionDay => sql.add(&format!(" AND {decided})"), [from.into(), to.into()]),
        CountBy::TitleYear => sql.add(
            &format!(" AND ((c.title_year >= ? AND c.title_year <= ?) OR (c.title_year IS NULL AND {decided})))"),
            [first.into(), last.into(), from.into(), to.into()],
        ),
    };
    sql
}

fn equal_or_absent(sql: &mut Sql, column: &str, wanted: Option<Option<String>>) {
    match wanted {
        Some(Some(word)) => sql.add(&format!(" AND {column} = ?"), [word.into()]),
        Some(None) => sql.add(&format!(" AND {column} IS NULL"), []),
        None => sql,
    };
}

/// `WITH … branch`: the unit, those whose honours it keeps, and what stood under them, each with its days.
fn branch(counted: Counted<'_>) -> Sql {
    let Some(choice) = counted.unit else {
        return Sql::default();
    };
    units::branch_in_time(counted.office, choice.unit, choice.with_sub_units)
}

fn group(row: &Row, countings: &[Counting]) -> Result<Group, StoreError> {
    let award: String = row.get("award")?;
    let decided: Day = row.get("decided")?;
    let title_year: Option<Year> = row.get("title_year")?;
    let by = countings.iter().find(|counting| counting.award == award).map(|counting| counting.by);
    Ok(Group {
        award,
        subject: match (row.get("collective")?, row.get("household")?) {
            (true, _) => SubjectKind::Collective,
            (false, true) => SubjectKind::Household,
            (false, false) => SubjectKind::Individual,
        },
        year: match by {
            Some(CountBy::TitleYear) => title_year.unwrap_or(decided.year()),
            _ => decided.year(),
        },
        level: row.word_or_none("level")?,
        sex: row.word_or_none("sex")?,
        kind: row.word_or_none("kind")?,
        lines: row.count("lines")?,
    })
}
