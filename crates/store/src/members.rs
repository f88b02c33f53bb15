//! A collective's people, counted year by year on the roster day.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use rules::facts::{Day, Discipline, Grade, MembersFact, RecordKind, Year};
use uuid::Uuid;

use crate::Store;
use crate::conferrals;
use crate::error::StoreError;
use crate::journal;
use crate::roster::{self, Touched};
use crate::sql::{Row, Sql};
use crate::totals::Kept;
use crate::units;
use crate::words;

/// The day of the year on which the list of people is closed (ngày chốt danh sách).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

/// What is known of one person who was ever reviewed in the collectives counted.
#[derive(Default)]
struct Known {
    stays: Vec<Stay<Uuid>>,
    excepted: BTreeSet<Year>,
    grades: BTreeMap<Year, Grade>,
    titles: Vec<(Year, String)>,
    disciplines: Vec<Stay<Discipline>>,
    /// The years, both ends included, for which the disciplinary records are whole.
    complete: Vec<(Year, Year)>,
}

/// Where the units counted stand, at all times.
struct Tree {
    /// From a unit to those that are counted with its people.
    heirs: HashMap<Uuid, Vec<Uuid>>,
    /// From a unit to what it lay under.
    above: HashMap<Uuid, Vec<Stay<Uuid>>>,
}

/// One year of one collective as far as it is counted, and whether the disciplinary records of everyone so far are whole.
struct Counted {
    fact: MembersFact,
    whole: bool,
}

/// People who are read together.
enum Block<'a> {
    /// Everyone who was ever reviewed in one of these units.
    Of(&'a HashSet<Uuid>),
    /// Everyone from one id to another, both included.
    Between(Uuid, Uuid),
}

/// The members of so many units are read on the thread of whoever asks.
const FEW_UNITS: usize = 50;
/// The members of so many units are read together; those of more block by block, along all people of the office.
const TOGETHER: usize = 300;
/// How many people a block has.
const BLOCK: i64 = 2_000;
/// From so many people on it is looked whether one of them is concerned by what was entered, before all are counted anew.
const MANY: u32 = 500;
/// Of so many leaves of the journal it is looked whom they concern.
const FEW_LEAVES: u64 = 1_000;

/// 31 December, which every year has.
pub(crate) fn last_day(year: Year) -> Day {
    Day::from_ymd_opt(year, 12, 31).unwrap_or(Day::MAX)
}

/// What was counted of a collective as known on a day, by the roster day.
pub(crate) type Counts = Kept<(Uuid, Day, RosterDay), Vec<MembersFact>>;

/// The people reviewed in a unit, its sub-units and its predecessors in each year whose roster day has come; one statement
/// where nothing was entered since they were counted, and a few where what was entered concerns others.
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
    let leaves = journal::head(store, office).await?.size;
    let asked = (unit, on, roster);
    let last = store.members.last(office, &asked);
    if let Some((then, counted)) = &last
        && *then == leaves
    {
        return Ok(counted.clone());
    }
    let counted = match last {
        Some((then, counted)) if still_holds(store, office, unit, &counted, then..leaves).await? => counted,
        _ => count_each(store, office, &[unit], on, roster).await?.remove(&unit).unwrap_or_default(),
    };
    store.members.keep(office, leaves, asked, counted.clone());
    Ok(counted)
}

/// Whether nothing was entered since about anyone in a count that takes long.
async fn still_holds(
    store: &Store,
    office: i32,
    unit: Uuid,
    counted: &[MembersFact],
    since: Range<u64>,
) -> Result<bool, StoreError> {
    if counted.iter().all(|fact| fact.total < MANY) || since.end.saturating_sub(since.start) > FEW_LEAVES {
        return Ok(false);
    }
    Ok(match roster::touched(store, office, since.start).await? {
        Touched::Some { collectives, .. } => !collectives.contains(&unit),
        Touched::Everyone => false,
    })
}

/// The same for many collectives, each person read once however many they are counted in.
pub(crate) async fn count_each(
    store: &Store,
    office: i32,
    units: &[Uuid],
    on: Day,
    roster: RosterDay,
) -> Result<HashMap<Uuid, Vec<MembersFact>>, StoreError> {
    let tree = Tree::read(store, office, units).await?;
    let ever = tree.units();
    let mut counting = Counting { tree, on, roster, places: HashMap::new(), years: BTreeMap::new() };
    if ever.len() <= TOGETHER {
        counting.add(known(store, office, &Block::Of(&ever), on).await?);
    } else {
        let mut last = None;
        while let Some((first, end)) = next_block(store, office, last).await? {
            counting.add(known(store, office, &Block::Between(first, end), on).await?);
            last = Some(end);
        }
    }
    Ok(counting.told())
}

