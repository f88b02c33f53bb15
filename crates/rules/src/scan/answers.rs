//! What a scan answers for one subject and one honour.

use crate::ask::Verdict;
use crate::explain::GROUP;
use crate::facts::Day;
use crate::scan::award::{AwardPlan, AwardRun};
use crate::scan::cell::{self, Code};
use crate::scan::standard::Fits;

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
    pub(crate) fn of(run: &AwardRun, place: usize) -> Self {
        let code: Code = run.code(place);
        Answered {
            verdict: cell::verdict(code.verdict()),
            provisional: code.provisional().map(cell::verdict),
            earliest: cell::day(run.earliest(place)),
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
    pub(crate) fn of(plan: &AwardPlan<'_>, run: &AwardRun, place: usize) -> Option<Self> {
        let nearest = run.nearest(place)?;
        let (standard, found) = (&plan.standards[nearest], run.standard(nearest));
        let leaves = found.blocking(standard, place);
        let unsure = found.fits(place) == Fits::Perhaps && found.code(place).leaning() == cell::UNKNOWN;
        let group = unsure.then(|| format!("{}/{GROUP}", standard.path));
        let lacking = leaves.first().filter(|_| group.is_none()).map_or(0, |leaf| found.lacking(*leaf, place));
        let blocking = leaves.iter().map(|leaf| standard.leaves[*leaf].path.clone());
        Some(Blocked {
            standard: standard.path.clone(),
            conditions: group.into_iter().chain(blocking).collect(),
            lacking,
        })
    }
}
