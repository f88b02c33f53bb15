//! Registration of taking part in the year's emulation, a basis for titles before 2024.

use rules::facts::{RecordKind, Year};

use super::grading::on_roster;
use super::person::Person;
use super::plan::Plan;

/// Registers everyone on a roster of the year whose registrations of that year were entered.
pub fn register(plan: &Plan, people: &mut [Person], year: Year) {
    if year > plan.practice.registration.until {
        return;
    }
    for unit in plan.peopled(year) {
        for person in people.iter_mut().filter(|person| on_roster(plan, person, unit, year)) {
            let entered = person
                .complete
                .get(&RecordKind::Registrations)
                .is_none_or(|ranges| ranges.iter().any(|(first, last)| (*first..=*last).contains(&year)));
            if entered {
                person.registrations.push(year);
            }
        }
    }
}
