//! The people that a list wants, as a condition.

use rules::facts::{Day, Year};
use sea_orm::DbBackend;
use uuid::Uuid;

use super::Filter;
use crate::Store;
use crate::access::{self, Scope, Viewer};
use crate::conferrals;
use crate::error::StoreError;
use crate::households;
use crate::members::last_day;
use crate::page::{COUNTED_TO, Page, Total};
use crate::search::{self, Sought};
use crate::sql::Sql;
use crate::units::branch::{self, Branch};
use crate::words::{self, PostLevel};

/// A set of this size is gathered before it is put in order; a larger one is met often enough along the list.
///
/// Measured over a million people: gathering costs about 3 µs for each of the set, and walking a row of the list about 1 µs.
const GATHERED: u32 = 2_000;
/// The same for a branch on PostgreSQL, which reads the memberships of all where it shall ask one person after the other
/// whether they are of a few units.
const GATHERED_OF_BRANCH: u32 = 10_000;

/// What a list wants, on an alias `p` of `person`.
pub(super) struct Wanted {
    pub condition: Sql,
    /// The order of the list, written so that SQLite sorts a set that is gathered and does not look for it along the list.
    pub order: &'static str,
    /// Whether the list may have to be walked far, so that it takes its time.
    pub walks: bool,
    /// How many that are; absent where it must be counted.
    pub total: Option<Total>,
}

/// From more units than these on a branch is looked for above each person, which costs about 15 µs, instead of reading its
/// units first, at about 1 µs for each.
const MANY_UNITS: u32 = 1_000;

/// How a filter that finds a set of people is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The whole set first, which the list then sorts.
    Gather,
    /// Each person in the order of the list, until the page is full.
    Walk,
}

impl Way {
    fn for_set(found: u32) -> Self {
        if found > GATHERED { Self::Walk } else { Self::Gather }
    }
}

/// The filter within the viewer's reach.
pub(super) async fn condition(
    store: &Store,
    viewer: &Viewer,
    scope: &Scope,
    filter: &Filter,
    page: Page,
) -> Result<Wanted, StoreError> {
    let (office, day) = (viewer.office, filter.day);
    let sqlite = store.connection.get_database_backend() == DbBackend::Sqlite;
    let mut gathered = matches!(scope, Scope::Person(_));
    let mut walks = filter.sex.is_some() || filter.level.is_some() || filter.without_grade.is_some();
    let mut sql = Sql::new("p.office = ? AND ", [office.into()]);
    if let Scope::Branch(reach) = scope {
        let (way, reached) = of_branch(store, *reach, branch::REACH).await?;
        gathered |= way == Way::Gather;
        walks |= way == Way::Walk;
        sql.join(reached);
    } else {
        sql.join(access::sees_person_sql(scope, "p.id"));
    }
    if let Some(unit) = filter.unit {
        let (way, here) = match filter.with_sub_units {
            true => of_branch(store, Branch { office, unit, day }, branch::WORK).await?,
            false => working_in(store, office, unit, day).await?,
        };
        gathered |= way == Way::Gather;
        walks |= way == Way::Walk;
        sql.add(" AND ", []).join(here);
    } else if filter.working {
        sql.add(" AND ", []).join(works(office, day)).add(")", []);
    }
    let mut total = None;
    if let Some(name) = &filter.name
        && let Some(named) = named(store, viewer, scope, filter, name, page).await?
    {
        gathered |= named.gathered;
        walks |= named.walks;
        total = named.total;
        sql.add(" AND ", []).join(named.condition);
    }
    if let Some(award) = &filter.award {
        let (way, holding) = holding(store, office, award, day).await?;
        gathered |= way == Way::Gather;
        walks |= way == Way::Walk;
        sql.add(" AND ", []).join(holding);
    }
    if filter.households {
        let (way, here) = households_of(store, office).await?;
        gathered |= way == Way::Gather;
        walks |= way == Way::Walk;
        sql.add(" AND ", []).join(here);
    } else if filter.name.is_none() {
        sql.add(" AND ", []).join(households::are_not("p", "id"));
    }
    sql.join(narrowed(office, filter));
    let order = if gathered && sqlite { "+p.sort_key, +p.id" } else { "p.sort_key, p.id" };
    Ok(Wanted { condition: sql, order, walks, total })
}

