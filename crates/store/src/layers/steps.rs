//! What happens to a regulation: submitted, confirmed or returned by a second person, withdrawn; each one step with its leaf.

use chrono::{DateTime, Utc};
use rules::cases;
use rules::facts::Day;
use rules::law::Law;
use rules::layer::{Layer, Tier};
use rules::layers::{Checked, Regulation, Tried, check};
use rules::load::Laid;
use sea_orm::{ConnectionTrait, DbBackend};
use uuid::Uuid;

use super::drafts::{self, Draft};
use super::{Age, State, Submitted, age, age_in, at_and_above, confirmed, one, under};
use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::records::layers::{NewLayer, NewLayerDecision, NewLayerWithdrawal};
use crate::sql::Sql;
use crate::step::Step;
use crate::words::LayerOutcome;

/// Who acts on which day and instant, and why.
#[derive(Debug, Clone, Copy)]
pub struct Acting<'a> {
    pub viewer: &'a Viewer,
    /// The day it is.
    pub day: Day,
    pub at: DateTime<Utc>,
    /// The reason, in words.
    pub why: &'a str,
}

/// The files of the nation's law: name and text.
pub type Nation<'a> = &'a [(&'a str, &'a str)];

/// Checks a regulation of a unit, or of the office, over what is confirmed now.
pub async fn checked(
    store: &Store,
    office: i32,
    nation: Nation<'_>,
    unit: Option<Uuid>,
    (content, cases): (&str, &str),
    day: Day,
) -> Result<Checked, StoreError> {
    let all = confirmed(store, office).await?;
    let units = match unit {
        Some(unit) => at_and_above(store, office, &[unit], day).await?,
        None => Vec::new(),
    };
    // A text of the nation lies beneath those of the office, which are checked again when the law is built.
    let probe = check(nation, &[], &own(content, cases));
    let tier = probe.layer().map_or(Tier::Office, |layer| layer.tier);
    let tier = if unit.is_some() { Tier::Unit } else { tier };
    let over = under(&all, tier, &units);
    if over.is_empty() {
        return Ok(probe);
    }
    let over: Vec<Laid<'_>> = over.iter().map(|one| one.regulation().laid).collect();
    Ok(check(nation, &over, &own(content, cases)))
}

/// The examples of a regulation, run against a law that it is in; none where they cannot be read.
pub fn tried(law: &Law, row: &NewLayer) -> Vec<Tried> {
    let cases = cases::read(&[(CASES, &row.cases)]).unwrap_or_default();
    cases.into_iter().map(|case| Tried { outcome: cases::run(law, &case), case }).collect()
}

/// Submits a draft; refused where it does not fit into the law. Returns the id of the submission.
pub async fn submit(store: &Store, nation: Nation<'_>, draft: &Draft, acting: Acting<'_>) -> Result<Uuid, StoreError> {
    let Acting { viewer, day, .. } = acting;
    drafts::allowed(store, viewer, &access::scope(viewer, day), draft.unit).await?;
    let checked = checked(store, viewer.office, nation, draft.unit, (&draft.content, &draft.cases), day).await?;
    if let Some(fault) = checked.faults.first() {
        return Err(StoreError::Refused(format!("{}:{}: {}", fault.file, fault.line, fault.message.vi)));
    }
    let layer = checked.layer().ok_or_else(|| StoreError::Refused("không có quy định nào".to_owned()))?;
    let row = row(draft, layer)?;
    let write = async |step: &mut Step| {
        let key = [viewer.office.into(), draft.id.into(), draft.changed.into()];
        let gone = Sql::new("DELETE FROM layer_draft WHERE office = ? AND id = ? AND changed = ?", key);
        if gone.run(step.connection()).await? != 1 {
            return Err(StoreError::Changed);
        }
        let id = step.id();
        step.add(NewLayer { id, ..row })
    };
    store.step(viewer.office, Some(viewer.account), acting.at, acting.why, write).await
}

/// Confirms a submission: by a second person, and only while it fits into the law and its cases hold.
pub async fn confirm(store: &Store, nation: Nation<'_>, id: Uuid, acting: Acting<'_>) -> Result<(), StoreError> {
    let layer = waiting(store, id, acting).await?;
    let seen = age(store, acting.viewer.office).await?;
    second_person(store, &layer, acting.viewer).await?;
    let texts = (layer.row.content.as_str(), layer.row.cases.as_str());
    let checked = checked(store, acting.viewer.office, nation, layer.row.unit, texts, acting.day).await?;
    if let Some(trouble) = checked.troubles().first() {
        return Err(StoreError::Refused(trouble.vi.clone()));
    }
    decide(store, &layer, seen, acting).await
}

/// Returns a submission with the reason; its text becomes a draft again. Returns the id of the draft.
pub async fn send_back(store: &Store, id: Uuid, acting: Acting<'_>) -> Result<Uuid, StoreError> {
    let layer = waiting(store, id, acting).await?;
    let Acting { viewer, at, .. } = acting;
    let row = &layer.row;
    let write = async |step: &mut Step| {
        let id = step.id();
        step.add(NewLayerDecision { id, layer: row.id, outcome: LayerOutcome::TraLai })?;
        let draft = step.id();
        let again = Sql::new(
            "INSERT INTO layer_draft (office, id, unit, content, cases, author, changed, returned) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                viewer.office.into(),
                draft.into(),
                row.unit.into(),
                row.content.as_str().into(),
                row.cases.as_str().into(),
                row.author.into(),
                at.timestamp_millis().into(),
                row.id.into(),
            ],
        );
        step.flush().await?;
        again.run(step.connection()).await?;
        Ok(draft)
    };
    let done = store.step(viewer.office, Some(viewer.account), at, acting.why, write).await;
    done.map_err(decided_already)
}

