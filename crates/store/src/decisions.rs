//! Decisions: the list with its filters and search, and one decision with its lines.

use rules::facts::{Day, Year};
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Scope, Viewer};
use crate::conferrals::{self, Conferral, Revocation};
use crate::error::StoreError;
use crate::page::{COUNTED_TO, Listed, Page, Total};
use crate::search;
use crate::sql::{Row, Sql};

/// Which decisions a list shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// The number without its symbol, exactly.
    pub number: Option<String>,
    /// The year of numbering.
    pub year: Option<Year>,
    pub issuer: Option<String>,
    /// From this day of decision on.
    pub from: Option<Day>,
    /// To this day of decision, itself included.
    pub to: Option<Day>,
    /// Confers this award.
    pub award: Option<String>,
    /// Words of number, issuer or summary, with or without diacritics.
    pub text: Option<String>,
}

/// A decision in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRow {
    pub id: Uuid,
    /// Number and symbol as printed.
    pub number: String,
    pub issuer: String,
    pub authority: String,
    pub year: Year,
    pub day: Day,
    pub summary: String,
    pub series: Option<String>,
    /// Made up for demonstration, without legal value.
    pub illustrative: bool,
    /// How many awards it confers, those outside the viewer's reach and those revoked counted in.
    pub lines: u32,
    /// Whether the whole decision was revoked by the day on which the viewer looks.
    pub revoked: bool,
}

/// One decision with its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub row: DecisionRow,
    pub signer: Option<String>,
    /// The end of the whole decision.
    pub revocation: Option<Revocation>,
    /// In the order of the list; at most 1,000, and those in the viewer's reach only.
    pub lines: Vec<Conferral>,
}

const ROW: &str = "SELECT d.id, d.number, d.symbol, d.issuer, d.authority, d.year, d.day, d.summary, d.series, \
    d.illustrative, d.signer, \
    (SELECT count(*) FROM conferral c WHERE c.office = d.office AND c.decision = d.id) AS lines, \
    e.kind AS end_kind, e.day AS end_day, e.document AS end_document \
    FROM decision d LEFT JOIN decision_end e ON e.office = d.office AND e.id = (SELECT f.id FROM decision_end f \
        WHERE f.office = d.office AND f.decision = d.id AND f.conferral IS NULL ORDER BY f.day, f.id LIMIT 1) WHERE ";

/// A page of decisions, the newest first. `day` is the day on which the viewer looks.
pub async fn list(
    store: &Store,
    viewer: &Viewer,
    filter: &Filter,
    day: Day,
    page: Page,
) -> Result<Listed<DecisionRow>, StoreError> {
    let scope = access::scope(store, viewer, day).await?;
    if scope == Scope::Nothing {
        return Err(StoreError::Forbidden);
    }
    let wanted = condition(store, viewer.office, &scope, filter);
    let mut count = Sql::new("SELECT count(*) AS total FROM (SELECT 1 AS one FROM decision d WHERE ", []);
    count.join(wanted.clone()).add(" LIMIT ?) counted", [i64::from(COUNTED_TO + 1).into()]);
    let total = Total::read(count.one(&store.connection).await?)?;
    let mut sql = Sql::new(ROW, []);
    sql.join(wanted);
    if let Some(after) = page.after {
        sql.add(
            " AND (d.day, d.id) < (SELECT a.day, a.id FROM decision a WHERE a.office = ? AND a.id = ?)",
            [viewer.office.into(), after.into()],
        );
    }
    sql.add(" ORDER BY d.day DESC, d.id DESC LIMIT ?", [page.limit().into()]);
    let rows = sql.all(&store.connection).await?.iter().map(|row| read(row, day)).collect::<Result<_, _>>()?;
    Ok(Listed::cut(rows, page, total, |decision: &DecisionRow| decision.id))
}