/// The first and the last id of the people who come after one.
async fn next_block(store: &Store, office: i32, last: Option<Uuid>) -> Result<Option<(Uuid, Uuid)>, StoreError> {
    let mut sql = Sql::new("SELECT p.id FROM person p WHERE p.office = ?", [office.into()]);
    if let Some(last) = last {
        sql.add(" AND p.id > ?", [last.into()]);
    }
    sql.add(" ORDER BY p.id LIMIT ?", [BLOCK.into()]);
    let rows = sql.all(&store.connection).await?;
    rows.first().zip(rows.last()).map(|(first, end)| Ok((first.get("id")?, end.get("id")?))).transpose()
}

impl Tree {
    /// The units, those whose honours they keep, and everything that ever lay under one of them; two statements.
    async fn read(store: &Store, office: i32, units: &[Uuid]) -> Result<Self, StoreError> {
        let heirs = units::heirs(store, office, units).await?;
        let mut above: HashMap<Uuid, Vec<Stay<Uuid>>> = HashMap::new();
        let roots: Vec<Uuid> = heirs.keys().copied().collect();
        for stay in parents(store, office, &roots).await? {
            above.entry(stay.of).or_default().push(stay);
        }
        Ok(Self { heirs, above })
    }

    fn units(&self) -> HashSet<Uuid> {
        self.heirs.keys().chain(self.above.keys()).copied().collect()
    }

    /// The collectives counted with whom a unit reviews on a day: what it lies under then, and what keeps its honours.
    fn counted_with(&self, unit: Uuid, day: Day) -> Vec<Uuid> {
        let (mut found, mut seen, mut open) = (BTreeSet::new(), HashSet::new(), vec![unit]);
        while let Some(unit) = open.pop() {
            if !seen.insert(unit) {
                continue;
            }
            found.extend(self.heirs.get(&unit).into_iter().flatten().copied());
            let above = self.above.get(&unit).into_iter().flatten();
            open.extend(above.filter(|stay| holds_on(stay, day)).map(|stay| stay.what));
        }
        found.into_iter().collect()
    }
}

/// The collectives with their years, person by person.
struct Counting {
    tree: Tree,
    on: Day,
    roster: RosterDay,
    /// What [`Tree::counted_with`] answered for a unit on the roster day of a year.
    places: HashMap<(Uuid, Year), Vec<Uuid>>,
    years: BTreeMap<(Uuid, Year), Counted>,
}

impl Counting {
    fn add(&mut self, known: HashMap<Uuid, Known>) {
        for known in known.values() {
            let first = known.stays.iter().map(|stay| chrono::Datelike::year(&stay.from)).min();
            for year in first.unwrap_or(Year::MAX)..=chrono::Datelike::year(&self.on) {
                if !known.excepted.contains(&year) {
                    self.add_year(known, year);
                }
            }
        }
    }

    fn add_year(&mut self, known: &Known, year: Year) {
        let Some(day) = self.roster.of(year).filter(|day| *day <= self.on) else { return };
        let mut counted: BTreeSet<Uuid> = BTreeSet::new();
        for stay in known.stays.iter().filter(|stay| holds_on(stay, day)) {
            let place = self.places.entry((stay.what, year));
            counted.extend(place.or_insert_with(|| self.tree.counted_with(stay.what, day)).iter());
        }
        for unit in counted {
            self.years.entry((unit, year)).or_insert_with(|| Counted::none(year)).add(known);
        }
    }

    /// By collective, the years in their order.
    fn told(self) -> HashMap<Uuid, Vec<MembersFact>> {
        let mut told: HashMap<Uuid, Vec<MembersFact>> = HashMap::new();
        for ((unit, _), counted) in self.years {
            told.entry(unit).or_default().push(counted.told());
        }
        told
    }
}

impl RosterDay {
    /// A roster day of 29 February falls on the last day of the month before in other years.
    fn of(self, year: Year) -> Option<Day> {
        Day::from_ymd_opt(year, self.month, self.day)
            .or_else(|| Day::from_ymd_opt(year, self.month, self.day.checked_sub(1)?))
    }
}

impl Counted {
    fn none(year: Year) -> Self {
        let (grades, titles, disciplined) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { fact: MembersFact { year, total: 0, grades, titles, disciplined }, whole: true }
    }

    fn add(&mut self, known: &Known) {
        let year = self.fact.year;
        let fact = &mut self.fact;
        fact.total += 1;
        if let Some(grade) = known.grades.get(&year) {
            *fact.grades.entry(*grade).or_default() += 1;
        }
        for (_, award) in known.titles.iter().filter(|(of, _)| *of == year) {
            *fact.titles.entry(award.clone()).or_default() += 1;
        }
        self.whole &= known.complete.iter().any(|(from, to)| (*from..=*to).contains(&year));
        let under = known.disciplines.iter().filter(|stay| {
            chrono::Datelike::year(&stay.from) <= year && stay.to.is_none_or(|to| chrono::Datelike::year(&to) >= year)
        });
        for measure in under.map(|stay| stay.what).collect::<BTreeSet<Discipline>>() {
            *fact.disciplined.entry(measure).or_default() += 1;
        }
    }

