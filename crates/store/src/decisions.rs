//! Decisions: the list with its filters and search, and one decision with its lines.

pub mod lines;
mod wanted;

use rules::facts::{Day, Year};
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Scope, Viewer};
use crate::conferrals::{self, Conferral, Revocation};
use crate::error::StoreError;
use crate::numbering;
use crate::page::{COUNTED_TO, Listed, Page};
use crate::records::register::NewDecisionPaper;
use crate::sql::{Row, Sql, distinct as distinct_words};
use crate::words::{Body, PaperState};

/// How many issuers, authorities or signers a filter offers.
const CHOICES: u32 = 50;

/// The lines of so many units are found first, and their decisions by them; among those of more each is asked.
const FEW_UNITS: u32 = 50;
/// How many lines of one decision are told.
const MOST_LINES: i64 = 1_000;

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
    /// Who decided, exactly.
    pub authority: Option<String>,
    /// Who signed, exactly.
    pub signer: Option<String>,
    pub body: Option<Body>,
    /// How it stands on the day on which the viewer looks.
    pub state: Option<State>,
    /// Confers this award.
    pub award: Option<String>,
    /// Words of the name of a person or collective in a line.
    pub named: Option<String>,
    /// Words of number, issuer, summary, authority or signer, or of a name in a line, with or without diacritics.
    pub text: Option<String>,
}

/// How a decision stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Not revoked as a whole.
    Standing,
    /// Revoked, as a whole or in a line.
    Revoked,
    /// Mended by a later document.
    Amended,
    /// Its paper is lost.
    Lost,
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
    /// Whether the whole decision is revoked on the day on which the viewer looks.
    pub revoked: bool,
    /// Whether a later document mended it by that day.
    pub amended: bool,
    /// Whether its paper is lost.
    pub lost: bool,
    /// What sort of body issued it; absent where the register does not say.
    pub body: Option<Body>,
    /// Which of the older papers of this number it is, from 1.
    pub ordinal: u32,
}

/// One decision with its lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    pub row: DecisionRow,
    pub signer: Option<String>,
    /// The end of the whole decision on the day asked.
    pub revocation: Option<Revocation>,
    /// What the register keeps of it; absent for one that was entered without.
    pub paper: Option<NewDecisionPaper>,
    /// In the order of the list; at most 1,000, and those in the viewer's reach only. Where a page shows some, these.
    pub lines: Vec<Conferral>,
}

/// Up to the condition, as known on a day; the aliases are `d`, `w` and `e`.
fn select(day: Day) -> Sql {
    let mut sql = Sql::new(
        "SELECT d.id, d.number, d.symbol, d.issuer, d.authority, d.year, d.day, d.summary, d.series, \
         d.illustrative, d.signer, w.body, w.state, w.id AS paper, \
         (SELECT count(*) FROM conferral c WHERE c.office = d.office AND c.decision = d.id) AS lines, \
         EXISTS (SELECT 1 FROM amendment m WHERE m.office = d.office AND m.decision = d.id AND m.from_day <= ?) AS amended, \
         e.kind AS end_kind, e.day AS end_day, e.document AS end_document \
         FROM decision d LEFT JOIN decision_paper w ON w.office = d.office AND w.decision = d.id \
         LEFT JOIN decision_end e ON e.office = d.office AND e.id = (SELECT f.id FROM decision_end f \
            WHERE f.office = d.office AND f.decision = d.id AND f.conferral IS NULL AND ",
        [day.into()],
    );
    sql.join(conferrals::in_force("f", day)).add(" ORDER BY f.day, f.id LIMIT 1) WHERE ", []);
    sql
}

/// A page of decisions, the newest first. `day` is the day on which the viewer looks.
pub async fn list(
    store: &Store,
    viewer: &Viewer,
    filter: &Filter,
    day: Day,
    page: Page,
) -> Result<Listed<DecisionRow>, StoreError> {
    let scope = access::scope(viewer, day);
    if scope == Scope::Nothing {
        return Err(StoreError::Forbidden);
    }
    let wanted = wanted::condition(store, viewer.office, &scope, filter, day).await?;
    let mut count = Sql::new("SELECT count(*) AS total FROM (SELECT 1 AS one FROM decision d WHERE ", []);
    count.join(wanted.clone()).add(" LIMIT ?) counted", [i64::from(COUNTED_TO + 1).into()]);
    let total = store.total(viewer.office, &count).await?;
    let mut sql = select(day);
    sql.join(wanted);
    if let Some(after) = page.after {
        sql.add(
            " AND (d.day, d.id) < (SELECT a.day, a.id FROM decision a WHERE a.office = ? AND a.id = ?)",
            [viewer.office.into(), after.into()],
        );
    }
    sql.add(" ORDER BY d.day DESC, d.id DESC LIMIT ?", [page.limit().into()]);
    let rows = if *filter == Filter::default() { sql.read(store).await? } else { sql.all(&store.connection).await? };
    let rows = rows.iter().map(read).collect::<Result<_, _>>()?;
    Ok(Listed::cut(rows, page, total, |decision: &DecisionRow| decision.id))
}

