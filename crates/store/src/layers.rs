//! Regulations laid over the nation's law: the list, one of them, and those that are confirmed, in the order in which they are laid.

pub mod drafts;
pub mod steps;
pub mod subjects;

use chrono::{DateTime, Utc};
use rules::facts::Day;
use rules::layer::Tier;
use rules::layers::Regulation;
use rules::load::Laid;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::records::layers::NewLayer;
use crate::sql::{Row, Sql};
use crate::words::LayerOutcome;

/// A submitted regulation with everything that happened to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Submitted {
    pub row: NewLayer,
    pub unit_name: Option<String>,
    pub author_name: String,
    pub submission: Act,
    /// What a second person decided; absent while nobody has.
    pub decision: Option<(LayerOutcome, Act)>,
    /// The first day on which it does not hold, and who said so.
    pub withdrawal: Option<(Day, Act)>,
}

/// Who did something, when, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    pub actor: Option<Uuid>,
    /// The display name of the account; empty where the program itself acted.
    pub name: String,
    pub at: DateTime<Utc>,
    pub why: String,
}

/// How far a regulation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Waits for a second person.
    Submitted,
    Returned,
    /// Confirmed; whether it holds on a day is a matter of its days.
    Confirmed,
    Withdrawn,
}

/// A confirmed regulation, as the law is built from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Confirmed {
    pub row: NewLayer,
    /// The last day on which it holds, where it was withdrawn.
    pub until: Option<Day>,
}

/// How many steps have changed the law of an office: what a cache of it is keyed by. It grows with each of them, even
/// where a clock was set back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Age {
    pub decided: u32,
    pub withdrawn: u32,
}

/// Regulations that are listed at most.
pub const LISTED: i64 = 100;

const SUBMITTED: &str = "SELECT y.id, y.code, y.tier, y.unit, y.name, y.name_en, y.from_day, y.content, y.cases, y.author, \
    (SELECT n.name FROM unit_name n WHERE n.office = y.office AND n.unit = y.unit AND n.from_day <= ? \
        ORDER BY n.from_day DESC LIMIT 1) AS unit_name, \
    w.display_name AS author_name, s.actor, s.at, s.why, sa.display_name AS actor_name, \
    d.outcome, ds.actor AS decider, ds.at AS decided_at, ds.why AS decided_why, da.display_name AS decider_name, \
    e.from_day AS withdrawn_from, es.actor AS withdrawer, es.at AS withdrawn_at, es.why AS withdrawn_why, \
    ea.display_name AS withdrawer_name \
    FROM layer y JOIN account w ON w.office = y.office AND w.id = y.author \
    JOIN step s ON s.office = y.office AND s.id = y.step LEFT JOIN account sa ON sa.office = s.office AND sa.id = s.actor \
    LEFT JOIN layer_decision d ON d.office = y.office AND d.layer = y.id \
    LEFT JOIN step ds ON ds.office = d.office AND ds.id = d.step \
    LEFT JOIN account da ON da.office = ds.office AND da.id = ds.actor \
    LEFT JOIN layer_withdrawal e ON e.office = y.office AND e.layer = y.id \
    LEFT JOIN step es ON es.office = e.office AND es.id = e.step \
    LEFT JOIN account ea ON ea.office = es.office AND ea.id = es.actor WHERE y.office = ?";

impl Submitted {
    /// How far it has come.
    pub fn state(&self) -> State {
        match (&self.decision, &self.withdrawal) {
            (_, Some(_)) => State::Withdrawn,
            (None, _) => State::Submitted,
            (Some((LayerOutcome::TraLai, _)), _) => State::Returned,
            (Some((LayerOutcome::XacNhan, _)), _) => State::Confirmed,
        }
    }

    /// Whether an account wrote or submitted it, and so does not confirm it.
    pub fn is_of(&self, account: Uuid) -> bool {
        self.row.author == account || self.submission.actor == Some(account)
    }
}

impl Confirmed {
    /// The regulation as the law takes it; `name` is how a fault names it.
    pub fn regulation(&self) -> Regulation<'_> {
        let laid = Laid { name: &self.row.code, text: &self.row.content, until: self.until };
        Regulation { laid, cases: &self.row.cases }
    }
}

/// The regulations that the viewer sees, the newest submission first; at most [`LISTED`].
pub async fn list(store: &Store, viewer: &Viewer, day: Day) -> Result<Vec<Submitted>, StoreError> {
    let scope = access::scope(viewer, day);
    let mut sql = Sql::new(SUBMITTED, [day.into(), viewer.office.into()]);
    sql.add(" AND ", []).join(access::sees_layer_sql(viewer, &scope, "y", "d"));
    sql.add(" ORDER BY y.id DESC LIMIT ?", [LISTED.into()]);
    sql.read(store).await?.iter().map(read).collect()
}

/// One regulation; `None` where there is none.
pub async fn one(store: &Store, viewer: &Viewer, id: Uuid, day: Day) -> Result<Option<Submitted>, StoreError> {
    let scope = access::scope(viewer, day);
    let mut sql = Sql::new(SUBMITTED, [day.into(), viewer.office.into()]);
    sql.add(" AND y.id = ?", [id.into()]);
    let Some(found) = sql.read_one(store).await?.map(|row| read(&row)).transpose()? else {
        return Ok(None);
    };
    let confirmed = matches!(found.decision, Some((LayerOutcome::XacNhan, _)));
    match access::sees_layer(store, viewer, &scope, confirmed, found.row.unit).await? {
        true => Ok(Some(found)),
        false => Err(StoreError::Forbidden),
    }
}

