//! Decisions with their lines, initiatives with their uses, and the yearly records of collectives.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use rules::facts::{Day, Year};
use store::error::StoreError;
use store::records::{
    NewAttestation, NewCompleteRange, NewConferral, NewDecision, NewDecisionEnd, NewGrade, NewInitiative,
    NewInitiativeUse, NewRegistration,
};
use store::step::Step;
use store::words::EndKind;
use uuid::Uuid;

use super::people::level;
use super::{Ids, Population};
use crate::demo::collective::Collective;
use crate::demo::known;
use crate::demo::person::{Awarded, Person, Titled};

/// The series of invented decisions.
const SERIES: &str = "MH";

/// The decisions by printed number and year of numbering, with how many lines each has so far.
type Papers = BTreeMap<(String, Year), (Uuid, i32)>;

/// Adds the decisions and everything they confer.
pub fn add(step: &mut Step, known: &Population, today: Day, ids: &Ids) -> Result<(), StoreError> {
    let mut papers = decisions(step, known)?;
    for collective in &known.collectives {
        let Some(&id) = ids.units.get(&collective.unit) else { continue };
        for title in &collective.titles {
            let line = of_title(step, title, &mut papers)?;
            step.add(NewConferral { collective: Some(id), unit: Some(id), ..line })?;
        }
        for award in &collective.awards {
            let line = of_award(step, award, &mut papers)?;
            step.add(NewConferral { collective: Some(id), unit: Some(id), ..line })?;
        }
        yearly(step, known, collective, id, today)?;
    }
    for person in &known.people {
        honours(step, person, ids, known, &mut papers)?;
        initiatives(step, person, ids.people[&person.code])?;
    }
    Ok(())
}

/// Number and year of every decision that confers something.
fn conferring(known: &Population) -> BTreeSet<(String, Year)> {
    let (people, collectives) = (&known.people, &known.collectives);
    let titles = people.iter().flat_map(|it| &it.titles).chain(collectives.iter().flat_map(|it| &it.titles));
    let awards = people.iter().flat_map(|it| &it.awards).chain(collectives.iter().flat_map(|it| &it.awards));
    let titles = titles.filter_map(|title| Some((title.number.clone()?, title.decided.year())));
    titles.chain(awards.filter_map(|award| Some((award.number.clone()?, award.decided.year())))).collect()
}

/// The register of award decisions; papers on grades, initiatives and discipline are numbered but do not stand in it.
fn decisions(step: &mut Step, known: &Population) -> Result<Papers, StoreError> {
    let conferring = conferring(known);
    let mut papers = Papers::new();
    for decision in known.decisions.iter().filter(|it| conferring.contains(&(it.printed(), it.year))) {
        let issuer = known.plan.office.issuer.iter().find(|issuer| issuer.id == decision.issuer);
        let id = step.add(NewDecision {
            id: step.id(),
            issuer: decision.issuer.clone(),
            symbol: decision.symbol.clone(),
            number: format!("{SERIES}-{:03}", decision.number),
            year: decision.year,
            day: decision.day,
            summary: format!("Về việc {}", decision.subject),
            authority: issuer.map_or(String::new(), |issuer| issuer.title.clone()),
            series: Some(SERIES.to_owned()),
            illustrative: true,
            signer: None,
        })?;
        papers.insert((decision.printed(), decision.year), (id, 0));
    }
    Ok(papers)
}

fn honours(
    step: &mut Step,
    person: &Person,
    ids: &Ids,
    known: &Population,
    papers: &mut Papers,
) -> Result<(), StoreError> {
    let id = ids.people[&person.code];
    for title in &person.titles {
        let line = of_title(step, title, papers)?;
        step.add(placed(line, person, id, title.decided, ids, known))?;
    }
    for award in &person.awards {
        let line = of_award(step, award, papers)?;
        let decision = line.decision;
        let conferral = step.add(placed(line, person, id, award.decided, ids, known))?;
        if let Some(end) = &award.revoked {
            let (document, reason) = (end.document.clone(), end.reason.clone());
            let id = step.id();
            step.add(NewDecisionEnd {
                id,
                decision,
                conferral: Some(conferral),
                kind: EndKind::HuyBo,
                day: end.day,
                document,
                reason,
            })?;
        }
    }
    Ok(())
}

