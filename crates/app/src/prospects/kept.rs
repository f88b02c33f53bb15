//! The office as a snapshot of one day: every subject with unit, sex and level beside its columns and its answers.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rules::facts::{Day, Facts, Sex, Subject};
use rules::law::{Award, Law};
use rules::scan::reads::Reads;
use rules::scan::records::Records;
use rules::scan::snapshot::{Place, Snapshot};
use rules::words::Words;
use store::Store;
use store::error::StoreError;
use store::journal;
use store::roster::{self, Collective, Member, Touched};
use store::words::PostLevel;
use uuid::Uuid;

use crate::prospects::Making;
use crate::prospects::judged::Judged;
use crate::prospects::laws::Laws;
use crate::session::OFFICE;
use crate::state::App;

/// The office on one day.
pub struct Kept {
    day: Day,
    /// The size of the journal whose records are in.
    head: u64,
    laws: Laws,
    /// The honours asked about; all where none is named.
    asked: Vec<String>,
    pub snapshot: Snapshot,
    people: Vec<Standing>,
    collectives: Vec<Standing>,
    households: Vec<Standing>,
    places: HashMap<Uuid, Place>,
    pub judged: Judged,
}

/// Who a row of the snapshot is.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    pub id: Uuid,
    pub name: String,
    /// Sorts as Vietnamese lists do.
    pub sort_key: Vec<u8>,
    /// Where a person works or a household lives; of a collective itself.
    pub unit: Uuid,
    pub sex: Option<Sex>,
    pub is_leader: bool,
    /// The number of the law by which the subject is judged, see [`Laws::number`].
    pub law: usize,
    /// Whether the subject is in the office no more.
    pub gone: bool,
}

impl Kept {
    /// Reads the office from the store and judges it; none where the making was cancelled.
    pub async fn make(app: &App, day: Day, making: &Making) -> Result<Option<Self>, StoreError> {
        let laws = Laws::in_force(&app.store, &app.in_force, day).await?;
        let tell = |done, total| making.tell(done, total);
        let Some(mut kept) = Self::read(&app.store, laws, day, Vec::new(), tell).await? else { return Ok(None) };
        let judged = tokio::task::spawn_blocking(move || {
            kept.judge();
            kept
        });
        judged.await.map(Some).map_err(|error| StoreError::Database(error.to_string()))
    }

    /// Reads the office without judging it, and only what the honours asked about read where some are named; `tell` learns how many people of how many are in and says whether to stop.
    pub async fn read(
        store: &Store,
        laws: Laws,
        day: Day,
        asked: Vec<String>,
        tell: impl Fn(u64, u64) -> bool,
    ) -> Result<Option<Self>, StoreError> {
        let head = journal::head(store, OFFICE).await?.size;
        let total = u64::from(roster::size(store, OFFICE, day).await?);
        let reads = if asked.is_empty() { Reads::everything() } else { laws.reads(day, &asked) };
        let mut kept = Kept {
            day,
            head,
            snapshot: Snapshot::reading(day, reads),
            laws,
            asked,
            people: Vec::new(),
            collectives: Vec::new(),
            households: Vec::new(),
            places: HashMap::new(),
            judged: Judged::default(),
        };
        let mut last = None;
        loop {
            if tell((kept.people.len() + kept.households.len()) as u64, total) {
                return Ok(None);
            }
            let members = roster::people(store, OFFICE, day, last).await?;
            let Some(after) = members.last().map(|member| member.id) else { break };
            last = Some(after);
            kept.put_people(members);
        }
        kept.put_collectives(roster::collectives(store, OFFICE, day, None).await?);
        Ok(Some(kept))
    }

    /// Whether it was made of this day by this law.
    pub fn is_of(&self, day: Day, law: &Arc<Law>) -> bool {
        self.day == day && Arc::ptr_eq(self.laws.office(), law)
    }

    pub fn day(&self) -> Day {
        self.day
    }

    pub fn head(&self) -> u64 {
        self.head
    }

    /// Whether an honour is asked about.
    pub fn is_asked(&self, award: &Award) -> bool {
        self.asked.is_empty() || self.asked.contains(&award.id)
    }

    /// Judges everyone.
    pub fn judge(&mut self) {
        self.judged = Judged::all(self);
    }

    pub fn laws(&self) -> &Laws {
        &self.laws
    }

    /// The law of the office.
    pub fn law(&self) -> &Law {
        self.laws.office()
    }

    /// What an honour is called, also one that a unit has of its own.
    pub fn name(&self, award: &str) -> Words {
        self.laws.knowing(award).name(award, self.day)
    }

