//! Work that tells whose answers a regulation would change: every subject it concerns under the law with and without it.

use std::collections::HashMap;
use std::sync::Arc;

use rules::compare::{Changed, compare};
use rules::facts::{Day, Subject};
use rules::law::Law;
use rules::layer::Tier;
use rules::load::{Laid, load_laid};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::access::Viewer;
use store::error::StoreError;
use store::jobs::Job;
use store::layers::subjects::{self, Concerned};
use store::layers::{self, Confirmed};
use store::members::LAST_DAY;
use store::words::Role;
use store::{people, units};
use uuid::Uuid;

use crate::imports::told;
use crate::jobs::{Ended, Watch};
use crate::law;
use crate::state::App;

/// The kind of work.
pub const JOB: &str = "quy-dinh-anh-huong";
/// Subjects that are looked at, at most.
pub const SUBJECTS: u32 = 20_000;
/// Answers that are kept, at most; all are counted.
pub const KEPT: usize = 1_000;

/// What is asked: the text as it stands, for a day, as far as the one who asks can see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// The draft or the submission.
    pub of: Uuid,
    /// The last change of the draft that was looked at.
    pub changed: i64,
    pub content: String,
    pub tier: Tier,
    pub unit: Option<Uuid>,
    pub day: Day,
    pub account: Uuid,
    pub role: Role,
    /// The unit in which the one who asks holds the role.
    pub role_unit: Option<Uuid>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    pub subjects: usize,
    /// How many of them are answered otherwise.
    pub people: usize,
    pub answers: usize,
    /// The first of the answers.
    pub rows: Vec<Row>,
}

/// One answer that would be another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub kind: Subject,
    pub id: Uuid,
    pub changed: Changed,
}

/// Does the work.
pub async fn run(app: &App, job: &Job, watch: Watch) -> Ended {
    match outcome(app, job, &watch).await {
        Ok(Some(outcome)) => Ended::Done(json!(outcome)),
        Ok(None) => Ended::Stopped,
        Err(error) => Ended::Failed(told(&error)),
    }
}

async fn outcome(app: &App, job: &Job, watch: &Watch) -> Result<Option<Outcome>, StoreError> {
    let wrong = |error: serde_json::Error| StoreError::Database(error.to_string());
    let asked: Asked = serde_json::from_value(job.asked.clone()).map_err(wrong)?;
    let viewer =
        Viewer { office: job.office, account: asked.account, role: asked.role, unit: asked.role_unit, person: None };
    let concerned = subjects::concerned(&app.store, &viewer, asked.unit, asked.day, SUBJECTS).await?;
    let mut laws =
        Laws { app, asked: &asked, all: layers::confirmed(&app.store, job.office).await?, known: HashMap::new() };
    let mut outcome = Outcome { subjects: concerned.len(), people: 0, answers: 0, rows: Vec::new() };
    let total = concerned.len() as u64;
    for (place, one) in concerned.into_iter().enumerate() {
        if watch.tell(place as u64, total) {
            return Ok(None);
        }
        let Some(facts) = facts(app, &viewer, one, asked.day).await? else { continue };
        let pair = laws.of(one.unit).await?;
        // The walk of some hundred standards is no work for a thread that others wait for.
        let day = asked.day;
        let walk = move || compare(&pair.0, &pair.1, &facts, day);
        let changed = tokio::task::spawn_blocking(walk).await;
        let changed = changed.map_err(|error| StoreError::Database(error.to_string()))?;
        outcome.people += usize::from(!changed.is_empty());
        outcome.answers += changed.len();
        let rows = changed.into_iter().map(|changed| Row { kind: one.kind, id: one.id, changed });
        outcome.rows.extend(rows.take(KEPT - outcome.rows.len()));
    }
    Ok(Some(outcome))
}

async fn facts(
    app: &App,
    viewer: &Viewer,
    one: Concerned,
    day: Day,
) -> Result<Option<rules::facts::Facts>, StoreError> {
    let found = match one.kind {
        Subject::TapThe => units::facts(&app.store, viewer, one.id, day, LAST_DAY).await?,
        Subject::CaNhan | Subject::HoGiaDinh => people::facts(&app.store, viewer, one.id, day).await?,
    };
    Ok(found.map(|known| known.facts))
}

/// The law without the regulation and with it.
type Pair = Arc<(Law, Law)>;

/// Both laws for each unit, built once for all units with the same regulations above them.
struct Laws<'a> {
    app: &'a App,
    asked: &'a Asked,
    all: Vec<Confirmed>,
    known: HashMap<Vec<Uuid>, Pair>,
}

impl Laws<'_> {
    async fn of(&mut self, unit: Uuid) -> Result<Pair, StoreError> {
        let above = match self.all.iter().any(|one| one.row.tier == Tier::Unit) {
            true => layers::at_and_above(&self.app.store, crate::session::OFFICE, &[unit], self.asked.day).await?,
            false => Vec::new(),
        };
        let laid = layers::under(&self.all, Tier::Unit, &above);
        let key: Vec<Uuid> = laid.iter().map(|one| one.row.id).collect();
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        let pair = Arc::new(self.pair(&laid)?);
        self.known.insert(key, pair.clone());
        Ok(pair)
    }

    fn pair(&self, laid: &[Confirmed]) -> Result<(Law, Law), StoreError> {
        let files = law::built_in_files();
        // Its own earlier confirmation is not laid beneath it.
        let others = laid.iter().filter(|one| one.row.id != self.asked.of);
        let mut layers: Vec<(Tier, Laid<'_>)> = others.map(|one| (one.row.tier, one.regulation().laid)).collect();
        let load = |layers: &[(Tier, Laid<'_>)]| {
            let laid: Vec<Laid<'_>> = layers.iter().map(|(_, laid)| *laid).collect();
            let first = |faults: Vec<rules::reader::Fault>| faults.first().map(|fault| fault.message.vi.clone());
            load_laid(&law::pairs(&files), &laid)
                .map_err(|faults| StoreError::Refused(first(faults).unwrap_or_default()))
        };
        let before = load(&layers)?;
        let name = self.asked.of.to_string();
        layers.push((self.asked.tier, Laid { name: &name, text: &self.asked.content, until: None }));
        layers.sort_by_key(|(tier, _)| std::cmp::Reverse(*tier));
        Ok((before, load(&layers)?))
    }
}