/// Those of a name, on an alias `p` of `person`.
struct Named {
    condition: Sql,
    gathered: bool,
    walks: bool,
    total: Option<Total>,
}

/// `None` where the name holds no word.
async fn named(
    store: &Store,
    viewer: &Viewer,
    scope: &Scope,
    filter: &Filter,
    name: &str,
    page: Page,
) -> Result<Option<Named>, StoreError> {
    let (office, day) = (viewer.office, filter.day);
    let sqlite = store.connection.get_database_backend() == DbBackend::Sqlite;
    let Some(sought) = Sought::of(store, office, "person", name).await? else { return Ok(None) };
    let Some(set) = search::subjects(store, office, "person", name) else { return Ok(None) };
    let alone = Filter { name: filter.name.clone(), with_sub_units: filter.with_sub_units, ..Filter::everyone(day) };
    let alone = *scope == Scope::Office && *filter == alone;
    if alone && sqlite {
        let total = Total::counted(sought.count(COUNTED_TO + 1).await?);
        if let Some(along) = sought.along_the_list(page).await? {
            let mut condition = Sql::new("p.id IN ", []);
            condition.join(along);
            return Ok(Some(Named { condition, gathered: true, walks: false, total: Some(total) }));
        }
    }
    let found = sought.count(GATHERED + 1).await?;
    let way = Way::for_set(found);
    let condition = match way {
        Way::Walk if sqlite => search::bears("p.name_folded", name),
        // PostgreSQL knows how common a word is, and walks or gathers by itself.
        Way::Walk | Way::Gather => {
            let mut condition = Sql::new("p.id IN ", []);
            condition.join(set);
            condition
        }
    };
    let (gathered, walks) = (way == Way::Gather, way == Way::Walk);
    Ok(Some(Named { condition, gathered, walks, total: alone.then(|| Total::counted(found)) }))
}

/// The other filters, each with ` AND ` before it.
fn narrowed(office: i32, filter: &Filter) -> Sql {
    let mut sql = Sql::default();
    if let Some(sex) = filter.sex {
        sql.add(" AND p.sex = ?", [words::text(sex).into()]);
    }
    if let Some(level) = filter.level {
        sql.add(" AND ", []).join(at_level(office, level, filter.day));
    }
    if let Some(year) = filter.without_grade {
        sql.add(" AND ", []).join(without_grade(year));
    }
    sql
}

/// On an alias `p` of `person`: on the roster at the end of a year, not excepted, and not graded.
fn without_grade(year: Year) -> Sql {
    let last = last_day(year);
    Sql::new(
        "NOT p.excluded_from_roster AND EXISTS (SELECT 1 FROM membership y WHERE y.office = p.office AND y.person = p.id \
         AND y.from_day <= ? AND (y.to_day IS NULL OR y.to_day >= ?)) \
         AND NOT EXISTS (SELECT 1 FROM grade g WHERE g.office = p.office AND g.person = p.id AND g.year = ?) \
         AND NOT EXISTS (SELECT 1 FROM roster_exception x WHERE x.office = p.office AND x.person = p.id AND x.year = ?)",
        [last.into(), last.into(), year.into(), year.into()],
    )
}

const IN_A_UNIT: &str =
    "FROM membership w WHERE w.office = ? AND w.unit = ? AND w.from_day <= ? AND (w.to_day IS NULL OR w.to_day >= ?)";

/// On an alias `p` of `person`: is in a branch on its day, by these units of the membership.
async fn of_branch(store: &Store, branch: Branch, by: &[&str]) -> Result<(Way, Sql), StoreError> {
    let sqlite = store.connection.get_database_backend() == DbBackend::Sqlite;
    Ok(match is_small(store, branch).await? {
        true => (Way::Gather, all_of(branch, by)),
        false if sqlite && !branch.is_wider(store, MANY_UNITS).await? => (Way::Walk, branch.has(by, "p.id")),
        false => (Way::Walk, branch.is_above(by, "p.id")),
    })
}

/// Whether the people of a branch are so few that they are looked up before anything else is asked.
pub(crate) async fn is_small(store: &Store, branch: Branch) -> Result<bool, StoreError> {
    let few = match store.connection.get_database_backend() {
        DbBackend::Sqlite => GATHERED,
        _ => GATHERED_OF_BRANCH,
    };
    Ok(branch.people(store, few + 1).await? <= few)
}

