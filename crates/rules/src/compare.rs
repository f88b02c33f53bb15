//! What a change of the law changes: the honours for which one subject is answered otherwise.

use serde::{Deserialize, Serialize};

use crate::ask::Verdict;
use crate::explain::explain;
use crate::facts::{Day, Facts};
use crate::law::Law;

/// One honour that is answered otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    pub award: String,
    /// Absent where the honour is not among those of the law, or not for such a subject.
    pub before: Option<Said>,
    pub after: Option<Said>,
}

/// An answer without its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub verdict: Verdict,
    /// The verdict under the last loaded values, where a text of the day is not loaded.
    pub provisional: Option<Verdict>,
    /// The first day on which it can be met.
    pub earliest: Option<Day>,
}

impl Said {
    /// Whether both say the same of the day asked; the first day on which it can be met may differ.
    pub fn agrees(self, other: Said) -> bool {
        (self.verdict, self.provisional) == (other.verdict, other.provisional)
    }
}

/// The honours for which the verdict on a day differs between two laws, in the order of lists.
pub fn compare(before: &Law, after: &Law, facts: &Facts, on: Day) -> Vec<Changed> {
    let added = after.awards.iter().filter(|award| before.award(&award.id).is_none());
    let awards = before.awards.iter().chain(added).filter(|award| award.subjects.contains(&facts.subject));
    let changed = awards.filter_map(|award| {
        let changed = Changed {
            award: award.id.clone(),
            before: said(before, &award.id, facts, on),
            after: said(after, &award.id, facts, on),
        };
        let same = match (changed.before, changed.after) {
            (Some(before), Some(after)) => before.agrees(after),
            (before, after) => before.is_none() && after.is_none(),
        };
        (!same).then_some(changed)
    });
    changed.collect()
}

fn said(law: &Law, award: &str, facts: &Facts, on: Day) -> Option<Said> {
    let answer = explain(law, award, facts, on, None, None).ok()?;
    Some(Said { verdict: answer.verdict, provisional: answer.provisional, earliest: answer.earliest })
}
