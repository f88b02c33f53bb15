//! The register of decisions: entering one with its lines, its numbers, and what is known of it beside the list.

pub mod acts;
pub mod history;
pub mod mending;

use chrono::{DateTime, Utc};
use rules::facts::Year;
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Viewer};
use crate::drafts::Draft;
use crate::error::StoreError;
use crate::numbering;
use crate::records::register::NewDecisionPaper;
use crate::records::{NewConferral, NewDecision, NewHousehold, NewPerson, NewUnit, NewUnitName};
use crate::sql::Sql;
use crate::step::Step;

/// No decision has more lines.
pub const MOST_LINES: usize = 1_000;

/// A decision as it is entered, with the recipients whom the office did not know yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its number as the paper bears it.
    pub decision: NewDecision,
    pub paper: NewDecisionPaper,
    /// People and households outside the office.
    pub people: Vec<NewPerson>,
    /// Who of them is a household.
    pub households: Vec<NewHousehold>,
    /// Collectives outside the office.
    pub units: Vec<(NewUnit, NewUnitName)>,
    pub lines: Vec<NewConferral>,
}

/// A series of numbers: who issues it, with which letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    pub issuer: String,
    pub symbol: String,
    pub authority: String,
}

/// Enters a decision with its lines in one step, and ends its draft.
///
/// [`StoreError::Duplicate`] where another bears its number, unless it is an older paper and says why.
pub async fn enter(
    store: &Store,
    viewer: &Viewer,
    at: DateTime<Utc>,
    why: &str,
    draft: Option<&Draft>,
    entry: Entry,
) -> Result<Uuid, StoreError> {
    if !access::keeps_register(viewer) {
        return Err(StoreError::Forbidden);
    }
    if entry.lines.len() > MOST_LINES {
        return Err(StoreError::Refused(format!("more than {MOST_LINES} lines")));
    }
    let write = async |step: &mut Step| {
        if let Some(draft) = draft {
            step.submit_draft(draft).await?;
        }
        let ordinal = if entry.paper.legacy && entry.paper.twin_reason.is_some() {
            step.twins(&entry.decision).await? + 1
        } else {
            1
        };
        for person in entry.people {
            step.add(person)?;
        }
        for household in entry.households {
            step.add(household)?;
        }
        for (unit, name) in entry.units {
            step.add(unit)?;
            step.add(name)?;
        }
        let number = numbering::kept(&entry.decision.number, ordinal);
        let decision = step.add(NewDecision { number, ..entry.decision })?;
        step.add(entry.paper)?;
        for line in entry.lines {
            step.add(line)?;
        }
        Ok(decision)
    };
    store.step(viewer.office, Some(viewer.account), at, why, write).await
}

/// The decision that bears a number already; of several the first.
pub async fn taken(
    store: &Store,
    viewer: &Viewer,
    issuer: &str,
    symbol: &str,
    number: &str,
    year: Year,
) -> Result<Option<Uuid>, StoreError> {
    let sql = Sql::new(
        "SELECT id FROM decision WHERE office = ? AND issuer = ? AND symbol = ? AND number = ? AND year = ?",
        [viewer.office.into(), issuer.into(), symbol.into(), number.into(), year.into()],
    );
    sql.one(&store.connection).await?.map(|row| row.get("id")).transpose()
}

/// The number after the highest of a series in a year; gaps stay, `01` begins a year. `None` where none can be told.
pub async fn next_number(
    store: &Store,
    viewer: &Viewer,
    issuer: &str,
    symbol: &str,
    year: Year,
) -> Result<Option<String>, StoreError> {
    let sql = Sql::new(
        "SELECT number FROM decision WHERE office = ? AND issuer = ? AND symbol = ? AND year = ? \
         ORDER BY length(number) DESC, number DESC LIMIT 1",
        [viewer.office.into(), issuer.into(), symbol.into(), year.into()],
    );
    match sql.one(&store.connection).await? {
        None => Ok(Some("01".to_owned())),
        Some(row) => Ok(numbering::after(&row.get::<String>("number")?)),
    }
}

/// The series known so far, each with who decided in it last; at most 100.
pub async fn series(store: &Store, viewer: &Viewer) -> Result<Vec<Series>, StoreError> {
    let sql = Sql::new(
        "SELECT issuer, symbol, max(authority) AS authority FROM decision WHERE office = ? \
         GROUP BY issuer, symbol ORDER BY issuer, symbol LIMIT 100",
        [viewer.office.into()],
    );
    let rows = sql.all(&store.connection).await?;
    let read = |row: &crate::sql::Row| {
        Ok(Series { issuer: row.get("issuer")?, symbol: row.get("symbol")?, authority: row.get("authority")? })
    };
    rows.iter().map(read).collect()
}

impl Step {
    /// How many papers bear the number of a decision.
    async fn twins(&self, decision: &NewDecision) -> Result<u32, StoreError> {
        let sql = Sql::new(
            "SELECT number FROM decision WHERE office = ? AND issuer = ? AND symbol = ? AND year = ? AND number LIKE ?",
            [
                self.office.into(),
                decision.issuer.as_str().into(),
                decision.symbol.as_str().into(),
                decision.year.into(),
                format!("{}%", decision.number).into(),
            ],
        );
        let mut highest = 0;
        for row in sql.all(&self.transaction).await? {
            let kept: String = row.get("number")?;
            if numbering::borne(&kept) == decision.number {
                highest = highest.max(numbering::ordinal(&kept));
            }
        }
        Ok(highest)
    }
}
