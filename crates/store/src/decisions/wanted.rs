//! The decisions that a list wants, as a condition.

use rules::facts::Day;

use super::{Filter, State, reached};
use crate::Store;
use crate::access::{self, Scope};
use crate::conferrals;
use crate::error::StoreError;
use crate::search;
use crate::sql::Sql;
use crate::words;

/// How many people or collectives of a name are looked for in the lines.
const NAMESAKES: i64 = 1_000;

/// The filter within the viewer's reach, on an alias `d` of `decision`.
pub(super) async fn condition(
    store: &Store,
    office: i32,
    scope: &Scope,
    filter: &Filter,
    day: Day,
) -> Result<Sql, StoreError> {
    let mut sql = reached(store, office, scope).await?;
    if let Some(number) = &filter.number {
        // Older papers of one number are kept as `12`, `12~2` …
        sql.add(
            " AND (d.number = ? OR d.number LIKE ?)",
            [number.as_str().into(), format!("{}~%", plain(number)).into()],
        );
    }
    if let Some(year) = filter.year {
        sql.add(" AND d.year = ?", [year.into()]);
    }
    let exact = [("issuer", &filter.issuer), ("authority", &filter.authority), ("signer", &filter.signer)];
    for (column, wanted) in exact {
        if let Some(wanted) = wanted {
            sql.add(&format!(" AND d.{column} = ?"), [wanted.as_str().into()]);
        }
    }
    if let Some(from) = filter.from {
        sql.add(" AND d.day >= ?", [from.into()]);
    }
    if let Some(to) = filter.to {
        sql.add(" AND d.day <= ?", [to.into()]);
    }
    if let Some(body) = filter.body {
        sql.add(
            " AND d.id IN (SELECT b.decision FROM decision_paper b WHERE b.office = ? AND b.body = ?)",
            [office.into(), words::text(body).into()],
        );
    }
    if let Some(state) = filter.state {
        sql.add(" AND ", []).join(stands(state, office, day));
    }
    if let Some(award) = &filter.award {
        sql.add(
            " AND EXISTS (SELECT 1 FROM conferral x WHERE x.office = d.office AND x.decision = d.id AND x.award = ?)",
            [award.as_str().into()],
        );
    }
    if let Some(named) = filter.named.as_deref().and_then(|text| naming(store, office, scope, text)) {
        sql.add(" AND d.id IN ", []).join(named);
    }
    if let Some(text) = filter.text.as_deref()
        && let Some(found) = search::subjects(store, office, "decision", text)
    {
        sql.add(" AND (d.id IN ", []).join(found);
        if let Some(named) = naming(store, office, scope, text) {
            sql.add(" OR d.id IN ", []).join(named);
        }
        sql.add(")", []);
    }
    Ok(sql)
}

/// Decisions with a line in reach whose person or collective has these words in its name.
fn naming(store: &Store, office: i32, scope: &Scope, text: &str) -> Option<Sql> {
    let mut sql = Sql::new("(SELECT x.decision FROM conferral x WHERE x.office = ? AND ", [office.into()]);
    sql.join(access::sees_conferral_sql(scope, "x")).add(" AND (x.person IN (SELECT who.subject FROM ", []);
    sql.join(search::subjects(store, office, "person", text)?).add(" who LIMIT ?)", [NAMESAKES.into()]);
    sql.add(
        " OR x.collective IN (SELECT n.unit FROM unit_name n WHERE n.office = ? AND n.id IN (SELECT what.subject FROM ",
        [office.into()],
    );
    sql.join(search::subjects(store, office, "unit_name", text)?).add(" what LIMIT ?))))", [NAMESAKES.into()]);
    Some(sql)
}

fn stands(state: State, office: i32, day: Day) -> Sql {
    let ended = |and: &str| {
        let mut sql = Sql::new("(SELECT f.decision FROM decision_end f WHERE f.office = ?", [office.into()]);
        sql.add(and, []).add(" AND ", []).join(conferrals::in_force("f", day)).add(")", []);
        sql
    };
    let mut sql = Sql::default();
    match state {
        State::Standing => sql.add("d.id NOT IN ", []).join(ended(" AND f.conferral IS NULL")),
        State::Revoked => sql.add("d.id IN ", []).join(ended("")),
        State::Amended => sql.add(
            "d.id IN (SELECT m.decision FROM amendment m WHERE m.office = ? AND m.from_day <= ?)",
            [office.into(), day.into()],
        ),
        State::Lost => sql.add(
            "d.id IN (SELECT l.decision FROM decision_paper l WHERE l.office = ? AND l.state = 'mat')",
            [office.into()],
        ),
    };
    sql
}

/// A number without the marks that `LIKE` reads as any letter.
fn plain(number: &str) -> String {
    number.chars().filter(|letter| !matches!(letter, '%' | '_')).collect()
}
