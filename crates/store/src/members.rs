//! A collective's people, counted year by year on the roster day.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rules::facts::{Day, Discipline, Grade, MembersFact, RecordKind, Year};
use uuid::Uuid;

use crate::Store;
use crate::conferrals;
use crate::error::StoreError;
use crate::sql::{Row, Sql};
use crate::units;
use crate::words;

/// The day of the year on which the list of people is closed (ngày chốt danh sách).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RosterDay {
    pub month: u32,
    pub day: u32,
}

/// The last day of the year, which stands where an office has set no other.
pub const LAST_DAY: RosterDay = RosterDay { month: 12, day: 31 };

/// Every measure, so that none under it can be told from not known.
const MEASURES: [Discipline; 8] = [
    Discipline::KhienTrach,
    Discipline::CanhCao,
    Discipline::HaBacLuong,
    Discipline::GiangChuc,
    Discipline::CachChuc,
    Discipline::BaiNhiem,
    Discipline::BuocThoiViec,
    Discipline::KhaiTru,
];

/// A stay in a unit, or the time under a parent or a measure; the last day is included.
struct Stay<T> {
    of: Uuid,
    what: T,
    from: Day,
    to: Option<Day>,
}

/// What is known of the people who were ever reviewed in the collective.
struct Known {
    stays: Vec<Stay<Uuid>>,
    excepted: HashSet<(Uuid, Year)>,
    grades: HashMap<(Uuid, Year), Grade>,
    titles: Vec<(Uuid, Year, String)>,
    disciplines: Vec<Stay<Discipline>>,
    /// The years, both ends included, for which someone's disciplinary records are whole.
    complete: HashMap<Uuid, Vec<(Year, Year)>>,
}

/// The members of so many units are read on the thread of whoever asks.
const FEW_UNITS: usize = 50;

/// 31 December, which every year has.
pub(crate) fn last_day(year: Year) -> Day {
    Day::from_ymd_opt(year, 12, 31).unwrap_or(Day::MAX)
}

/// The people reviewed in a unit, its sub-units and its predecessors in each year whose roster day has come.
///
/// Excepted people and years without anyone are left out. A measure is listed with 0 where the disciplinary
/// records of everyone counted are whole in that year; a measure that is absent is unknown.
pub(crate) async fn count(
    store: &Store,
    office: i32,
    unit: Uuid,
    on: Day,
    roster: RosterDay,
) -> Result<Vec<MembersFact>, StoreError> {
    let roots = units::with_predecessors(store, office, unit).await?;
    let parents = parents(store, office, &roots).await?;
    let ever = below(&roots, &parents, |_| true);
    let known = known(store, office, &ever, on).await?;
    let first = known.stays.iter().map(|stay| chrono::Datelike::year(&stay.from)).min();
    let years = first.unwrap_or(Year::MAX)..=chrono::Datelike::year(&on);
    Ok(years.filter_map(|year| count_year(year, on, roster, &roots, &parents, &known)).collect())
}

fn count_year(
    year: Year,
    on: Day,
    roster: RosterDay,
    roots: &[Uuid],
    parents: &[Stay<Uuid>],
    known: &Known,
) -> Option<MembersFact> {
    // A roster day of 29 February falls on the last day of the month before in other years.
    let day = Day::from_ymd_opt(year, roster.month, roster.day)
        .or_else(|| Day::from_ymd_opt(year, roster.month, roster.day.checked_sub(1)?))?;
    if day > on {
        return None;
    }
    let branch = below(roots, parents, |stay| holds_on(stay, day));
    let people: BTreeSet<Uuid> = known
        .stays
        .iter()
        .filter(|stay| holds_on(stay, day) && branch.contains(&stay.what))
        .map(|stay| stay.of)
        .filter(|person| !known.excepted.contains(&(*person, year)))
        .collect();
    let mut fact = MembersFact {
        year,
        total: u32::try_from(people.len()).ok().filter(|total| *total > 0)?,
        grades: BTreeMap::new(),
        titles: BTreeMap::new(),
        disciplined: BTreeMap::new(),
    };
    for grade in people.iter().filter_map(|person| known.grades.get(&(*person, year))) {
        *fact.grades.entry(*grade).or_default() += 1;
    }
    for (_, _, award) in known.titles.iter().filter(|(person, of, _)| *of == year && people.contains(person)) {
        *fact.titles.entry(award.clone()).or_default() += 1;
    }
    let whole = |person: &Uuid| {
        let mut ranges = known.complete.get(person).into_iter().flatten();
        ranges.any(|(from, to)| (*from..=*to).contains(&year))
    };
    if people.iter().all(whole) {
        fact.disciplined.extend(MEASURES.map(|measure| (measure, 0)));
    }
    let (first, last) = (Day::from_ymd_opt(year, 1, 1)?, last_day(year));
    let under: BTreeSet<(Discipline, Uuid)> = known
        .disciplines
        .iter()
        .filter(|stay| people.contains(&stay.of) && stay.from <= last && stay.to.is_none_or(|to| to >= first))
        .map(|stay| (stay.what, stay.of))
        .collect();
    for (measure, _) in under {
        *fact.disciplined.entry(measure).or_default() += 1;
    }
    Some(fact)
}

/// The roots and everything under them by way of the parents that count.
fn below(roots: &[Uuid], parents: &[Stay<Uuid>], counts: impl Fn(&Stay<Uuid>) -> bool) -> HashSet<Uuid> {
    let mut found: HashSet<Uuid> = roots.iter().copied().collect();
    let mut newest: Vec<Uuid> = roots.to_vec();
    while let Some(unit) = newest.pop() {
        for stay in parents.iter().filter(|stay| stay.what == unit && counts(stay)) {
            if found.insert(stay.of) {
                newest.push(stay.of);
            }
        }
    }
    found
}

