//! Commendations of people drawn by the chains of the invented practice, by movements, and for long service.

use std::cmp::Reverse;

use chrono::{Datelike, Days};
use rules::facts::{Day, Grade, Kind, Scope, Sex, Year};

use super::draw::Draw;
use super::initiative::{take, unused};
use super::office::{Moment, weekday};
use super::person::{Awarded, Person};
use super::plan::Plan;
use super::practice::{Chain, Service};
use super::title::FIGHTER;

/// Awards that rest on merit over the years up to a year of work, decided in the year after.
pub fn confer(plan: &Plan, people: &mut [Person], year: Year) {
    for chain in plan.practice.chain.iter().filter(|chain| (chain.from..=chain.until).contains(&(year + 1))) {
        let day = plan.office.day(moment(plan, &chain.award), year, "");
        let mut able: Vec<usize> = (0..people.len()).filter(|&at| fits(chain, &people[at], year, day)).collect();
        able.sort_by_key(|&at| Reverse(people[at].strength));
        let mut given: Vec<(String, usize)> = Vec::new();
        for at in able {
            let Some(unit) = people[at].unit_on(day).map(|code| plan.top(code).to_owned()) else { continue };
            let in_unit = given.iter().filter(|(code, _)| *code == unit).count();
            let full = chain.per_unit.is_some_and(|cap| in_unit >= cap)
                || chain.per_office.is_some_and(|cap| given.len() >= cap);
            if full || plan.on_paper(&unit, year) {
                continue;
            }
            give(plan, chain, &mut people[at], year, &unit);
            given.push((unit, at));
        }
    }
}

/// Awards for a movement that ends in a year.
pub fn confer_for_movements(plan: &Plan, people: &mut [Person], year: Year) {
    for movement in plan.practice.movement.iter().filter(|movement| movement.year == year) {
        for unit in plan.peopled(year) {
            let day = plan.office.day(&plan.office.round.movement_certificates, year, &unit.code);
            let mut able: Vec<&mut Person> = people
                .iter_mut()
                .filter(|person| {
                    person.written_until < year && person.unit_on(day).is_some_and(|code| plan.top(code) == unit.code)
                })
                .filter(|person| person.grade(year - 1).is_some_and(|grade| grade >= Grade::Tot) && !person.barred(day))
                .collect();
            able.sort_by_key(|person| {
                Draw::new(plan.office.seed, &format!("movement/{}/{year}", person.code)).below(1000)
                    + person.strength / 4
            });
            for person in able.into_iter().take(movement.per_unit) {
                person.awards.push(awarded("bang-khen-bo", day, None, Kind::PhongTrao, &movement.occasion));
            }
        }
    }
}

/// Orders for long service in leading posts, decided shortly before retirement.
pub fn confer_for_service(plan: &Plan, people: &mut [Person]) {
    let drawn_from = |person: &Person| plan.office.first_year.max(person.written_until.saturating_add(1));
    for person in people.iter_mut().filter(|person| person.disciplines.is_empty()) {
        let retired = person.stays.last().filter(|stay| stay.why == "nghi-huu").and_then(|stay| stay.until);
        let Some(leaving) = retired.filter(|day| day.year() > drawn_from(person)) else { continue };
        let day = weekday(leaving - Days::new(20));
        let long_enough = |order: &&Service| {
            let months = if person.sex == Sex::Nu { order.women } else { order.men };
            months_in_posts(person, order, day) >= months
        };
        let rewarded =
            person.awards.iter().any(|award| is_of_state(&award.award) && award.decided.year() == day.year());
        if let Some(order) = plan.practice.service.iter().find(long_enough).filter(|_| !rewarded) {
            person.awards.push(awarded(&order.award, day, None, Kind::CongHien, ""));
        }
    }
}

/// Whether a commendation is one of the State, of which a person receives at most one a year.
pub fn is_of_state(award: &str) -> bool {
    award == "bang-khen-thu-tuong" || award.starts_with("huan-chuong")
}

/// An award without a number yet.
pub fn awarded(award: &str, decided: Day, period: Option<(Year, Year)>, kind: Kind, occasion: &str) -> Awarded {
    Awarded {
        award: award.to_owned(),
        decided,
        period,
        kind,
        occasion: occasion.to_owned(),
        number: None,
        revoked: None,
    }
}

fn moment<'a>(plan: &'a Plan, award: &str) -> &'a Moment {
    let round = &plan.office.round;
    match award {
        "bang-khen-bo" => &round.ministry_certificates,
        "bang-khen-thu-tuong" => &round.premier_certificates,
        _ => &round.orders,
    }
}

fn fits(chain: &Chain, person: &Person, year: Year, day: Day) -> bool {
    let years = (year - chain.run + 1, year);
    let graded = (years.0..=years.1).all(|back| person.grade(back).is_some_and(|grade| grade >= chain.grade));
    let excellent = (years.0..=years.1).filter(|&back| person.grade(back) == Some(Grade::XuatSac)).count();
    let fighter = (years.0..=years.1).filter(|&back| person.holds_title(FIGHTER, back)).count();
    let initiatives = chain.initiatives == 0
        || unused(person, years, chain.scope.unwrap_or(Scope::CoSo), day).len() >= chain.initiatives;
    // Decisions of the year after the last written one belong to the written years.
    person.written_until < year
        && person.unit_on(day).is_some()
        && !person.barred(day)
        && graded
        && excellent >= chain.excellent_years
        && fighter >= chain.fighter_years
        && initiatives
        && follows(chain, person, years, day)
}

/// Whether the award before is old enough, no award of the same form covers these years, and no other State award falls in the year.
fn follows(chain: &Chain, person: &Person, years: (Year, Year), day: Day) -> bool {
    let by_merit = |award: &&Awarded| award.kind == Kind::CongTrang;
    let previous = chain.after.as_ref().map(|after| {
        person
            .awards
            .iter()
            .filter(by_merit)
            .filter(|award| award.award == *after)
            .map(|award| award.decided.year())
            .min()
    });
    let old_enough = previous.is_none_or(|year| year.is_some_and(|year| year + chain.gap <= day.year()));
    let repeated = person.awards.iter().filter(|award| award.award == chain.award).any(|award| match award.period {
        Some((_, last)) => last >= years.0,
        None => chain.after.is_some(),
    });
    let another = is_of_state(&chain.award)
        && person.awards.iter().any(|award| {
            is_of_state(&award.award) && award.kind != Kind::CongHien && award.decided.year() == day.year()
        });
    old_enough && !repeated && !another
}

fn give(plan: &Plan, chain: &Chain, person: &mut Person, year: Year, unit: &str) {
    let years = (year - chain.run + 1, year);
    let day = plan.office.day(moment(plan, &chain.award), year, unit);
    let mut places = unused(person, years, chain.scope.unwrap_or(Scope::CoSo), day);
    places.truncate(chain.initiatives);
    take(person, &places, &chain.award);
    person.awards.push(awarded(&chain.award, day, Some(years), Kind::CongTrang, ""));
}

/// Whole months in posts of the order's levels up to a day.
fn months_in_posts(person: &Person, order: &Service, day: Day) -> i32 {
    let held = person.posts.iter().filter(|post| order.levels.contains(&post.level) && post.from < day);
    let months = |from: Day, until: Day| {
        let begun = i32::from(until.day() < from.day());
        (until.year() - from.year()) * 12 + until.month0() as i32 - from.month0() as i32 - begun
    };
    held.map(|post| months(post.from, post.until.map_or(day, |until| until.min(day)))).sum()
}
