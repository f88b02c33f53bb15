//! Who in the records is meant by a row of a file: candidates with a score and the reasons in words, and a verdict.

pub mod score;
pub mod units;

use std::collections::{HashMap, HashSet};

use rules::facts::{Day, Year};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::StoreError;
use crate::matching::units::UnitIndex;
use crate::names;
use crate::sql::{Row, Sql};
use crate::words::IdentityKind;

/// Candidates that are shown beside a row.
const SHOWN: usize = 5;

/// What a row says of a person.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sought {
    pub full_name: String,
    /// A household is meant, and nobody else.
    pub household: bool,
    pub born: Option<Born>,
    /// Kind and keyed hash of each number in the row.
    pub numbers: Vec<(IdentityKind, String)>,
    /// The unit that the row names, found in the records.
    pub unit: Option<Uuid>,
    /// When the person was there; absent where the row does not say.
    pub on: Option<Day>,
    pub post: Option<String>,
}

/// A day of birth, or only its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Born {
    Day(Day),
    Year(Year),
}

/// A known person who may be meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    pub person: Uuid,
    pub full_name: String,
    pub born: Option<Day>,
    /// The newest unit, its name and the newest post.
    pub unit_id: Option<Uuid>,
    pub unit: Option<String>,
    pub post: Option<String>,
    /// The sum of its reasons; higher is nearer.
    pub score: i32,
    pub reasons: Vec<Reason>,
}

/// One thing that speaks for or against a candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub why: Why,
    /// The unit or the year it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    SameNumber,
    OtherNumber,
    SameName,
    NameWithoutMarks,
    OtherName,
    SameBirthday,
    SameBirthYear,
    OtherBirthday,
    OtherBirthYear,
    InUnit,
    InUnitOnce,
    NearUnit,
    OtherUnit,
    SamePost,
}

/// What follows from the candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The first candidate is meant.
    Certain,
    /// An officer must look: a name alone never identifies.
    Doubtful,
    /// Nobody known is meant.
    New,
    /// What the row says contradicts the records, such as one number with two names.
    Conflict,
}

/// A row matched: at most five candidates, the best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    pub verdict: Verdict,
    pub candidates: Vec<Candidate>,
}

/// A person with what the score looks at.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub full_name: String,
    pub folded: String,
    pub household: bool,
    pub born: Option<Day>,
    pub numbers: Vec<(IdentityKind, String)>,
    /// Units with their days, the newest last.
    pub stays: Vec<(Uuid, Day, Option<Day>)>,
    /// Posts as printed, the newest last.
    pub posts: Vec<String>,
}

/// Finds whom each row means; four statements, however many rows.
pub(crate) async fn people(
    connection: &impl ConnectionTrait,
    office: i32,
    units: &UnitIndex,
    sought: &[Sought],
) -> Result<Vec<Matched>, StoreError> {
    if sought.is_empty() {
        return Ok(Vec::new());
    }
    let known = known(connection, office, sought).await?;
    let mut by_name: HashMap<&str, Vec<Uuid>> = HashMap::new();
    let mut by_number: HashMap<&(IdentityKind, String), Uuid> = HashMap::new();
    for (id, person) in &known {
        by_name.entry(&person.folded).or_default().push(*id);
        by_number.extend(person.numbers.iter().map(|number| (number, *id)));
    }
    let matched = sought.iter().map(|row| {
        let mut ids: HashSet<Uuid> =
            by_name.get(folded(&row.full_name).as_str()).into_iter().flatten().copied().collect();
        ids.extend(row.numbers.iter().filter_map(|number| by_number.get(number)));
        ids.retain(|id| known[id].household == row.household);
        let candidates = ids.into_iter().map(|id| score::candidate(units, row, id, &known[&id]));
        let mut candidates: Vec<Candidate> = candidates.filter(score::may_be_meant).collect();
        candidates.sort_by_key(|candidate| (-candidate.score, candidate.person));
        let verdict = score::verdict(&candidates);
        candidates.truncate(SHOWN);
        Matched { verdict, candidates }
    });
    Ok(matched.collect())
}

/// The name by which rows and people are brought together.
pub fn folded(full_name: &str) -> String {
    names::fold(full_name).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everyone who has one of the names or one of the numbers.
async fn known(
    connection: &impl ConnectionTrait,
    office: i32,
    sought: &[Sought],
) -> Result<HashMap<Uuid, Known>, StoreError> {
    let names: HashSet<String> = sought.iter().map(|row| folded(&row.full_name)).collect();
    let numbers: HashSet<&str> =
        sought.iter().flat_map(|row| &row.numbers).map(|(_, lookup)| lookup.as_str()).collect();
    let all = async |rest: &str| -> Result<Vec<Row>, StoreError> {
        let mut sql = Sql::new(
            "WITH found (id) AS (SELECT p.id FROM person p WHERE p.office = ? AND p.name_folded IN ",
            [office.into()],
        );
        sql.set(names.iter().map(|name| name.as_str().into()));
        sql.add(" UNION SELECT i.person FROM identity i WHERE i.office = ? AND i.lookup IN ", [office.into()]);
        sql.set(numbers.iter().map(|number| (*number).into())).add(") ", []).add(rest, [office.into()]);
        sql.all(connection).await
    };
    let mut known: HashMap<Uuid, Known> = HashMap::new();
    for row in all(
        "SELECT p.id, p.full_name, p.name_folded, p.born, h.id IS NOT NULL AS household FROM found f \
         JOIN person p ON p.office = ? AND p.id = f.id LEFT JOIN household h ON h.office = p.office AND h.person = p.id",
    )
    .await?
    {
        let folded: String = row.get("name_folded")?;
        let folded = folded.split_whitespace().collect::<Vec<_>>().join(" ");
        let person = Known {
            full_name: row.get("full_name")?,
            folded,
            household: row.get("household")?,
            born: row.get("born")?,
            ..Known::default()
        };
        known.insert(row.get("id")?, person);
    }
    for row in all("SELECT i.person, i.kind, i.lookup FROM found f JOIN identity i ON i.office = ? AND i.person = f.id")
        .await?
    {
        if let Some(person) = known.get_mut(&row.get("person")?) {
            person.numbers.push((row.word("kind")?, row.get("lookup")?));
        }
    }
    for row in all("SELECT m.person, m.unit, m.from_day, m.to_day FROM found f JOIN membership m ON m.office = ? AND m.person = f.id \
        ORDER BY m.from_day")
    .await?
    {
        if let Some(person) = known.get_mut(&row.get("person")?) {
            person.stays.push((row.get("unit")?, row.get("from_day")?, row.get("to_day")?));
        }
    }
    for row in all("SELECT o.person, o.label FROM found f JOIN post o ON o.office = ? AND o.person = f.id \
        ORDER BY o.from_day, o.position DESC")
    .await?
    {
        if let Some(person) = known.get_mut(&row.get("person")?) {
            person.posts.push(row.get("label")?);
        }
    }
    Ok(known)
}
