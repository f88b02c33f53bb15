//! A line of a decision as it is read: subject, award, decision, and whether it still stands.

use rules::facts::{Day, Kind, Subject, Year};
use uuid::Uuid;

use crate::error::StoreError;
use crate::numbering;
use crate::sql::{Row, Sql};
use crate::words::{Body, EndKind, PostLevel};

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
    /// A person, a household or a collective.
    pub subject: Subject,
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
    /// What sort of body decided; absent where the register does not say.
    pub body: Option<Body>,
    /// Whether it counts toward the standards of the law.
    pub counts: bool,
    /// On which ground an award of another body counts or does not.
    pub ground: Option<String>,
    /// From when this line stands in the place of another; absent where it was there from the beginning.
    pub known_from: Option<Day>,
    /// What ends it on the day asked; absent while the award stands.
    pub revoked: Option<Revocation>,
}

impl Conferral {
    /// Whether it was known by a day: a line that took the place of another is known from that day on.
    pub fn is_known(&self, day: Day) -> bool {
        self.decided <= day && self.known_from.is_none_or(|from| from <= day)
    }
}

/// The end of a decision or of one line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocation {
    pub kind: EndKind,
    /// The day from which the award no longer counts.
    pub day: Day,
    pub document: String,
}

/// Everything that [`read`] needs, as known on a day, up to the condition; the aliases are `c`, `d`, `w`, `p`, `h`, `cn`, `un`, `e`, `mended` and `late`.
pub(crate) fn select(day: Day) -> Sql {
    let mut sql = Sql::new(
        "SELECT c.id, c.decision, d.number, d.symbol, d.issuer, d.authority, c.decided, \
         d.illustrative, c.person, c.collective, h.id IS NOT NULL AS household, coalesce(p.full_name, cn.name, '') AS subject_name, c.award, \
         c.title_year, c.period_from, c.period_to, c.kind, c.post_printed, c.level, c.unit, \
         coalesce(c.unit_printed, un.name) AS unit_name, c.position, c.own_body, w.body, w.counts, w.ground, \
         coalesce(e.kind, CASE WHEN mended.id IS NOT NULL THEN 'sua-doi' END) AS end_kind, \
         coalesce(e.day, mended.from_day) AS end_day, coalesce(e.document, mended.document) AS end_document, \
         late.from_day AS known_from \
         FROM conferral c \
         JOIN decision d ON d.office = c.office AND d.id = c.decision \
         LEFT JOIN decision_paper w ON w.office = c.office AND w.decision = c.decision \
         LEFT JOIN person p ON p.office = c.office AND p.id = c.person \
         LEFT JOIN household h ON h.office = c.office AND h.person = c.person \
         LEFT JOIN unit_name cn ON cn.office = c.office AND cn.unit = c.collective \
            AND cn.from_day <= c.decided AND (cn.to_day IS NULL OR cn.to_day >= c.decided) \
         LEFT JOIN unit_name un ON un.office = c.office AND un.unit = c.unit \
            AND un.from_day <= c.decided AND (un.to_day IS NULL OR un.to_day >= c.decided) \
         LEFT JOIN amendment late ON late.office = c.office AND late.replacement = c.id \
         LEFT JOIN amendment mended ON mended.office = c.office AND mended.conferral = c.id \
            AND mended.replacement IS NOT NULL AND mended.from_day <= ? \
         LEFT JOIN decision_end e ON e.office = c.office AND e.id = (SELECT f.id FROM decision_end f \
            WHERE f.office = c.office AND f.decision = c.decision AND (f.conferral IS NULL OR f.conferral = c.id) AND ",
        [day.into()],
    );
    sql.join(in_force("f", day)).add(" ORDER BY f.day, f.id LIMIT 1)", []);
    sql
}

/// The condition on `c` that the award stands as known on a day: neither revoked without being restored, nor replaced
/// by another line, nor itself a line that took the place of another only later.
pub(crate) fn stands(day: Day) -> Sql {
    let mut sql = Sql::new(
        "NOT EXISTS (SELECT 1 FROM decision_end gone WHERE gone.office = c.office \
         AND gone.decision = c.decision AND (gone.conferral IS NULL OR gone.conferral = c.id) AND ",
        [],
    );
    sql.join(in_force("gone", day));
    sql.add(
        ") AND NOT EXISTS (SELECT 1 FROM amendment mended WHERE mended.office = c.office AND mended.conferral = c.id \
         AND mended.replacement IS NOT NULL AND mended.from_day <= ?) \
         AND NOT EXISTS (SELECT 1 FROM amendment late WHERE late.office = c.office AND late.replacement = c.id \
         AND late.from_day > ?)",
        [day.into(), day.into()],
    );
    sql
}

/// The condition on `c` that it counts toward the standards of the law.
pub(crate) fn counts() -> Sql {
    Sql::new(
        "NOT EXISTS (SELECT 1 FROM decision_paper w WHERE w.office = c.office AND w.decision = c.decision AND NOT w.counts)",
        [],
    )
}

/// The condition on an alias of `decision_end` that it has begun by a day and was not taken back by that day.
pub(crate) fn in_force(alias: &str, day: Day) -> Sql {
    Sql::new(
        &format!(
            "{alias}.day <= ? AND NOT EXISTS (SELECT 1 FROM restoration back WHERE back.office = {alias}.office \
             AND back.ended = {alias}.id AND back.day <= ?)"
        ),
        [day.into(), day.into()],
    )
}

/// Reads a row of [`select`].
pub(crate) fn read(row: &Row) -> Result<Conferral, StoreError> {
    let number: String = row.get("number")?;
    let symbol: String = row.get("symbol")?;
    let period_from: Option<Year> = row.get("period_from")?;
    let period_to: Option<Year> = row.get("period_to")?;
    let counts: Option<bool> = row.get("counts")?;
    Ok(Conferral {
        id: row.get("id")?,
        decision: row.get("decision")?,
        number: numbering::printed(&number, &symbol),
        issuer: row.get("issuer")?,
        authority: row.get("authority")?,
        decided: row.get("decided")?,
        illustrative: row.get("illustrative")?,
        person: row.get("person")?,
        collective: row.get("collective")?,
        subject: subject(row)?,
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
        body: row.word_or_none("body")?,
        counts: counts.unwrap_or(true),
        ground: row.get("ground")?,
        known_from: row.get("known_from")?,
        revoked: revocation(row)?,
    })
}

/// What sort of subject a line is for, by its columns `person` and `household`.
pub(crate) fn subject(row: &Row) -> Result<Subject, StoreError> {
    Ok(match (row.get::<Option<Uuid>>("person")?, row.get("household")?) {
        (None, _) => Subject::TapThe,
        (Some(_), true) => Subject::HoGiaDinh,
        (Some(_), false) => Subject::CaNhan,
    })
}

pub(crate) fn revocation(row: &Row) -> Result<Option<Revocation>, StoreError> {
    let Some(kind) = row.word_or_none("end_kind")? else {
        return Ok(None);
    };
    Ok(Some(Revocation { kind, day: row.get("end_day")?, document: row.get("end_document")? }))
}