    fn told(mut self) -> MembersFact {
        if self.whole {
            for measure in MEASURES {
                self.fact.disciplined.entry(measure).or_default();
            }
        }
        self.fact
    }
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

/// What is known on a day of everyone in a block who was ever reviewed somewhere; six statements.
async fn known(store: &Store, office: i32, block: &Block<'_>, on: Day) -> Result<HashMap<Uuid, Known>, StoreError> {
    let year = chrono::Datelike::year(&on);
    // A grade without a day of decision is taken as decided on the last day of its year.
    let graded_to = if on == last_day(year) { year } else { year - 1 };
    let mut standing = Sql::new(" AND c.title_year IS NOT NULL AND c.decided <= ? AND ", [on.into()]);
    standing.join(conferrals::stands(on)).add(" AND ", []).join(conferrals::counts());
    let graded =
        Sql::new(" AND (c.decided <= ? OR (c.decided IS NULL AND c.year <= ?))", [on.into(), graded_to.into()]);
    let begun = || Sql::new(" AND c.from_day <= ?", [on.into()]);
    let of_disciplines = Sql::new(" AND c.kind = ?", [words::text(RecordKind::Disciplines).into()]);
    let mut known: HashMap<Uuid, Known> = HashMap::new();
    for row in block.rows(store, office, STAYS, begun()).await? {
        let stay = stay(&row, row.get("what")?)?;
        known.entry(stay.of).or_default().stays.push(stay);
    }
    block
        .read(store, office, (EXCEPTED, Sql::default()), &mut known, |row, known| {
            known.excepted.insert(row.get("year")?);
            Ok(())
        })
        .await?;
    block
        .read(store, office, (GRADES, graded), &mut known, |row, known| {
            known.grades.insert(row.get("year")?, row.word("grade")?);
            Ok(())
        })
        .await?;
    block
        .read(store, office, (TITLES, standing), &mut known, |row, known| {
            known.titles.push((row.get("title_year")?, row.get("award")?));
            Ok(())
        })
        .await?;
    block
        .read(store, office, (DISCIPLINES, begun()), &mut known, |row, known| {
            known.disciplines.push(stay(row, row.word("kind")?)?);
            Ok(())
        })
        .await?;
    block
        .read(store, office, (COMPLETE, of_disciplines), &mut known, |row, known| {
            known.complete.push((row.get("from_year")?, row.get("to_year")?));
            Ok(())
        })
        .await?;
    Ok(known)
}

const STAYS: &str = "SELECT c.person AS of, c.review_unit AS what, c.from_day, c.to_day FROM membership c \
    JOIN person p ON p.office = c.office AND p.id = c.person AND NOT p.excluded_from_roster";
const EXCEPTED: &str = "SELECT c.person AS of, c.year FROM roster_exception c";
const GRADES: &str = "SELECT c.person AS of, c.year, c.grade FROM grade c";
const TITLES: &str = "SELECT c.person AS of, c.title_year, c.award FROM conferral c";
const DISCIPLINES: &str = "SELECT c.person AS of, c.kind, c.from_day, c.to_day FROM discipline c";
const COMPLETE: &str = "SELECT c.person AS of, c.from_year, c.to_year FROM complete_range c";

impl Block<'_> {
    /// The rows of a table with the alias `c` that are about its people; one statement.
    async fn rows(&self, store: &Store, office: i32, select: &str, and: Sql) -> Result<Vec<Row>, StoreError> {
        let mut sql = Sql::new(select, []);
        sql.add(" WHERE c.office = ? AND c.person ", [office.into()]);
        match self {
            Self::Of(units) => sql
                .add("IN (SELECT m.person FROM membership m WHERE m.office = ? AND m.review_unit IN ", [office.into()])
                .set(units.iter().map(|unit| (*unit).into()))
                .add(")", []),
            Self::Between(first, last) => sql.add("BETWEEN ? AND ?", [(*first).into(), (*last).into()]),
        };
        sql.join(and);
        // The members of many units take their time.
        match self {
            Self::Of(units) if units.len() <= FEW_UNITS => sql.read(store).await,
            Self::Of(_) | Self::Between(..) => sql.all(&store.connection).await,
        }
    }

    /// Adds what a table says of those known.
    async fn read(
        &self,
        store: &Store,
        office: i32,
        (select, and): (&str, Sql),
        known: &mut HashMap<Uuid, Known>,
        add: impl Fn(&Row, &mut Known) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        for row in self.rows(store, office, select, and).await? {
            if let Some(known) = known.get_mut(&row.get::<Uuid>("of")?) {
                add(&row, known)?;
            }
        }
        Ok(())
    }
}

fn stay<T>(row: &Row, what: T) -> Result<Stay<T>, StoreError> {
    Ok(Stay { of: row.get("of")?, what, from: row.get("from_day")?, to: row.get("to_day")? })
}
