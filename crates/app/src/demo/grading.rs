//! The yearly degree of task completion of those whose grades are not written in the files.

use chrono::Months;
use rules::facts::{Day, Grade, Year};

use super::draw::Draw;
use super::person::{Graded, Person};
use super::plan::Plan;
use super::unit::Unit;

/// Grades a year of work in every unit that has people.
pub fn grade(plan: &Plan, people: &mut [Person], year: Year) {
    for unit in plan.peopled(year) {
        grade_unit(plan, people, unit, year);
    }
}

/// Whether a person is on the roster of a unit, sections included, on the day rosters are taken.
pub fn on_roster(plan: &Plan, person: &Person, unit: &Unit, year: Year) -> bool {
    person.unit_on(plan.office.roster_day(year)).is_some_and(|code| plan.top(code) == unit.code)
}

/// Whether a person was recruited too late in a year to be considered for its titles.
pub fn is_newcomer(plan: &Plan, person: &Person, year: Year) -> bool {
    person.recruited + Months::new(plan.practice.newcomer(year)) > year_end(year)
}

fn grade_unit(plan: &Plan, people: &mut [Person], unit: &Unit, year: Year) {
    let decided = plan.office.day(&plan.office.round.grades, year, &unit.code);
    let shares = plan.practice.grading(year);
    let on_roster: Vec<usize> = (0..people.len()).filter(|&at| on_roster(plan, &people[at], unit, year)).collect();
    let written = |grade: Grade| on_roster.iter().filter(|&&at| people[at].grade(year) == Some(grade)).count();
    let mut drawn: Vec<usize> = on_roster
        .iter()
        .copied()
        .filter(|&at| people[at].written_until < year && serves_half_a_year(&people[at], year))
        .collect();
    drawn.sort_by_key(|&at| std::cmp::Reverse((standing(plan, &people[at], year), at)));
    let considered = |at: usize| !is_newcomer(plan, &people[at], year) && !people[at].disciplined_in(year);
    let plain = plain_count(plan, people, unit, &on_roster, year, on_roster.len() * shares.plain / 100);
    let bottom: Vec<usize> = drawn.iter().rev().copied().filter(|&at| considered(at)).take(plain).collect();
    let excellent = (on_roster.len() * shares.excellent / 100).saturating_sub(written(Grade::XuatSac));
    let top: Vec<usize> = drawn.iter().copied().filter(|at| !bottom.contains(at)).take(excellent).collect();
    for at in drawn {
        let grade = if top.contains(&at) {
            Grade::XuatSac
        } else if bottom.contains(&at) {
            Grade::HoanThanh
        } else {
            Grade::Tot
        };
        people[at].grades.push(Graded { year, grade, decided });
    }
}

/// How many of the drawn people end below "hoàn thành tốt", so that a share written in the files comes out exactly.
fn plain_count(plan: &Plan, people: &[Person], unit: &Unit, on_roster: &[usize], year: Year, usual: usize) -> usize {
    if unit.always_advanced {
        return 0;
    }
    let Some(share) = plan.share(&unit.code, year) else { return usual };
    // Those who will not have the title whatever the drawn grades are.
    let outside = |at: &&usize| {
        let person = &people[**at];
        let written = person.written_until >= year && person.grade(year).is_none_or(|grade| grade < Grade::Tot);
        written || is_newcomer(plan, person, year) || person.disciplined_in(year)
    };
    (share.considered - share.advanced).saturating_sub(on_roster.iter().filter(outside).count())
}

fn standing(plan: &Plan, person: &Person, year: Year) -> u32 {
    person.strength + Draw::new(plan.office.seed, &format!("standing/{}/{year}", person.code)).below(300)
}

fn serves_half_a_year(person: &Person, year: Year) -> bool {
    person.recruited + Months::new(6) <= year_end(year)
}

fn year_end(year: Year) -> Day {
    Day::from_ymd_opt(year, 12, 31).expect("every year has a last day")
}