/// The issuers of decisions, for the filter, in the order of their letters.
pub async fn issuers(store: &Store, viewer: &Viewer) -> Result<Vec<String>, StoreError> {
    distinct(store, viewer, "issuer").await
}

/// Everyone who decided.
pub async fn authorities(store: &Store, viewer: &Viewer) -> Result<Vec<String>, StoreError> {
    distinct(store, viewer, "authority").await
}

/// Everyone who signed.
pub async fn signers(store: &Store, viewer: &Viewer) -> Result<Vec<String>, StoreError> {
    distinct(store, viewer, "signer").await
}

async fn distinct(store: &Store, viewer: &Viewer, column: &str) -> Result<Vec<String>, StoreError> {
    // One more than is shown, because an issuer of a paper entered without one is an empty word.
    let words = distinct_words("decision", column, viewer.office, Some(CHOICES + 1)).read(store).await?;
    let words: Vec<String> = words.iter().map(|row| row.get("word")).collect::<Result<_, _>>()?;
    Ok(words.into_iter().filter(|word| !word.is_empty()).take(CHOICES as usize).collect())
}

/// One decision with its lines; `None` where there is no such decision.
pub async fn one(store: &Store, viewer: &Viewer, decision: Uuid, day: Day) -> Result<Option<Decision>, StoreError> {
    let Some(outline) = outline(store, viewer, decision, day).await? else {
        return Ok(None);
    };
    let scope = access::scope(viewer, day);
    let mut sql = conferrals::select(day);
    sql.add(" WHERE c.office = ? AND c.decision = ? AND ", [viewer.office.into(), decision.into()]);
    sql.join(access::sees_conferral_sql(&scope, "c"));
    sql.add(" ORDER BY c.position, c.id LIMIT ?", [MOST_LINES.into()]);
    let mut lines: Vec<Conferral> = sql.read(store).await?.iter().map(conferrals::read).collect::<Result<_, _>>()?;
    lines.retain(|line| line.known_from.is_none_or(|from| from <= day));
    if lines.is_empty() && scope != Scope::Office {
        return Err(StoreError::Forbidden);
    }
    Ok(Some(Decision { lines, ..outline }))
}

/// One decision without its lines, whoever asks.
async fn outline(store: &Store, viewer: &Viewer, decision: Uuid, day: Day) -> Result<Option<Decision>, StoreError> {
    let mut sql = select(day);
    sql.add("d.office = ? AND d.id = ?", [viewer.office.into(), decision.into()]);
    let Some(row) = sql.read_one(store).await? else {
        return Ok(None);
    };
    Ok(Some(Decision {
        row: read(&row)?,
        signer: row.get("signer")?,
        revocation: conferrals::revocation(&row)?,
        paper: match row.get::<Option<Uuid>>("paper")? {
            Some(paper) => store.record(viewer.office, paper).await?,
            None => None,
        },
        lines: Vec::new(),
    }))
}

/// On an alias `d` of `decision`: those of the office that confer something in reach, or all for who reads everything.
pub(crate) async fn reached(store: &Store, office: i32, scope: &Scope) -> Result<Sql, StoreError> {
    let mut sql = Sql::new("d.office = ?", [office.into()]);
    match scope {
        Scope::Office => {}
        // Every second decision has a line of one of so many units: from its own lines the way up is looked at.
        Scope::Branch(branch) if branch.is_wider(store, FEW_UNITS).await? => {
            let of_lines =
                "SELECT c.unit FROM conferral c WHERE c.office = d.office AND c.decision = d.id AND c.unit IS NOT NULL";
            sql.add(" AND ", []).join(branch.above(Sql::new(of_lines, [])));
        }
        _ => {
            sql.add(" AND d.id IN (SELECT c.decision FROM conferral c WHERE c.office = ? AND ", [office.into()]);
            sql.join(access::sees_conferral_sql(scope, "c")).add(")", []);
        }
    }
    Ok(sql)
}

fn read(row: &Row) -> Result<DecisionRow, StoreError> {
    let number: String = row.get("number")?;
    let symbol: String = row.get("symbol")?;
    Ok(DecisionRow {
        id: row.get("id")?,
        number: numbering::printed(&number, &symbol),
        issuer: row.get("issuer")?,
        authority: row.get("authority")?,
        year: row.get("year")?,
        day: row.get("day")?,
        summary: row.get("summary")?,
        series: row.get("series")?,
        illustrative: row.get("illustrative")?,
        lines: row.count("lines")?,
        revoked: row.get::<Option<Day>>("end_day")?.is_some(),
        amended: row.get("amended")?,
        lost: row.word_or_none("state")? == Some(PaperState::Mat),
        body: row.word_or_none("body")?,
        ordinal: numbering::ordinal(&number),
    })
}
