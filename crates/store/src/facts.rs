//! From the records of a subject to the facts that the law is asked about.

use std::collections::BTreeMap;

use rules::facts::{AwardFact, Day, Facts, TitleFact};
use uuid::Uuid;

use crate::conferrals::Conferral;
use crate::subjects::{Known, Records};

/// The facts of a subject, and the decision behind each of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SubjectFacts {
    pub facts: Facts,
    /// From a JSON pointer into the facts, such as `/titles/0`, to the decision that conferred it.
    pub decisions: BTreeMap<String, Uuid>,
}

/// Fills the lists of `facts` from the records; what was revoked by the day, and what does not count, is absent.
pub(crate) fn of_records(mut facts: Facts, records: &Records, day: Day) -> SubjectFacts {
    facts.complete = records.complete.clone();
    facts.grades = plain(&records.grades);
    facts.initiatives = records.initiatives.iter().map(|initiative| initiative.fact.clone()).collect();
    facts.disciplines = plain(&records.disciplines);
    facts.holds = plain(&records.holds);
    facts.posts = records.posts.iter().map(|post| post.fact.clone()).collect();
    facts.leave = plain(&records.leave);
    facts.registrations = records.registrations.clone();
    facts.attested = plain(&records.attested);
    let mut decisions = BTreeMap::new();
    let stands = |conferral: &&Conferral| {
        conferral.counts
            && conferral.known_from.is_none_or(|from| from <= day)
            && conferral.revoked.as_ref().is_none_or(|revocation| revocation.day > day)
    };
    for conferral in records.conferrals.iter().filter(stands) {
        let pointer = match conferral.title_year {
            Some(year) => {
                facts.titles.push(title(conferral, year));
                format!("/titles/{}", facts.titles.len() - 1)
            }
            None => {
                facts.awards.push(award(conferral));
                format!("/awards/{}", facts.awards.len() - 1)
            }
        };
        decisions.insert(pointer, conferral.decision);
    }
    SubjectFacts { facts, decisions }
}

fn title(conferral: &Conferral, year: i32) -> TitleFact {
    TitleFact {
        award: conferral.award.clone(),
        year,
        decided: Some(conferral.decided),
        number: Some(conferral.number.clone()),
        issuer: Some(conferral.issuer.clone()),
    }
}

fn award(conferral: &Conferral) -> AwardFact {
    AwardFact {
        award: conferral.award.clone(),
        decided: conferral.decided,
        period: conferral.period,
        kind: conferral.kind,
        number: Some(conferral.number.clone()),
        issuer: Some(conferral.issuer.clone()),
    }
}

fn plain<F: Clone>(known: &[Known<F>]) -> Vec<F> {
    known.iter().map(|known| known.fact.clone()).collect()
}