/// The same as a set, however large it is: for whoever reads all of it.
pub(super) fn all_of(branch: Branch, by: &[&str]) -> Sql {
    let mut sql = Sql::new("p.id IN (", []);
    sql.join(branch.members(by)).add(")", []);
    sql
}

/// On an alias `p` of `person`: works in the very unit on the day.
async fn working_in(store: &Store, office: i32, unit: Uuid, day: Day) -> Result<(Way, Sql), StoreError> {
    let of =
        |select: &str| Sql::new(&format!("{select} {IN_A_UNIT}"), [office.into(), unit.into(), day.into(), day.into()]);
    let mut count = of("SELECT count(*) AS total FROM (SELECT 1 AS one");
    count.add(" LIMIT ?) counted", [i64::from(GATHERED + 1).into()]);
    let way = Way::for_set(store.counted(office, &count).await?);
    let mut sql = match way {
        Way::Gather => of("p.id IN (SELECT w.person"),
        Way::Walk => of("EXISTS (SELECT 1"),
    };
    sql.add(if way == Way::Walk { " AND w.person = p.id)" } else { ")" }, []);
    Ok((way, sql))
}

/// On an alias `p` of `person`: holds an award that stands on the day.
async fn holding(store: &Store, office: i32, award: &str, day: Day) -> Result<(Way, Sql), StoreError> {
    const GIVEN: &str = "FROM conferral c WHERE c.office = ? AND c.award = ? AND c.person IS NOT NULL";
    let mut count = Sql::new(&format!("SELECT count(*) AS total FROM (SELECT 1 AS one {GIVEN}"), []);
    count.add(" LIMIT ?) counted", [office.into(), award.into(), i64::from(GATHERED + 1).into()]);
    let found = count.read_one(store).await?.ok_or(StoreError::NotFound)?.count("total")?;
    let way = Way::for_set(found);
    let text = match way {
        Way::Gather => format!("p.id IN (SELECT c.person {GIVEN} AND "),
        Way::Walk => format!("EXISTS (SELECT 1 {GIVEN} AND c.person = p.id AND "),
    };
    let mut sql = Sql::new(&text, [office.into(), award.into()]);
    sql.join(conferrals::stands(day)).add(")", []);
    Ok((way, sql))
}

/// On an alias `p` of `person`: is a household.
async fn households_of(store: &Store, office: i32) -> Result<(Way, Sql), StoreError> {
    let mut count =
        Sql::new("SELECT count(*) AS total FROM (SELECT 1 AS one FROM household h WHERE h.office = ?", [office.into()]);
    count.add(" LIMIT ?) counted", [i64::from(GATHERED + 1).into()]);
    let way = Way::for_set(store.counted(office, &count).await?);
    Ok(match way {
        Way::Gather => {
            (way, Sql::new("p.id IN (SELECT h.person FROM household h WHERE h.office = ?)", [office.into()]))
        }
        Way::Walk => (way, households::are("p", "id")),
    })
}

/// On an alias `p` of `person`: works in some unit on the day; without its closing bracket.
fn works(office: i32, day: Day) -> Sql {
    Sql::new(
        "EXISTS (SELECT 1 FROM membership w WHERE w.office = ? AND w.person = p.id \
         AND w.from_day <= ? AND (w.to_day IS NULL OR w.to_day >= ?)",
        [office.into(), day.into(), day.into()],
    )
}

/// How many people work in some unit on the day, in the column `total`, counted as far as lists count.
///
/// Nobody is in two units at a time, so this is the number of memberships but those of households.
pub(super) fn working_total(office: i32, day: Day) -> Sql {
    let most = i64::from(COUNTED_TO + 1);
    let mut sql = Sql::new(
        "SELECT count(*) AS total FROM (SELECT 1 AS one FROM (SELECT 1 AS one FROM membership o \
         WHERE o.office = ? AND o.to_day IS NULL AND o.from_day <= ? AND ",
        [office.into(), day.into()],
    );
    sql.join(households::are_not("o", "person")).add(
        " LIMIT ?) open_ended UNION ALL SELECT 1 AS one FROM (SELECT 1 AS one FROM membership e \
         WHERE e.office = ? AND e.to_day >= ? AND e.from_day <= ? AND ",
        [most.into(), office.into(), day.into(), day.into()],
    );
    sql.join(households::are_not("e", "person")).add(" LIMIT ?) ended) counted", [most.into()]);
    sql
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
