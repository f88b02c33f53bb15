//! The law by which each unit is judged: that of the office, or one with regulations of the unit or of those above it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rules::facts::{Day, Subject};
use rules::law::{Award, Law};
use rules::layer::Tier;
use rules::load::{Laid, load_laid};
use rules::reader::Fault;
use rules::scan::reads::Reads;
use rules::scan::rulebook::{Block, Progress, Rulebook};
use rules::scan::snapshot::Snapshot;
use store::Store;
use store::error::StoreError;
use store::layers::Confirmed;
use store::units::branch::Branch;
use uuid::Uuid;

use crate::law;
use crate::prospects::SUBJECTS;
use crate::regulations::InForce;
use crate::session::OFFICE;

/// Every law that holds somewhere in the office on a day.
#[derive(Debug, Clone)]
pub struct Laws {
    /// That of the office first.
    all: Vec<Ruled>,
    /// The place in `all` of each unit that is not judged by the first.
    of_unit: HashMap<Uuid, usize>,
}

/// A law with the regulations that it is made of, in the order in which they are laid.
#[derive(Debug, Clone)]
struct Ruled {
    law: Arc<Law>,
    laid: Vec<Confirmed>,
}

/// What was kept of each subject of a kind and each honour of any of the laws.
#[derive(Debug)]
pub struct Found<T> {
    /// The ids of the honours: in the order of the law of the office, then those that units have of their own.
    pub awards: Vec<String>,
    /// By row and honour.
    pub kept: Vec<T>,
}

impl Laws {
    /// One law for the whole office.
    pub fn one(law: Arc<Law>) -> Self {
        Laws { all: vec![Ruled { law, laid: Vec::new() }], of_unit: HashMap::new() }
    }

