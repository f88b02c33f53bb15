//! People who may be the one about to be entered: of the same name and year of birth, or with the same number.

use chrono::Datelike;
use rules::facts::{Day, Year};
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::names;
use crate::search;
use crate::sql::{Row, Sql};
use crate::words::{self, IdentityKind};

/// Someone known who may be the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    pub id: Uuid,
    pub full_name: String,
    /// Absent where unknown; told to whoever enters people, who has just typed it.
    pub born: Option<Year>,
    /// The unit of today, or the last one.
    pub unit: Option<String>,
    pub post: Option<String>,
    /// Whether the page of the person is in the viewer's reach.
    pub in_reach: bool,
    /// Which number is the same: then it is the same person.
    pub number: Option<IdentityKind>,
}

/// People of the same name compared, at most.
const NAMESAKES: u32 = 200;

/// Those whose folded name is the same and whose year of birth is the same or unknown, and those with one of the numbers.
///
/// `numbers` are kinds with the keyed hash of the number. At most 20, those with the same number first.
pub async fn people(
    store: &Store,
    viewer: &Viewer,
    name: &str,
    born: Option<Year>,
    numbers: &[(IdentityKind, String)],
    today: Day,
) -> Result<Vec<Alike>, StoreError> {
    if !access::writes(viewer, "person") {
        return Err(StoreError::Forbidden);
    }
    let scope = access::scope(viewer, today);
    let found = search::find(store, viewer.office, "person", name, NAMESAKES).await?;
    let mut sql = Sql::new(
        "SELECT p.id, p.full_name, p.born, i.kind AS number, \
         (SELECT n.name FROM membership m JOIN unit_name n ON n.office = m.office AND n.unit = m.unit \
            WHERE m.office = p.office AND m.person = p.id AND n.from_day <= ? \
            ORDER BY m.from_day DESC, n.from_day DESC LIMIT 1) AS unit, \
         (SELECT o.label FROM post o WHERE o.office = p.office AND o.person = p.id AND o.from_day <= ? \
            ORDER BY o.from_day DESC, o.position LIMIT 1) AS post, \
         CASE WHEN ",
        [today.into(), today.into()],
    );
    sql.join(access::sees_person_sql(&scope, "p.id"));
    sql.add(
        " THEN 1 ELSE 0 END AS reached FROM person p LEFT JOIN identity i ON i.office = p.office AND i.person = p.id AND i.lookup IN ",
        [],
    );
    sql.set(numbers.iter().map(|(_, lookup)| lookup.as_str().into()));
    sql.add(
        " WHERE p.office = ? AND (p.id IN (SELECT x.person FROM identity x WHERE x.office = ? AND (1 = 0",
        [viewer.office.into(), viewer.office.into()],
    );
    for (kind, lookup) in numbers {
        sql.add(" OR (x.kind = ? AND x.lookup = ?)", [words::text(*kind).into(), lookup.as_str().into()]);
    }
    sql.add(")) OR (p.name_folded = ? AND p.id IN ", [names::fold(name).into()]);
    sql.set(found.into_iter().map(Into::into)).add(")) ORDER BY p.id LIMIT 200", []);
    let rows = sql.read(store).await?;
    let mut alike: Vec<Alike> = rows.iter().map(read).collect::<Result<_, StoreError>>()?;
    alike.retain(|known| known.number.is_some() || known.born.zip(born).is_none_or(|(known, given)| known == given));
    alike.sort_by_key(|known| (known.number.is_none(), known.born.is_none(), known.id));
    alike.dedup_by_key(|known| known.id);
    alike.truncate(20);
    Ok(alike)
}

fn read(row: &Row) -> Result<Alike, StoreError> {
    Ok(Alike {
        id: row.get("id")?,
        full_name: row.get("full_name")?,
        born: row.get::<Option<Day>>("born")?.map(|born| born.year()),
        unit: row.get("unit")?,
        post: row.get("post")?,
        in_reach: row.get::<i32>("reached")? == 1,
        number: row.word_or_none("number")?,
    })
}
