//! What a scan answers for one subject and one honour.

use crate::ask::Verdict;
use crate::explain::GROUP;
use crate::facts::Day;
use crate::scan::cell;
use crate::scan::standard::Fits;
use crate::scan::work::Work;

/// One subject and one honour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub verdict: Verdict,
    /// The verdict under the last loaded values, where a text of the day is not loaded.
    pub provisional: Option<Verdict>,
    /// The first day on which it can be met, if the values stay.
    pub earliest: Option<Day>,
}

impl Answered {
    pub(crate) fn of(work: &mut Work<'_, '_>, award: usize, place: usize) -> Self {
        let code = work.award(award).planes.code(place);
        Answered {
            verdict: cell::verdict(code.verdict()),
            provisional: code.provisional().map(cell::verdict),
            earliest: cell::day(work.earliest(award, place)),
        }
    }

    /// The verdict to sort and colour by: the provisional one where the law of the day is not loaded.
    pub fn leaning(&self) -> Verdict {
        self.provisional.unwrap_or(self.verdict)
    }
}

/// What keeps the nearest standard from being met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// `AWARD/STANDARD`.
    pub standard: String,
    /// `AWARD/STANDARD/LEAF` of each condition, in the order of the standard.
    pub conditions: Vec<String>,
    /// How many more the first of them asks for, where it counts something; 0 elsewhere.
    pub lacking: u16,
}

impl Blocked {
    /// The standard to speak of first and what blocks it; none where no standard is for the subject.
    pub(crate) fn of(work: &mut Work<'_, '_>, award: usize, place: usize) -> Option<Self> {
        let nearest = work.nearest(award, place)?;
        let (found, columns) = (work.award(award), work.columns);
        let (standard, found) = (&columns.awards[award].standards[nearest], &found.standards[nearest]);
        let leaves = standard.blocking(work, found, place);
        let unsure = found.fits(place) == Fits::Perhaps && found.codes.leaning.of(place) == cell::UNKNOWN;
        let group = unsure.then(|| format!("{}/{GROUP}", standard.path));
        let first = leaves.first().filter(|_| group.is_none());
        let lacking = first.map_or(0, |leaf| standard.lacking(work, found, place, *leaf));
        let blocking = leaves.iter().map(|leaf| standard.leaves[*leaf].path.clone());
        Some(Blocked {
            standard: standard.path.clone(),
            conditions: group.into_iter().chain(blocking).collect(),
            lacking,
        })
    }
}