/// The issuers of decisions, for the filter, in the order of their letters.
pub async fn issuers(store: &Store, viewer: &Viewer) -> Result<Vec<String>, StoreError> {
    let sql = Sql::new("SELECT DISTINCT issuer FROM decision WHERE office = ? ORDER BY issuer", [viewer.office.into()]);
    sql.all(&store.connection).await?.iter().map(|row| row.get("issuer")).collect()
}

/// One decision with its lines; `None` where there is no such decision.
pub async fn one(store: &Store, viewer: &Viewer, decision: Uuid, day: Day) -> Result<Option<Decision>, StoreError> {
    let scope = access::scope(store, viewer, day).await?;
    let mut sql = Sql::new(ROW, []);
    sql.add("d.office = ? AND d.id = ?", [viewer.office.into(), decision.into()]);
    let Some(row) = sql.one(&store.connection).await? else {
        return Ok(None);
    };
    let mut sql = Sql::new(conferrals::SELECT, []);
    sql.add(" WHERE c.office = ? AND c.decision = ? AND ", [viewer.office.into(), decision.into()]);
    sql.join(access::sees_conferral_sql(&scope, "c")).add(" ORDER BY c.position, c.id LIMIT 1000", []);
    let lines: Vec<Conferral> =
        sql.all(&store.connection).await?.iter().map(conferrals::read).collect::<Result<_, _>>()?;
    if lines.is_empty() && scope != Scope::Office {
        return Err(StoreError::Forbidden);
    }
    Ok(Some(Decision {
        row: read(&row, day)?,
        signer: row.get("signer")?,
        revocation: conferrals::revocation(&row)?,
        lines,
    }))
}

/// On an alias `d` of `decision`: those of the office that confer something in reach, or all for who reads everything.
pub(crate) fn reached(office: i32, scope: &Scope) -> Sql {
    let mut sql = Sql::new("d.office = ?", [office.into()]);
    if *scope != Scope::Office {
        sql.add(" AND EXISTS (SELECT 1 FROM conferral c WHERE c.office = d.office AND c.decision = d.id AND ", []);
        sql.join(access::sees_conferral_sql(scope, "c")).add(")", []);
    }
    sql
}

fn condition(store: &Store, office: i32, scope: &Scope, filter: &Filter) -> Sql {
    let mut sql = reached(office, scope);
    if let Some(number) = &filter.number {
        sql.add(" AND d.number = ?", [number.as_str().into()]);
    }
    if let Some(year) = filter.year {
        sql.add(" AND d.year = ?", [year.into()]);
    }
    if let Some(issuer) = &filter.issuer {
        sql.add(" AND d.issuer = ?", [issuer.as_str().into()]);
    }
    if let Some(from) = filter.from {
        sql.add(" AND d.day >= ?", [from.into()]);
    }
    if let Some(to) = filter.to {
        sql.add(" AND d.day <= ?", [to.into()]);
    }
    if let Some(award) = &filter.award {
        sql.add(
            " AND EXISTS (SELECT 1 FROM conferral x WHERE x.office = d.office AND x.decision = d.id AND x.award = ?)",
            [award.as_str().into()],
        );
    }
    if let Some(found) = filter.text.as_deref().and_then(|text| search::subjects(store, office, "decision", text)) {
        sql.add(" AND d.id IN ", []).join(found);
    }
    sql
}

fn read(row: &Row, on: Day) -> Result<DecisionRow, StoreError> {
    let number: String = row.get("number")?;
    let symbol: String = row.get("symbol")?;
    Ok(DecisionRow {
        id: row.get("id")?,
        number: conferrals::printed_number(&number, &symbol),
        issuer: row.get("issuer")?,
        authority: row.get("authority")?,
        year: row.get("year")?,
        day: row.get("day")?,
        summary: row.get("summary")?,
        series: row.get("series")?,
        illustrative: row.get("illustrative")?,
        lines: row.count("lines")?,
        revoked: row.get::<Option<Day>>("end_day")?.is_some_and(|end| end <= on),
    })
}
