//! A line of a decision as it is read: subject, award, decision, and whether it still stands.

use rules::facts::{Day, Kind, Year};
use uuid::Uuid;

use crate::error::StoreError;
use crate::sql::Row;
use crate::words::{EndKind, PostLevel};

/// One award to one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conferral {
    pub id: Uuid,
    pub decision: Uuid,
    /// Number and symbol as printed, such as `MH-001/QĐ-VPCP`.
    pub number: String,
    pub issuer: String,
    pub authority: String,
    pub decided: Day,
    pub illustrative: bool,
    pub person: Option<Uuid>,
    pub collective: Option<Uuid>,
    /// The name of the person, or of the collective on the day of the decision.
    pub subject_name: String,
    /// The id of the award.
    pub award: String,
    pub title_year: Option<Year>,
    /// First and last year of the achievement.
    pub period: Option<(Year, Year)>,
    pub kind: Option<Kind>,
    pub post_printed: Option<String>,
    pub level: Option<PostLevel>,
    /// The unit of the subject on the day of the decision.
    pub unit: Option<Uuid>,
    /// Its name as printed, or else its name on that day.
    pub unit_name: Option<String>,
    pub position: i32,
    pub own_body: bool,
    /// Absent while the award stands.
    pub revoked: Option<Revocation>,
}

/// The end of a decision or of one line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocation {
    pub kind: EndKind,
    /// The day from which the award no longer counts.
    pub day: Day,
    pub document: String,
}

/// Everything that [`read`] needs; the aliases are `c`, `d`, `p`, `cn`, `un` and `e`.
pub(crate) const SELECT: &str = "SELECT c.id, c.decision, d.number, d.symbol, d.issuer, d.authority, c.decided, \
    d.illustrative, c.person, c.collective, coalesce(p.full_name, cn.name, '') AS subject_name, c.award, \
    c.title_year, c.period_from, c.period_to, c.kind, c.post_printed, c.level, c.unit, \
    coalesce(c.unit_printed, un.name) AS unit_name, c.position, c.own_body, \
    e.kind AS end_kind, e.day AS end_day, e.document AS end_document \
    FROM conferral c \
    JOIN decision d ON d.office = c.office AND d.id = c.decision \
    LEFT JOIN person p ON p.office = c.office AND p.id = c.person \
    LEFT JOIN unit_name cn ON cn.office = c.office AND cn.unit = c.collective \
        AND cn.from_day <= c.decided AND (cn.to_day IS NULL OR cn.to_day >= c.decided) \
    LEFT JOIN unit_name un ON un.office = c.office AND un.unit = c.unit \
        AND un.from_day <= c.decided AND (un.to_day IS NULL OR un.to_day >= c.decided) \
    LEFT JOIN decision_end e ON e.office = c.office AND e.id = (SELECT f.id FROM decision_end f \
        WHERE f.office = c.office AND f.decision = c.decision AND (f.conferral IS NULL OR f.conferral = c.id) \
        ORDER BY f.day, f.id LIMIT 1)";

/// The condition on `c` that the award was never revoked.
pub(crate) const STANDS: &str = "NOT EXISTS (SELECT 1 FROM decision_end g WHERE g.office = c.office \
    AND g.decision = c.decision AND (g.conferral IS NULL OR g.conferral = c.id))";

/// Reads a row of [`SELECT`].
pub(crate) fn read(row: &Row) -> Result<Conferral, StoreError> {
    let number: String = row.get("number")?;
    let symbol: String = row.get("symbol")?;
    let period_from: Option<Year> = row.get("period_from")?;
    let period_to: Option<Year> = row.get("period_to")?;
    Ok(Conferral {
        id: row.get("id")?,
        decision: row.get("decision")?,
        number: printed_number(&number, &symbol),
        issuer: row.get("issuer")?,
        authority: row.get("authority")?,
        decided: row.get("decided")?,
        illustrative: row.get("illustrative")?,
        person: row.get("person")?,
        collective: row.get("collective")?,
        subject_name: row.get("subject_name")?,
        award: row.get("award")?,
        title_year: row.get("title_year")?,
        period: period_from.zip(period_to),
        kind: row.word_or_none("kind")?,
        post_printed: row.get("post_printed")?,
        level: row.word_or_none("level")?,
        unit: row.get("unit")?,
        unit_name: row.get("unit_name")?,
        position: row.get("position")?,
        own_body: row.get("own_body")?,
        revoked: revocation(row)?,
    })
}

/// Number and symbol as a decision prints them.
pub fn printed_number(number: &str, symbol: &str) -> String {
    if symbol.is_empty() { number.to_owned() } else { format!("{number}/{symbol}") }
}

pub(crate) fn revocation(row: &Row) -> Result<Option<Revocation>, StoreError> {
    let Some(kind) = row.word_or_none("end_kind")? else {
        return Ok(None);
    };
    Ok(Some(Revocation { kind, day: row.get("end_day")?, document: row.get("end_document")? }))
}