/// The line with the post and unit the person had on the day; who had left is named with the last ones.
fn placed(line: NewConferral, person: &Person, id: Uuid, day: Day, ids: &Ids, known: &Population) -> NewConferral {
    let last = person.stays.iter().rfind(|stay| stay.from <= day);
    let held = person.level_on(day).or_else(|| person.posts.last().map(|post| post.level.as_str()));
    let post = held.and_then(|level| known.plan.office.post(level));
    NewConferral {
        person: Some(id),
        post_printed: post.map(|post| post.title.clone()),
        level: Some(level(held)),
        unit: last.map(|stay| ids.units[&stay.unit]),
        ..line
    }
}

fn of_title(step: &Step, title: &Titled, papers: &mut Papers) -> Result<NewConferral, StoreError> {
    let line = line(step, title.number.as_deref(), title.decided, &title.award, papers)?;
    Ok(NewConferral { title_year: Some(title.year), ..line })
}

fn of_award(step: &Step, award: &Awarded, papers: &mut Papers) -> Result<NewConferral, StoreError> {
    let line = line(step, award.number.as_deref(), award.decided, &award.award, papers)?;
    let (period_from, period_to) = award.period.unzip();
    Ok(NewConferral { kind: Some(award.kind), period_from, period_to, ..line })
}

/// A line of the decision with this number, still without its recipient.
fn line(
    step: &Step,
    number: Option<&str>,
    decided: Day,
    award: &str,
    papers: &mut Papers,
) -> Result<NewConferral, StoreError> {
    let paper = number.and_then(|number| papers.get_mut(&(number.to_owned(), decided.year())));
    let Some((decision, position)) = paper else {
        return Err(StoreError::Refused(format!("no decision of {decided} for {award}")));
    };
    *position += 1;
    Ok(NewConferral {
        id: step.id(),
        decision: *decision,
        decided,
        person: None,
        collective: None,
        award: award.to_owned(),
        title_year: None,
        period_from: None,
        period_to: None,
        kind: None,
        post_printed: None,
        level: None,
        unit: None,
        unit_printed: None,
        position: *position,
        own_body: true,
    })
}

fn initiatives(step: &mut Step, person: &Person, id: Uuid) -> Result<(), StoreError> {
    for initiative in &person.initiatives {
        let recorded = step.add(NewInitiative {
            id: step.id(),
            person: Some(id),
            collective: None,
            name: initiative.name.clone(),
            sort: initiative.sort,
            scope: initiative.scope,
            year: initiative.year,
            decided: Some(initiative.decided),
            number: initiative.number.clone(),
        })?;
        for award in &initiative.used_for {
            step.add(NewInitiativeUse {
                id: step.id(),
                initiative: recorded,
                award: award.clone(),
                year: initiative.year,
            })?;
        }
    }
    Ok(())
}

fn yearly(
    step: &mut Step,
    known: &Population,
    collective: &Collective,
    id: Uuid,
    today: Day,
) -> Result<(), StoreError> {
    for graded in &collective.grades {
        step.add(NewGrade {
            id: step.id(),
            person: None,
            collective: Some(id),
            year: graded.year,
            grade: graded.grade,
            decided: Some(graded.decided),
            number: None,
            issuer: Some(known.plan.office.code.clone()),
        })?;
    }
    for &year in &collective.registrations {
        step.add(NewRegistration { id: step.id(), person: None, collective: Some(id), year })?;
    }
    for attested in &collective.attested {
        step.add(NewAttestation {
            id: step.id(),
            person: None,
            collective: Some(id),
            condition: attested.condition.clone(),
            value: attested.value,
            on_day: attested.on,
            by_whom: attested.by.clone(),
        })?;
    }
    for (kind, ranges) in known::complete_of_collective(&known.plan, collective, today) {
        for (from_year, to_year) in ranges {
            step.add(NewCompleteRange { id: step.id(), person: None, collective: Some(id), kind, from_year, to_year })?;
        }
    }
    Ok(())
}