/// Withdraws a confirmed regulation from a day on, not before the day from which it holds.
pub async fn withdraw(store: &Store, id: Uuid, from: Day, acting: Acting<'_>) -> Result<(), StoreError> {
    let viewer = acting.viewer;
    let layer = one(store, viewer, id, acting.day).await?.ok_or(StoreError::NotFound)?;
    if !access::decides_layer(viewer, layer.row.unit) {
        return Err(StoreError::Forbidden);
    }
    match layer.state() {
        State::Confirmed => {}
        State::Withdrawn => return Err(StoreError::Changed),
        State::Submitted | State::Returned => return Err(StoreError::Refused("chưa được xác nhận".to_owned())),
    }
    if from < layer.row.from_day {
        return Err(StoreError::Refused("trước ngày có hiệu lực".to_owned()));
    }
    let write = async |step: &mut Step| {
        let id = step.id();
        step.add(NewLayerWithdrawal { id, layer: layer.row.id, from_day: from })?;
        Ok(())
    };
    let done = store.step(viewer.office, Some(viewer.account), acting.at, acting.why, write).await;
    done.map_err(decided_already)
}

fn own<'t>(content: &'t str, cases: &'t str) -> Regulation<'t> {
    Regulation { laid: Laid { name: OWN, text: content, until: None }, cases }
}

/// How a fault names the regulation that is being checked, and its examples.
pub const OWN: &str = "quy-dinh";
const CASES: &str = "cases/quy-dinh.toml";

fn row(draft: &Draft, layer: &Layer) -> Result<NewLayer, StoreError> {
    let from_day = layer.from.ok_or_else(|| StoreError::Refused("thiếu ngày có hiệu lực (“from”)".to_owned()))?;
    if (layer.tier == Tier::Unit) != draft.unit.is_some() {
        return Err(StoreError::Refused("“tier” không khớp với đơn vị đã chọn".to_owned()));
    }
    Ok(NewLayer {
        id: Uuid::nil(),
        code: layer.id.clone(),
        tier: layer.tier,
        unit: draft.unit,
        name: layer.name.vi.clone(),
        name_en: layer.name.en.clone(),
        from_day,
        content: draft.content.clone(),
        cases: draft.cases.clone(),
        author: draft.author,
    })
}

/// A submission that nobody has decided, for one who may.
async fn waiting(store: &Store, id: Uuid, acting: Acting<'_>) -> Result<Submitted, StoreError> {
    let layer = one(store, acting.viewer, id, acting.day).await?.ok_or(StoreError::NotFound)?;
    match layer.state() {
        _ if !access::decides_layer(acting.viewer, layer.row.unit) => Err(StoreError::Forbidden),
        State::Submitted => Ok(layer),
        State::Returned | State::Confirmed | State::Withdrawn => Err(StoreError::Changed),
    }
}

/// That neither the account nor the person behind it wrote or submitted what it confirms.
async fn second_person(store: &Store, layer: &Submitted, viewer: &Viewer) -> Result<(), StoreError> {
    let mut sql = Sql::new(
        "SELECT 1 AS one FROM account a JOIN account me ON me.office = a.office AND me.id = ? \
         WHERE a.office = ? AND (a.id = me.id OR a.person = me.person) AND a.id IN ",
        [viewer.account.into(), viewer.office.into()],
    );
    let writers = [Some(layer.row.author), layer.submission.actor];
    sql.set(writers.into_iter().flatten().map(Into::into)).add(" LIMIT 1", []);
    match sql.one(&store.connection).await? {
        None => Ok(()),
        Some(_) => Err(StoreError::Refused("người soạn hoặc gửi không tự xác nhận".to_owned())),
    }
}

async fn decide(store: &Store, layer: &Submitted, seen: Age, acting: Acting<'_>) -> Result<(), StoreError> {
    let viewer = acting.viewer;
    let write = async |step: &mut Step| {
        // What it was checked against is still what is confirmed.
        one_at_a_time(step, viewer.office).await?;
        if age_in(step.connection(), viewer.office).await? != seen {
            return Err(StoreError::Changed);
        }
        let id = step.id();
        step.add(NewLayerDecision { id, layer: layer.row.id, outcome: LayerOutcome::XacNhan })?;
        Ok(())
    };
    let done = store.step(viewer.office, Some(viewer.account), acting.at, acting.why, write).await;
    done.map_err(decided_already)
}

/// Keeps other confirmations of the office waiting until this one ends; SQLite has one writer at a time anyway.
async fn one_at_a_time(step: &Step, office: i32) -> Result<(), StoreError> {
    if step.connection().get_database_backend() == DbBackend::Postgres {
        let lock = Sql::new("SELECT id FROM office WHERE office = ? FOR NO KEY UPDATE", [office.into()]);
        lock.all(step.connection()).await?;
    }
    Ok(())
}

/// Of two who decide at the same time the second is told.
fn decided_already(error: StoreError) -> StoreError {
    match error {
        StoreError::Duplicate(_) => StoreError::Changed,
        other => other,
    }
}