fn holds_on<T>(stay: &Stay<T>, day: Day) -> bool {
    stay.from <= day && stay.to.is_none_or(|to| to >= day)
}

/// Which units ever lay under which, from the roots down.
async fn parents(store: &Store, office: i32, roots: &[Uuid]) -> Result<Vec<Stay<Uuid>>, StoreError> {
    let mut sql =
        Sql::new("WITH RECURSIVE branch (unit) AS (SELECT u.id FROM unit u WHERE u.office = ? AND u.id IN ", []);
    sql.add("", [office.into()]).set(roots.iter().map(|root| (*root).into()));
    sql.add(
        " UNION SELECT n.unit FROM unit_name n JOIN branch b ON b.unit = n.parent WHERE n.office = ?) \
         SELECT n.unit AS of, n.parent AS what, n.from_day, n.to_day FROM branch b JOIN unit_name n \
         ON n.parent = b.unit AND n.office = ?",
        [office.into(), office.into()],
    );
    sql.read(store).await?.iter().map(|row| stay(row, row.get("what")?)).collect()
}

async fn known(store: &Store, office: i32, units: &HashSet<Uuid>, on: Day) -> Result<Known, StoreError> {
    let reviewed = Reviewed { store, office, units };
    let year = chrono::Datelike::year(&on);
    // A grade without a day of decision is taken as decided on the last day of its year.
    let graded_to = if on == last_day(year) { year } else { year - 1 };
    let mut standing = Sql::new(" AND c.title_year IS NOT NULL AND c.decided <= ? AND ", [on.into()]);
    standing.join(conferrals::stands(on)).add(" AND ", []).join(conferrals::counts());
    let complete: Vec<(Uuid, (Year, Year))> = reviewed
        .read(COMPLETE, " AND c.kind = ?", vec![words::text(RecordKind::Disciplines).into()], |row| {
            Ok((row.get("of")?, (row.get("from_year")?, row.get("to_year")?)))
        })
        .await?;
    let mut ranges: HashMap<Uuid, Vec<(Year, Year)>> = HashMap::new();
    for (of, range) in complete {
        ranges.entry(of).or_default().push(range);
    }
    Ok(Known {
        stays: reviewed.read(STAYS, " AND c.from_day <= ?", vec![on.into()], |row| stay(row, row.get("what")?)).await?,
        excepted: reviewed.read(EXCEPTED, "", vec![], |row| Ok((row.get("of")?, row.get("year")?))).await?,
        grades: reviewed
            .read(
                GRADES,
                " AND (c.decided <= ? OR (c.decided IS NULL AND c.year <= ?))",
                vec![on.into(), graded_to.into()],
                |row| Ok(((row.get("of")?, row.get("year")?), row.word("grade")?)),
            )
            .await?,
        titles: reviewed
            .read_where(TITLES, standing, |row| Ok((row.get("of")?, row.get("title_year")?, row.get("award")?)))
            .await?,
        disciplines: reviewed
            .read(DISCIPLINES, " AND c.from_day <= ?", vec![on.into()], |row| stay(row, row.word("kind")?))
            .await?,
        complete: ranges,
    })
}

const STAYS: &str = "SELECT c.person AS of, c.review_unit AS what, c.from_day, c.to_day FROM membership c \
    JOIN person p ON p.office = c.office AND p.id = c.person AND NOT p.excluded_from_roster";
const EXCEPTED: &str = "SELECT c.person AS of, c.year FROM roster_exception c";
const GRADES: &str = "SELECT c.person AS of, c.year, c.grade FROM grade c";
const TITLES: &str = "SELECT c.person AS of, c.title_year, c.award FROM conferral c";
const DISCIPLINES: &str = "SELECT c.person AS of, c.kind, c.from_day, c.to_day FROM discipline c";
const COMPLETE: &str = "SELECT c.person AS of, c.from_year, c.to_year FROM complete_range c";

/// The people who were ever reviewed in these units.
struct Reviewed<'a> {
    store: &'a Store,
    office: i32,
    units: &'a HashSet<Uuid>,
}

impl Reviewed<'_> {
    /// Their rows of a table with the alias `c`; one statement.
    async fn read<T, C: FromIterator<T>>(
        &self,
        select: &str,
        and: &str,
        values: Vec<sea_orm::Value>,
        read: impl Fn(&Row) -> Result<T, StoreError>,
    ) -> Result<C, StoreError> {
        self.read_where(select, Sql::new(and, values), read).await
    }

    /// The same with a condition that carries its values.
    async fn read_where<T, C: FromIterator<T>>(
        &self,
        select: &str,
        and: Sql,
        read: impl Fn(&Row) -> Result<T, StoreError>,
    ) -> Result<C, StoreError> {
        let mut sql = Sql::new(select, []);
        sql.add(
            " WHERE c.office = ? AND c.person IN (SELECT m.person FROM membership m WHERE m.office = ? AND m.review_unit IN ",
            [self.office.into(), self.office.into()],
        );
        sql.set(self.units.iter().map(|unit| (*unit).into())).add(")", []).join(and);
        // The members of many units take their time.
        let rows = match self.units.len() <= FEW_UNITS {
            true => sql.read(self.store).await?,
            false => sql.all(&self.store.connection).await?,
        };
        rows.iter().map(read).collect()
    }
}

fn stay<T>(row: &Row, what: T) -> Result<Stay<T>, StoreError> {
    Ok(Stay { of: row.get("of")?, what, from: row.get("from_day")?, to: row.get("to_day")? })
}
