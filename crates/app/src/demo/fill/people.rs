//! The people with their times in units and in posts, and what is known of each of them apart from honours.

use chrono::Datelike;
use rules::facts::{Day, RecordKind};
use store::error::StoreError;
use store::records::{
    NewAttestation, NewCompleteRange, NewDiscipline, NewGrade, NewHold, NewLeave, NewMembership, NewPerson, NewPost,
    NewRegistration, NewRosterException,
};
use store::step::Step;
use store::words::{MembershipKind, PostForm, PostLevel, PostSide};
use uuid::Uuid;

use super::{Ids, Population, last_day};
use crate::demo::grading;
use crate::demo::person::{Person, PostHeld, Stay};
use crate::demo::quoted::{Article, Quoted};

/// Adds the fictitious people and those whom the article names.
pub fn add(step: &mut Step, known: &Population, today: Day, ids: &mut Ids) -> Result<(), StoreError> {
    for person in &known.people {
        let id = step.id();
        ids.people.insert(person.code.clone(), id);
        step.add(NewPerson {
            id,
            full_name: person.name.clone(),
            sex: Some(person.sex),
            born: Some(person.born),
            recruited: Some(person.recruited),
            staff_group: Some(person.group),
            fictitious: true,
            quotation: None,
            excluded_from_roster: false,
        })?;
        person.stays.iter().try_for_each(|stay| membership(step, known, stay, today, id, ids))?;
        person.posts.iter().try_for_each(|post| held_post(step, known, person, post, id, ids))?;
        matters(step, person, id)?;
        yearly(step, known, person, id)?;
    }
    if known.article.day <= today {
        known.article.person.iter().try_for_each(|quoted| quote(step, &known.article, quoted))?;
    }
    Ok(())
}

/// The level of a post as the office counts leaders and staff.
pub fn level(level: Option<&str>) -> PostLevel {
    match level {
        Some("dung-dau" | "lanh-dao-vu") => PostLevel::LanhDaoVu,
        Some("lanh-dao-phong") => PostLevel::LanhDaoPhong,
        _ => PostLevel::TrucTiep,
    }
}

fn membership(
    step: &mut Step,
    known: &Population,
    stay: &Stay,
    today: Day,
    person: Uuid,
    ids: &Ids,
) -> Result<(), StoreError> {
    let reviewed = known.plan.reviewed.iter().find(|row| row.unit == stay.unit && row.from <= today);
    let Some(review) = reviewed else { return place(step, stay, &stay.unit, stay.from, stay.until, person, ids) };
    // Before another unit took over the review, the unit reviewed its people itself.
    if stay.from < review.from {
        let first_end = stay.until.map_or(review.from, |until| until.min(review.from));
        place(step, stay, &stay.unit, stay.from, Some(first_end), person, ids)?;
    }
    if stay.until.is_none_or(|until| until > review.from) {
        place(step, stay, &review.reviewed_by, stay.from.max(review.from), stay.until, person, ids)?;
    }
    Ok(())
}

fn place(
    step: &mut Step,
    stay: &Stay,
    review: &str,
    from: Day,
    until: Option<Day>,
    person: Uuid,
    ids: &Ids,
) -> Result<(), StoreError> {
    let (unit, review_unit) = (ids.units[&stay.unit], ids.units[review]);
    step.add(NewMembership {
        id: step.id(),
        person,
        unit,
        review_unit,
        kind: if stay.seconded { MembershipKind::BietPhai } else { MembershipKind::Chinh },
        from_day: from,
        to_day: last_day(until),
    })?;
    Ok(())
}

fn held_post(
    step: &mut Step,
    known: &Population,
    person: &Person,
    post: &PostHeld,
    id: Uuid,
    ids: &Ids,
) -> Result<(), StoreError> {
    let Some(label) = known.plan.office.post(&post.level) else {
        return Err(StoreError::Refused(format!("office.toml labels no post {}", post.level)));
    };
    let unit = person.unit_on(post.from).map(|code| ids.units[code]);
    step.add(NewPost {
        id: step.id(),
        person: id,
        unit,
        label: label.title.clone(),
        post: Some(label.equals.clone()),
        side: PostSide::ChinhQuyen,
        level: level(Some(&post.level)),
        form: PostForm::ChinhThuc,
        position: 1,
        from_day: post.from,
        to_day: last_day(post.until),
    })?;
    Ok(())
}

fn matters(step: &mut Step, person: &Person, id: Uuid) -> Result<(), StoreError> {
    for leave in &person.leaves {
        step.add(NewLeave {
            id: step.id(),
            person: id,
            kind: leave.kind,
            from_day: leave.from,
            to_day: last_day(leave.until),
        })?;
    }
    for measure in &person.disciplines {
        step.add(NewDiscipline {
            id: step.id(),
            person: Some(id),
            collective: None,
            kind: measure.kind,
            number: measure.number.clone(),
            from_day: measure.from,
            to_day: measure.to,
        })?;
    }
    for hold in &person.holds {
        step.add(NewHold {
            id: step.id(),
            person: Some(id),
            collective: None,
            kind: hold.kind,
            document: None,
            from_day: hold.from,
            to_day: hold.to,
        })?;
    }
    for attested in &person.attested {
        step.add(NewAttestation {
            id: step.id(),
            person: Some(id),
            collective: None,
            condition: attested.condition.clone(),
            value: attested.value,
            on_day: attested.on,
            by_whom: attested.by.clone(),
        })?;
    }
    Ok(())
}

fn yearly(step: &mut Step, known: &Population, person: &Person, id: Uuid) -> Result<(), StoreError> {
    for &year in &person.registrations {
        step.add(NewRegistration { id: step.id(), person: Some(id), collective: None, year })?;
    }
    for graded in &person.grades {
        step.add(NewGrade {
            id: step.id(),
            person: Some(id),
            collective: None,
            year: graded.year,
            grade: graded.grade,
            decided: Some(graded.decided),
            number: None,
            issuer: Some(known.plan.office.code.clone()),
        })?;
    }
    let first = person.recruited.year();
    let newcomer = grading::is_newcomer(&known.plan, person, first);
    if let Some(reason) = known.plan.newcomer_reason(first).filter(|_| newcomer) {
        step.add(NewRosterException { id: step.id(), person: id, year: first, reason })?;
    }
    for (kind, ranges) in &person.complete {
        ranges.iter().try_for_each(|range| complete(step, id, *kind, *range))?;
    }
    Ok(())
}

fn complete(
    step: &mut Step,
    person: Uuid,
    kind: RecordKind,
    (from_year, to_year): (i32, i32),
) -> Result<(), StoreError> {
    step.add(NewCompleteRange { id: step.id(), person: Some(person), collective: None, kind, from_year, to_year })?;
    Ok(())
}

fn quote(step: &mut Step, article: &Article, quoted: &Quoted) -> Result<(), StoreError> {
    let words = quoted.quotation.as_deref().unwrap_or(&quoted.printed);
    let doubt = quoted.doubt.as_ref().map_or(String::new(), |doubt| format!(" {doubt}"));
    step.add(NewPerson {
        quotation: Some(format!("“{words}”. {} ({}). {}.{doubt}", quoted.role, article.conference, article.source)),
        excluded_from_roster: true,
        ..NewPerson::named(step.id(), quoted.name.as_str())
    })?;
    Ok(())
}