/// What a cache of the office's law is keyed by; one statement. Asked by the program itself.
pub async fn age(store: &Store, office: i32) -> Result<Age, StoreError> {
    age_of(age_sql(office).read_one(store).await?)
}

/// The same as a step sees it.
pub(crate) async fn age_in(connection: &impl ConnectionTrait, office: i32) -> Result<Age, StoreError> {
    age_of(age_sql(office).one(connection).await?)
}

fn age_sql(office: i32) -> Sql {
    Sql::new(
        "SELECT (SELECT count(*) FROM layer_decision d WHERE d.office = ?) AS decided, \
         (SELECT count(*) FROM layer_withdrawal e WHERE e.office = ?) AS withdrawn",
        [office.into(), office.into()],
    )
}

fn age_of(row: Option<Row>) -> Result<Age, StoreError> {
    let row = row.ok_or(StoreError::NotFound)?;
    Ok(Age { decided: row.count("decided")?, withdrawn: row.count("withdrawn")? })
}

/// Every confirmed regulation of the office in the order in which they are laid: texts of the nation, the office's, then
/// those of units; within a tier by day and confirmation. Asked by the program itself.
pub async fn confirmed(store: &Store, office: i32) -> Result<Vec<Confirmed>, StoreError> {
    let sql = Sql::new(
        "SELECT y.id, y.code, y.tier, y.unit, y.name, y.name_en, y.from_day, y.content, y.cases, y.author, \
         e.from_day AS withdrawn_from FROM layer y JOIN layer_decision d ON d.office = y.office AND d.layer = y.id \
         AND d.outcome = 'xac-nhan' LEFT JOIN layer_withdrawal e ON e.office = y.office AND e.layer = y.id \
         WHERE y.office = ? ORDER BY y.from_day, d.id",
        [office.into()],
    );
    let rows = sql.read(store).await?;
    let read = |row: &Row| {
        let withdrawn: Option<Day> = row.get("withdrawn_from")?;
        Ok(Confirmed { row: layer(row)?, until: withdrawn.and_then(|day| day.pred_opt()) })
    };
    let mut found: Vec<Confirmed> = rows.iter().map(read).collect::<Result<_, StoreError>>()?;
    found.sort_by_key(|confirmed| std::cmp::Reverse(confirmed.row.tier));
    Ok(found)
}

/// These units and all above them on a day; one statement. Asked by the program itself.
pub async fn at_and_above(store: &Store, office: i32, units: &[Uuid], day: Day) -> Result<Vec<Uuid>, StoreError> {
    let mut sql = Sql::new(
        "WITH RECURSIVE line (unit) AS (SELECT u.id FROM unit u WHERE u.office = ? AND u.id IN ",
        [office.into()],
    );
    sql.set(units.iter().map(|unit| (*unit).into())).add(
        " UNION SELECT n.parent FROM unit_name n JOIN line l ON l.unit = n.unit WHERE n.office = ? \
         AND n.parent IS NOT NULL AND n.from_day <= ? AND (n.to_day IS NULL OR n.to_day >= ?)) SELECT unit FROM line",
        [office.into(), day.into(), day.into()],
    );
    sql.read(store).await?.iter().map(|row| row.get("unit")).collect()
}

/// The confirmed regulations over which one of a unit, or of the office, is laid: all but those of other units.
pub fn under(all: &[Confirmed], tier: Tier, units: &[Uuid]) -> Vec<Confirmed> {
    let laid = |one: &&Confirmed| match (tier, one.row.tier) {
        (Tier::Nation, known) => known == Tier::Nation,
        (Tier::Office, known) => known != Tier::Unit,
        (Tier::Unit, Tier::Unit) => one.row.unit.is_some_and(|unit| units.contains(&unit)),
        (Tier::Unit, _) => true,
    };
    all.iter().filter(laid).cloned().collect()
}

fn read(row: &Row) -> Result<Submitted, StoreError> {
    let act = |actor: &str, name: &str, at: &str, why: &str| {
        Ok::<_, StoreError>(Act {
            actor: row.get(actor)?,
            name: row.get::<Option<String>>(name)?.unwrap_or_default(),
            at: row.instant(at)?,
            why: row.get(why)?,
        })
    };
    let outcome: Option<LayerOutcome> = row.word_or_none("outcome")?;
    let withdrawn: Option<Day> = row.get("withdrawn_from")?;
    Ok(Submitted {
        row: layer(row)?,
        unit_name: row.get("unit_name")?,
        author_name: row.get("author_name")?,
        submission: act("actor", "actor_name", "at", "why")?,
        decision: outcome
            .map(|outcome| Ok::<_, StoreError>((outcome, act("decider", "decider_name", "decided_at", "decided_why")?)))
            .transpose()?,
        withdrawal: withdrawn
            .map(|from| {
                let act = act("withdrawer", "withdrawer_name", "withdrawn_at", "withdrawn_why")?;
                Ok::<_, StoreError>((from, act))
            })
            .transpose()?,
    })
}

fn layer(row: &Row) -> Result<NewLayer, StoreError> {
    Ok(NewLayer {
        id: row.get("id")?,
        code: row.get("code")?,
        tier: row.word("tier")?,
        unit: row.get("unit")?,
        name: row.get("name")?,
        name_en: row.get("name_en")?,
        from_day: row.get("from_day")?,
        content: row.get("content")?,
        cases: row.get("cases")?,
        author: row.get("author")?,
    })
}
