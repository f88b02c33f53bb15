//! What later documents do to a decision: revoke it, restore it, mend its words, put another line in the place of one, issue a certificate anew.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use rules::facts::Day;
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::records::register::{NewAmendment, NewReissue, NewRestoration};
use crate::records::{NewConferral, NewDecisionEnd};
use crate::sql::Sql;
use crate::step::Step;

/// Everything that happened to a decision by a day, each list in the order of days.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Acts {
    pub ends: Vec<End>,
    pub amendments: Vec<NewAmendment>,
    pub reissues: Vec<NewReissue>,
}

/// A revocation, and what took it back.
#[derive(Debug, Clone, PartialEq)]
pub struct End {
    pub end: NewDecisionEnd,
    pub restored: Option<NewRestoration>,
}

/// Who changes which decision, and what they had seen of it.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    pub viewer: &'a Viewer,
    pub decision: Uuid,
    /// The last step that the form had seen: [`last_step`].
    pub after: Uuid,
    pub at: DateTime<Utc>,
    /// The reason, in words.
    pub why: &'a str,
}

/// What happened by a day to a decision and to those of its lines that the viewer sees; what happened to other lines is
/// left out.
pub async fn acts(
    store: &Store,
    viewer: &Viewer,
    decision: Uuid,
    seen: &HashSet<Uuid>,
    day: Day,
) -> Result<Acts, StoreError> {
    let (office, id) = (viewer.office, decision);
    let shown = |line: Option<Uuid>| line.is_none_or(|line| seen.contains(&line));
    let mut ends: Vec<NewDecisionEnd> = store.records_of(office, "decision", id).await?;
    ends.retain(|end| end.day <= day && shown(end.conferral));
    ends.sort_by_key(|end| (end.day, end.id));
    let mut back: Vec<NewRestoration> = Vec::new();
    if !ends.is_empty() {
        let of = Sql::new(
            "ended IN (SELECT f.id FROM decision_end f WHERE f.office = ? AND f.decision = ?)",
            [office.into(), id.into()],
        );
        back = store.records_where(office, of).await?;
        back.retain(|restoration| restoration.day <= day);
    }
    let mut amendments: Vec<NewAmendment> = store.records_of(office, "decision", id).await?;
    amendments.retain(|amendment| amendment.from_day <= day && shown(amendment.conferral));
    amendments.sort_by_key(|amendment| (amendment.day, amendment.id));
    let mut reissues: Vec<NewReissue> = store.records_of(office, "decision", id).await?;
    reissues.retain(|reissue| reissue.day <= day && shown(Some(reissue.conferral)));
    reissues.sort_by_key(|reissue| (reissue.day, reissue.id));
    let ends = ends.into_iter().map(|end| {
        let restored = back.iter().find(|restoration| restoration.ended == end.id).cloned();
        End { end, restored }
    });
    Ok(Acts { ends: ends.collect(), amendments, reissues })
}

/// The step that last did anything to a decision: what every form on it carries as `after`.
pub async fn last_step(store: &Store, viewer: &Viewer, decision: Uuid) -> Result<Uuid, StoreError> {
    last(viewer.office, decision).read_one(store).await?.ok_or(StoreError::NotFound)?.get("step")
}

/// Changes a decision in one step, unless somebody else did so since the form was opened.
pub async fn change<T>(
    store: &Store,
    change: Change<'_>,
    write: impl AsyncFnOnce(&mut Step) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let viewer = change.viewer;
    if !access::keeps_register(viewer) {
        return Err(StoreError::Forbidden);
    }
    let guarded = async |step: &mut Step| {
        step.lock_record("decision", change.decision).await?;
        let last = last(viewer.office, change.decision).one(&step.transaction).await?.ok_or(StoreError::NotFound)?;
        if last.get::<Uuid>("step")? != change.after {
            return Err(StoreError::Changed);
        }
        write(step).await
    };
    store.step(viewer.office, Some(viewer.account), change.at, change.why, guarded).await
}

impl Step {
    /// Revokes a decision or one line of it; refused where it is revoked already on that day.
    pub async fn revoke(&mut self, end: NewDecisionEnd) -> Result<Uuid, StoreError> {
        let mut sql = Sql::new(
            "SELECT f.id FROM decision_end f WHERE f.office = ? AND f.decision = ? AND (f.conferral IS NULL OR f.conferral = ?) AND ",
            [self.office.into(), end.decision.into(), end.conferral.into()],
        );
        sql.join(crate::conferrals::in_force("f", end.day)).add(" LIMIT 1", []);
        if sql.one(&self.transaction).await?.is_some() {
            return Err(StoreError::Refused("revoked already".to_owned()));
        }
        self.add(end)
    }

    /// Takes a revocation back; refused before its day, and where it was taken back already.
    pub async fn restore(&mut self, restoration: NewRestoration) -> Result<Uuid, StoreError> {
        let sql = Sql::new(
            "SELECT day FROM decision_end WHERE office = ? AND id = ?",
            [self.office.into(), restoration.ended.into()],
        );
        let from: Day = sql.one(&self.transaction).await?.ok_or(StoreError::NotFound)?.get("day")?;
        if restoration.day < from {
            return Err(StoreError::Refused("restored before it was revoked".to_owned()));
        }
        self.add(restoration)
    }

    /// Puts a line in the place of another of the same decision; the award keeps the decision's day.
    ///
    /// Refused where the line was replaced already.
    pub async fn replace_line(&mut self, amendment: NewAmendment, line: NewConferral) -> Result<Uuid, StoreError> {
        let sql = Sql::new(
            "SELECT id FROM amendment WHERE office = ? AND conferral = ? AND replacement IS NOT NULL",
            [self.office.into(), amendment.conferral.into()],
        );
        if sql.one(&self.transaction).await?.is_some() {
            return Err(StoreError::Refused("replaced already".to_owned()));
        }
        let replacement = Some(self.add(line)?);
        self.add(NewAmendment { replacement, ..amendment })
    }
}

/// The last step of a decision, its paper, lines, files and everything that happened to them, in the column `step`.
fn last(office: i32, decision: Uuid) -> Sql {
    let key = || [office.into(), decision.into()];
    let mut sql =
        Sql::new("SELECT x.step FROM (SELECT office, id, step FROM decision WHERE office = ? AND id = ?", key());
    for table in ["decision_paper", "conferral", "decision_end", "amendment", "reissue"] {
        sql.add(&format!(" UNION ALL SELECT office, id, step FROM {table} WHERE office = ? AND decision = ?"), key());
    }
    sql.add(
        " UNION ALL SELECT r.office, r.id, r.step FROM restoration r JOIN decision_end f ON f.office = r.office \
         AND f.id = r.ended WHERE r.office = ? AND f.decision = ?",
        key(),
    );
    sql.add(
        " UNION ALL SELECT office, id, step FROM correction WHERE office = ? AND noun = 'decision' AND record = ?",
        key(),
    );
    for table in ["decision_paper", "conferral"] {
        sql.add(
            &format!(
                " UNION ALL SELECT k.office, k.id, k.step FROM correction k JOIN {table} t ON t.office = k.office \
                 AND t.id = k.record WHERE k.noun = '{table}' AND t.office = ? AND t.decision = ?"
            ),
            key(),
        );
    }
    sql.add(") x JOIN journal_leaf l ON l.office = x.office AND l.id = x.id ORDER BY l.n DESC LIMIT 1", []);
    sql
}