    /// The laws that are in force on a day; as many statements as units have regulations of their own.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn in_force(store: &Store, in_force: &InForce, day: Day) -> Result<Self, StoreError> {
        let office = Ruled { law: in_force.law.clone(), laid: in_force.laid().cloned().collect() };
        let mut laws = Laws { all: vec![office], of_unit: HashMap::new() };
        let mut under: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
        for one in in_force.all.iter().filter(|one| one.row.tier == Tier::Unit) {
            let Some(unit) = one.row.unit else { continue };
            for below in (Branch { office: OFFICE, unit, day }).list(store).await? {
                under.entry(below).or_default().push(one.row.id);
            }
        }
        let mut places: HashMap<Vec<Uuid>, usize> = HashMap::new();
        for (unit, regulations) in under {
            let place = match places.get(&regulations) {
                Some(place) => *place,
                None => {
                    let (law, laid) = in_force.ruled(store, unit, day).await?;
                    laws.all.push(Ruled { law, laid });
                    places.insert(regulations, laws.all.len() - 1);
                    laws.all.len() - 1
                }
            };
            laws.of_unit.insert(unit, place);
        }
        Ok(laws)
    }

    /// The same laws with further regulations of the whole office laid over them, those of units last. A regulation of a
    /// unit that does not fit over them is left out, as it would be if they were confirmed.
    ///
    /// # Errors
    /// What keeps the further regulations from being laid.
    pub fn with(&self, further: &[Laid<'_>]) -> Result<Self, Vec<Fault>> {
        let files = law::built_in_files();
        let files = law::pairs(&files);
        let over = |one: &Ruled| {
            let laid = |is_of_unit: bool| {
                let wanted = one.laid.iter().filter(move |known| (known.row.tier == Tier::Unit) == is_of_unit);
                wanted.map(|known| known.regulation().laid)
            };
            let office: Vec<Laid<'_>> = laid(false).chain(further.iter().copied()).collect();
            let whole: Vec<Laid<'_>> = office.iter().copied().chain(laid(true)).collect();
            let law = load_laid(&files, &whole).or_else(|_| load_laid(&files, &office))?;
            Ok::<_, Vec<Fault>>(Ruled { law: Arc::new(law), laid: one.laid.clone() })
        };
        let all = self.all.iter().map(over).collect::<Result<_, _>>()?;
        Ok(Laws { all, of_unit: self.of_unit.clone() })
    }

    /// That of the office.
    pub fn office(&self) -> &Arc<Law> {
        &self.all[0].law
    }

    /// The number of the law by which a unit judges; 0 is that of the office.
    pub fn number(&self, unit: Uuid) -> usize {
        self.of_unit.get(&unit).copied().unwrap_or_default()
    }

    /// The law of a number.
    pub fn law(&self, number: usize) -> &Law {
        &self.all[number].law
    }

    /// A law that knows an honour; that of the office where none does.
    pub fn knowing(&self, award: &str) -> &Law {
        self.all.iter().map(|one| one.law.as_ref()).find(|law| law.award(award).is_some()).unwrap_or(self.office())
    }

    /// Whether one of the laws knows an honour.
    pub fn knows(&self, award: &str) -> bool {
        self.knowing(award).award(award).is_some()
    }

    /// The laws as rulebooks over the subjects of a kind, in the order of their numbers.
    pub fn books<'l>(
        &'l self,
        snapshot: &'l Snapshot,
        subject: Subject,
        wanted: impl Fn(&Award) -> bool,
    ) -> Vec<Rulebook<'l>> {
        self.all.iter().map(|one| Rulebook::new(&one.law, snapshot, subject, &wanted)).collect()
    }

    /// What these honours read of people and collectives on a day, and who was given them.
    pub fn reads(&self, day: Day, awards: &[String]) -> Reads {
        let of =
            |(one, subject): (&Ruled, Subject)| Reads::of(&one.law, day, subject, |award| awards.contains(&award.id));
        let asked = self.all.iter().flat_map(|one| SUBJECTS.map(|subject| (one, subject)));
        asked.map(of).fold(Reads::default(), Reads::and).with_held(awards.iter().map(String::as_str))
    }

    /// Judges every subject of a kind by the law of its number for the honours that `wanted` keeps, and keeps what `read` makes of a block, the place of an
    /// honour in its book and a row; nothing where that law has no such honour. None where it was cancelled.
    pub fn judge<T: Copy + Default + Send>(
        &self,
        snapshot: &Snapshot,
        subject: Subject,
        wanted: impl Fn(&Award) -> bool,
        numbers: impl Fn(u32) -> usize + Sync,
        progress: &Progress,
        read: impl Fn(&Block<'_, '_>, usize, u32) -> T + Sync,
    ) -> Option<Found<T>> {
        let books = self.books(snapshot, subject, wanted);
        let mut found = Found { awards: awards(&books), kept: Vec::new() };
        let places: Vec<_> = books.iter().map(|book| places(book, &found.awards)).collect();
        let row = |block: &Block<'_, '_>, number: usize, row: u32| {
            places[number].iter().map(|place| place.map_or_else(T::default, |place| read(block, place, row))).collect()
        };
        let blocks = books[0].run(progress, |block| {
            let one = |at: u32| match numbers(at) {
                0 => row(block, 0, at),
                number => row(&books[number].block(at), number, at),
            };
            block.rows().flat_map(|at| -> Vec<T> { one(at) }).collect::<Vec<T>>()
        })?;
        found.kept = blocks.concat();
        Some(found)
    }
}

/// The honours of all books, each once.
fn awards(books: &[Rulebook<'_>]) -> Vec<String> {
    let mut awards: Vec<String> = Vec::new();
    for award in books.iter().flat_map(Rulebook::awards) {
        if !awards.contains(&award.id) {
            awards.push(award.id.clone());
        }
    }
    awards
}

/// Where each honour stands in a book.
pub fn places(book: &Rulebook<'_>, awards: &[String]) -> Vec<Option<usize>> {
    awards.iter().map(|id| book.awards().position(|award| award.id == *id)).collect()
}
