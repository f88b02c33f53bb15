//! How near a known person is to a row: each thing that speaks for or against with its weight, and what follows.

use chrono::Datelike;
use uuid::Uuid;

use super::units::{Nearness, UnitIndex};
use super::{Born, Candidate, Known, Reason, Sought, Verdict, Why, folded};
use crate::names;

/// How much a reason weighs; a number decides, a name is where the question begins.
fn weight(why: Why) -> i32 {
    match why {
        Why::SameNumber => 100,
        Why::OtherNumber => -60,
        Why::SameName => 30,
        Why::NameWithoutMarks => 20,
        Why::OtherName => -20,
        Why::SameBirthday => 40,
        Why::SameBirthYear => 20,
        Why::OtherBirthday => -5,
        Why::OtherBirthYear => -40,
        Why::InUnit => 20,
        Why::InUnitOnce => 12,
        Why::NearUnit => 8,
        Why::OtherUnit => -5,
        Why::SamePost => 5,
    }
}

/// A person as a candidate for a row.
pub(crate) fn candidate(units: &UnitIndex, row: &Sought, id: Uuid, known: &Known) -> Candidate {
    let mut reasons = Vec::new();
    let mut say = |why, word: Option<String>| reasons.push(Reason { why, word });
    if row.numbers.iter().any(|number| known.numbers.contains(number)) {
        say(Why::SameNumber, None);
    } else if row.numbers.iter().any(|(kind, _)| known.numbers.iter().any(|(known, _)| known == kind)) {
        say(Why::OtherNumber, None);
    }
    say(name(row, known), None);
    if let Some((why, word)) = birth(row, known) {
        say(why, word);
    }
    if let Some((why, word)) = unit(units, row, known) {
        say(why, word);
    }
    if row.post.as_ref().is_some_and(|post| known.posts.iter().any(|label| folded(label) == folded(post))) {
        say(Why::SamePost, None);
    }
    Candidate {
        person: id,
        full_name: known.full_name.clone(),
        born: known.born,
        unit_id: known.stays.last().map(|(unit, ..)| *unit),
        unit: known.stays.last().and_then(|(unit, ..)| units.name(*unit)).map(str::to_owned),
        post: known.posts.last().cloned(),
        score: reasons.iter().map(|reason| weight(reason.why)).sum(),
        reasons,
    }
}

/// Whether a candidate is worth looking at: of another birth year or number only where something else speaks for it.
pub(crate) fn may_be_meant(candidate: &Candidate) -> bool {
    let says = |why| speaks(candidate, why);
    if says(Why::SameNumber) {
        return true;
    }
    let here = says(Why::InUnit) || says(Why::InUnitOnce);
    (here || !says(Why::OtherBirthYear)) && (says(Why::SameBirthday) || !says(Why::OtherNumber))
}

/// What follows from candidates in the order of their scores.
pub(crate) fn verdict(candidates: &[Candidate]) -> Verdict {
    let contradicts = |candidate: &Candidate| {
        let says = |why| speaks(candidate, why);
        says(Why::SameNumber) && (says(Why::OtherName) || says(Why::OtherBirthYear))
    };
    let certain = candidates.iter().filter(|candidate| is_certain(candidate)).count();
    match (candidates.len(), certain) {
        (0, _) => Verdict::New,
        _ if candidates.iter().any(contradicts) => Verdict::Conflict,
        (_, 1) if is_certain(&candidates[0]) => Verdict::Certain,
        (_, 0 | 1) => Verdict::Doubtful,
        _ => Verdict::Conflict,
    }
}

/// The number with the name; or the name with the day of birth; or the name, the year of birth and the unit.
fn is_certain(candidate: &Candidate) -> bool {
    let says = |why| speaks(candidate, why);
    let named = says(Why::SameName) || says(Why::NameWithoutMarks);
    let here = says(Why::InUnit) || says(Why::InUnitOnce);
    named
        && !says(Why::OtherBirthYear)
        && (says(Why::SameNumber)
            || !says(Why::OtherNumber)
                && (says(Why::SameBirthday) || says(Why::SameName) && says(Why::SameBirthYear) && here))
}

/// Whether an officer may take a candidate together with others: the name as written, in that unit.
pub fn is_exact(candidate: &Candidate) -> bool {
    let says = |why| speaks(candidate, why);
    says(Why::SameName)
        && (says(Why::InUnit) || says(Why::InUnitOnce))
        && ![Why::OtherBirthYear, Why::OtherBirthday, Why::OtherNumber].into_iter().any(says)
}

fn speaks(candidate: &Candidate, why: Why) -> bool {
    candidate.reasons.iter().any(|reason| reason.why == why)
}

fn name(row: &Sought, known: &Known) -> Why {
    let exact = |name: &str| names::exact(name).split_whitespace().collect::<Vec<_>>().join(" ");
    if exact(&row.full_name) == exact(&known.full_name) {
        Why::SameName
    } else if folded(&row.full_name) == known.folded {
        Why::NameWithoutMarks
    } else {
        Why::OtherName
    }
}

fn birth(row: &Sought, known: &Known) -> Option<(Why, Option<String>)> {
    let (given, born) = (row.born?, known.born?);
    let year = match given {
        Born::Day(day) if day == born => return Some((Why::SameBirthday, None)),
        Born::Day(day) if day.year() == born.year() => return Some((Why::OtherBirthday, None)),
        Born::Day(day) => day.year(),
        Born::Year(year) => year,
    };
    Some(match year == born.year() {
        true => (Why::SameBirthYear, None),
        false => (Why::OtherBirthYear, Some(born.year().to_string())),
    })
}

fn unit(units: &UnitIndex, row: &Sought, known: &Known) -> Option<(Why, Option<String>)> {
    let unit = row.unit?;
    let (last, ..) = known.stays.last()?;
    let word = |unit| units.name(unit).map(str::to_owned);
    let at = |from: &chrono::NaiveDate, to: &Option<chrono::NaiveDate>| match row.on {
        Some(day) => *from <= day && to.is_none_or(|to| day <= to),
        None => to.is_none(),
    };
    if known.stays.iter().any(|(stay, from, to)| *stay == unit && at(from, to)) {
        return Some((Why::InUnit, word(unit)));
    }
    if known.stays.iter().any(|(stay, ..)| *stay == unit) {
        return Some((Why::InUnitOnce, word(unit)));
    }
    let near = known.stays.iter().find(|(stay, ..)| units.nearness(*stay, unit) == Nearness::Near);
    Some(match near {
        Some((stay, ..)) => (Why::NearUnit, word(*stay)),
        None => (Why::OtherUnit, word(*last)),
    })
}