    /// Takes in what the journal tells since; false where everything must be read anew.
    pub async fn follow(&mut self, app: &App) -> Result<bool, StoreError> {
        let head = journal::head(&app.store, OFFICE).await?.size;
        let Touched::Some { people, collectives } = roster::touched(&app.store, OFFICE, self.head).await? else {
            return Ok(false);
        };
        if people.len() * 4 > (self.people.len() + self.households.len()).max(400) {
            return Ok(false);
        }
        let members = roster::chosen(&app.store, OFFICE, self.day, &people).await?;
        let there: BTreeSet<Uuid> = members.iter().map(|member| member.id).collect();
        for gone in people.difference(&there) {
            if let Some(place) = self.places.get(gone).copied() {
                self.list_mut(place.subject)[place.row as usize].gone = true;
            }
        }
        self.put_people(members);
        self.put_collectives(roster::collectives(&app.store, OFFICE, self.day, Some(&collectives)).await?);
        let places: Vec<Place> =
            there.iter().chain(&collectives).filter_map(|id| self.places.get(id)).copied().collect();
        let mut judged = std::mem::take(&mut self.judged);
        judged.again(self, &places);
        self.judged = judged;
        self.head = head;
        Ok(true)
    }

    /// Every subject of a kind that is in the office, with its row.
    pub fn standing(&self, subject: Subject) -> impl Iterator<Item = (u32, &Standing)> {
        (0..).zip(self.list(subject)).filter(|(_, standing)| !standing.gone)
    }

    /// The subject of a row.
    pub fn at(&self, place: Place) -> &Standing {
        &self.list(place.subject)[place.row as usize]
    }

    fn list(&self, subject: Subject) -> &[Standing] {
        match subject {
            Subject::CaNhan => &self.people,
            Subject::TapThe => &self.collectives,
            Subject::HoGiaDinh => &self.households,
        }
    }

    fn list_mut(&mut self, subject: Subject) -> &mut Vec<Standing> {
        match subject {
            Subject::CaNhan => &mut self.people,
            Subject::TapThe => &mut self.collectives,
            Subject::HoGiaDinh => &mut self.households,
        }
    }

    /// The name of a unit on the day; empty for one that was not there.
    pub fn unit_name(&self, unit: Uuid) -> &str {
        self.places.get(&unit).map_or("", |place| self.at(*place).name.as_str())
    }

    fn put_people(&mut self, members: Vec<Member>) {
        let standing = |member: Member| {
            let standing = Standing {
                id: member.id,
                name: member.name,
                sort_key: member.sort_key,
                unit: member.unit,
                sex: member.sex,
                is_leader: matches!(member.level, Some(PostLevel::LanhDaoVu | PostLevel::LanhDaoPhong)),
                law: self.laws.number(member.review_unit),
                gone: false,
            };
            (standing, member.facts)
        };
        let members = members.into_iter().map(standing);
        let (households, people) = members.partition(|(_, facts)| facts.subject == Subject::HoGiaDinh);
        self.put(Subject::CaNhan, people);
        self.put(Subject::HoGiaDinh, households);
    }

    fn put_collectives(&mut self, collectives: Vec<Collective>) {
        let standing = |collective: Collective| {
            let standing = Standing {
                id: collective.id,
                sort_key: store::names::sort_key(&collective.name),
                name: collective.name,
                unit: collective.id,
                sex: None,
                is_leader: false,
                law: self.laws.number(collective.id),
                gone: false,
            };
            (standing, collective.facts)
        };
        let collectives = collectives.into_iter().map(standing).collect();
        self.put(Subject::TapThe, collectives);
    }

    /// Takes in subjects of a kind: those that are there anew, the others together behind them.
    fn put(&mut self, subject: Subject, subjects: Vec<(Standing, Facts)>) {
        let mut records = Records::new(subject);
        for (standing, facts) in subjects {
            match self.places.get(&standing.id).copied().filter(|place| place.subject == subject) {
                Some(place) => {
                    self.snapshot.set(place, &facts);
                    self.list_mut(subject)[place.row as usize] = standing;
                }
                None => {
                    records.push(&facts);
                    let place = Place { subject, row: self.list(subject).len() as u32 };
                    // Who turns out to be a household, or to be none, stands no longer where it stood.
                    if let Some(before) = self.places.insert(standing.id, place) {
                        self.list_mut(before.subject)[before.row as usize].gone = true;
                    }
                    self.list_mut(subject).push(standing);
                }
            }
        }
        self.snapshot.extend(&records);
    }
}
