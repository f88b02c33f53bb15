//! Who works where and when: founding staff, recruits, transfers, promotions, reorganisations, retirements.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use rules::facts::{Day, Group, Leave, Sex, Year};

use super::draw::Draw;
use super::names::Namer;
use super::office::weekday;
use super::person::{LeaveTaken, Person, PostHeld, Stay};
use super::plan::Plan;
use super::unit::{Change, Kind, Unit};

/// Fills the units of the plan around the people written in the files, year by year.
pub fn staff<'a>(plan: &'a Plan, written: Vec<Person>, namer: Namer<'a>) -> Vec<Person> {
    let mut staffing = Staffing { plan, namer, people: written, numbers: BTreeMap::new() };
    for year in plan.office.first_year..=plan.office.last_year + 1 {
        staffing.depart(year);
        staffing.arrive(year);
        staffing.promote(year);
        staffing.reorganise(year);
    }
    staffing.maternity();
    staffing.people
}

/// An empty record of a person with the drawn strength; the caller fills what is written.
pub fn blank(code: &str, sex: Sex, seed: u64) -> Person {
    Person {
        code: code.to_owned(),
        name: String::new(),
        sex,
        born: NaiveDate::default(),
        group: Group::CongChuc,
        recruited: NaiveDate::default(),
        stays: Vec::new(),
        posts: Vec::new(),
        leaves: Vec::new(),
        disciplines: Vec::new(),
        holds: Vec::new(),
        registrations: Vec::new(),
        grades: Vec::new(),
        titles: Vec::new(),
        awards: Vec::new(),
        initiatives: Vec::new(),
        attested: Vec::new(),
        complete: BTreeMap::new(),
        untitled: Vec::new(),
        remark: String::new(),
        strength: Draw::new(seed, &format!("strength/{code}")).below(1000),
        written_until: Year::MIN,
    }
}

/// The sex that a code's last digit stands for: even numbers are women.
pub fn sex_of(code: &str) -> Sex {
    let even = code.chars().last().and_then(|digit| digit.to_digit(10)).is_some_and(|digit| digit % 2 == 0);
    if even { Sex::Nu } else { Sex::Nam }
}

struct Staffing<'a> {
    plan: &'a Plan,
    namer: Namer<'a>,
    people: Vec<Person>,
    numbers: BTreeMap<String, u32>,
}

impl Staffing<'_> {
    fn depart(&mut self, year: Year) {
        for person in self.people.iter_mut().filter(|person| person.written_until < year) {
            let Some(stay) = person.stays.iter().find(|stay| stay.until.is_none()) else { continue };
            let top = self.plan.top(&stay.unit).to_owned();
            if self.plan.unit(&top).and_then(|unit| unit.staff_in(year)).is_none() {
                continue;
            }
            let mut draw = Draw::new(self.plan.office.seed, &format!("depart/{}/{year}", person.code));
            let retires = person.retires(&self.plan.practice.retirement);
            let settled = stay.from.year() + 3 <= year;
            if retires.year() <= year {
                person.leave(self.plan.office.clear(retires, &top), "nghi-huu");
            } else if settled
                && (28..=46).contains(&person.age(retires.with_year(year).unwrap_or(retires)))
                && draw.percent(2)
            {
                person.leave(drawn_day(year, &mut draw), "chuyen-cong-tac");
            }
        }
    }

    fn arrive(&mut self, year: Year) {
        let last_day = NaiveDate::from_ymd_opt(year, 12, 31).expect("every year has a last day");
        for unit in &self.plan.units {
            let closing = unit.until.is_some_and(|day| day.year() == year);
            let formed_of_others = !unit.predecessors.is_empty() && unit.from.is_some_and(|day| day.year() == year);
            let Some(target) = unit.staff_in(year).filter(|_| !closing && !formed_of_others) else { continue };
            if unit.from.is_some_and(|from| from > last_day) {
                continue;
            }
            let founding = unit.predecessors.is_empty()
                && unit.staff.first().is_some_and(|(first, _)| *first == year)
                && unit.first_number.is_none();
            let here = self
                .people
                .iter()
                .filter(|person| person.unit_on(last_day).is_some_and(|code| self.plan.top(code) == unit.code))
                .count();
            for _ in here..target as usize {
                let person = self.newcomer(unit, year, founding);
                self.people.push(person);
            }
        }
    }

    /// A person who joins a unit in a year; founding staff bring their years of service with them.
    fn newcomer(&mut self, unit: &Unit, year: Year, founding: bool) -> Person {
        let first = unit.first_number.unwrap_or(1);
        let number = self.numbers.entry(unit.prefix()).and_modify(|number| *number += 1).or_insert(first);
        let code = format!("{}{number:02}", unit.prefix());
        let sex = sex_of(&code);
        let mut draw = Draw::new(self.plan.office.seed, &format!("person/{code}"));
        let joined = drawn_day(year, &mut draw);
        // In a year with a share written in the files nobody is a recruit, so that all are considered.
        let young = !founding && self.plan.share(&unit.code, year).is_none() && draw.percent(70);
        let start_age = 22 + draw.below(5);
        let age = match (founding, young) {
            (true, _) => start_age + 1 + draw.below(if sex == Sex::Nu { 25 } else { 30 }),
            (false, true) => start_age,
            (false, false) => 29 + draw.below(14),
        };
        let mut person = blank(&code, sex, self.plan.office.seed);
        person.name = self.namer.name(sex, &mut draw);
        person.born = NaiveDate::from_ymd_opt(year - years(age), 1 + draw.below(12), 1 + draw.below(28))
            .expect("days 1 to 28 exist in every month");
        person.recruited = if young { joined } else { drawn_day(person.born.year() + years(start_age), &mut draw) };
        let from = match (founding, unit.from) {
            (true, Some(opened)) => opened,
            (true, None) => drawn_day(
                person.recruited.year()
                    + draw_years(self.plan.office.first_year - 1 - person.recruited.year(), &mut draw),
                &mut draw,
            )
            .max(person.recruited)
            .max(weekday(self.plan.office.records_from)),
            (false, _) => joined,
        };
        person.recruited = person.recruited.min(from);
        let contract = matches!(unit.kind, Kind::Cuc | Kind::SuNghiep) && draw.percent(20);
        person.group = if contract { Group::HopDong } else { unit.group };
        let level = if contract { "nhan-vien" } else { "chuyen-vien" };
        person.posts.push(PostHeld { level: level.to_owned(), from, until: None });
        person.stays.push(Stay {
            unit: self.place(unit, from, &mut draw),
            from,
            until: None,
            why: String::new(),
            seconded: false,
        });
        person
    }

    /// The section of a unit in which a newcomer begins, or the unit itself.
    fn place(&self, unit: &Unit, day: Day, draw: &mut Draw) -> String {
        let sections: Vec<&Unit> = self
            .plan
            .units
            .iter()
            .filter(|section| section.parent.as_deref() == Some(&unit.code) && section.stands(day))
            .collect();
        if sections.is_empty() { unit.code.clone() } else { draw.one_of(&sections).code.clone() }
    }

    fn promote(&mut self, year: Year) {
        let last_day = NaiveDate::from_ymd_opt(year, 12, 31).expect("every year has a last day");
        for unit in self.plan.units.iter().filter(|unit| unit.staff_in(year).is_some()) {
            for (level, wanted, below) in [
                ("dung-dau", 1.min(unit.leaders), "lanh-dao-vu"),
                ("lanh-dao-vu", unit.leaders.saturating_sub(1), "chuyen-vien"),
                ("lanh-dao-phong", unit.section_leaders, "chuyen-vien"),
            ] {
                self.fill_posts(unit, level, below, wanted as usize, last_day);
            }
        }
    }

    fn fill_posts(&mut self, unit: &Unit, level: &str, below: &str, wanted: usize, last_day: Day) {
        let year = last_day.year();
        let plan = self.plan;
        let here = |person: &Person| person.unit_on(last_day).is_some_and(|code| plan.top(code) == unit.code);
        let held = self.people.iter().filter(|person| here(person) && person.level_on(last_day) == Some(level)).count();
        let rises = |person: &Person| match person.level_on(last_day) {
            Some(now) => {
                now == below
                    || (now == "lanh-dao-phong" && level != "lanh-dao-phong")
                    || (level == "dung-dau" && now == "chuyen-vien")
            }
            None => false,
        };
        let mut able: Vec<&mut Person> = self
            .people
            .iter_mut()
            .filter(|person| person.written_until < year && here(person) && person.group != Group::HopDong)
            .filter(|person| rises(person) && (34..=54).contains(&person.age(last_day)))
            .collect();
        // The post below comes first, then strength.
        able.sort_by_key(|person| {
            (person.level_on(last_day) != Some(below), std::cmp::Reverse(person.strength), person.code.clone())
        });
        for person in able.into_iter().take(wanted.saturating_sub(held)) {
            let joined = person.stays.last().map_or(last_day, |stay| stay.from);
            let old_enough = person.born + Months::new(38 * 12);
            let mut draw = Draw::new(plan.office.seed, &format!("promotion/{}/{year}", person.code));
            let day = if joined.year() < plan.office.first_year && year == plan.office.first_year {
                joined.max(old_enough).min(last_day)
            } else {
                drawn_day(year, &mut draw).max(joined)
            };
            person.takes(level, day);
        }
    }

    fn reorganise(&mut self, year: Year) {
        let plan = self.plan;
        for section in
            plan.units.iter().filter(|unit| unit.parent.is_some() && unit.until.is_some_and(|day| day.year() == year))
        {
            let (Some(parent), Some(day)) = (&section.parent, section.until) else { continue };
            self.people
                .iter_mut()
                .filter(|person| person.unit_on(day) == Some(&section.code))
                .for_each(|person| person.moves(parent, day));
        }
        for unit in
            plan.units.iter().filter(|unit| plan.has_people(unit) && unit.from.is_some_and(|day| day.year() == year))
        {
            let Some(day) = unit.from else { continue };
            let room =
                if unit.change == Some(Change::Tach) { unit.staff_in(year).unwrap_or(0) as usize } else { usize::MAX };
            let movers = self.people.iter_mut().filter(|person| {
                person.unit_on(day).is_some_and(|code| unit.predecessors.iter().any(|old| old == code))
            });
            movers.take(room).for_each(|person| person.moves(&unit.code, day));
        }
        self.close_remainders(year);
    }

    /// Whoever is still in a unit that was split goes to the last of its successors.
    fn close_remainders(&mut self, year: Year) {
        for unit in self.plan.units.iter().filter(|unit| self.plan.has_people(unit)) {
            let Some(day) = unit.until.filter(|day| day.year() == year) else { continue };
            let Some(successor) = self.plan.units.iter().rfind(|next| next.predecessors.contains(&unit.code)) else {
                continue;
            };
            self.people
                .iter_mut()
                .filter(|person| person.unit_on(day) == Some(&unit.code))
                .for_each(|person| person.moves(&successor.code, day));
        }
    }

    fn maternity(&mut self) {
        let rule = &self.plan.practice.maternity;
        for person in self.people.iter_mut().filter(|person| person.sex == Sex::Nu) {
            for year in
                self.plan.office.first_year.max(person.written_until.saturating_add(2))..=self.plan.office.last_year
            {
                let mut draw = Draw::new(self.plan.office.seed, &format!("maternity/{}/{year}", person.code));
                let from = drawn_day(year, &mut draw);
                let until = from + Months::new(rule.months);
                let present = person.unit_on(from).is_some() && person.unit_on(until).is_some();
                let free = person
                    .leaves
                    .iter()
                    .filter(|leave| leave.kind == Leave::ThaiSan)
                    .all(|leave| leave.from.year() + 2 <= year);
                let few = person.leaves.len() < 2;
                if present
                    && free
                    && few
                    && (rule.ages.0..=rule.ages.1).contains(&person.age(from))
                    && draw.percent(rule.percent)
                {
                    person.leaves.push(LeaveTaken { kind: Leave::ThaiSan, from, until: Some(until) });
                }
            }
        }
    }
}

/// A weekday from the second of January to the end of September.
fn drawn_day(year: Year, draw: &mut Draw) -> Day {
    let month = 1 + draw.below(9);
    weekday(NaiveDate::from_ymd_opt(year, month, 2 + draw.below(26)).expect("days 2 to 27 exist in every month"))
}

fn draw_years(span: Year, draw: &mut Draw) -> Year {
    u32::try_from(span).map_or(0, |span| years(draw.below(span + 1)))
}

fn years(count: u32) -> Year {
    Year::try_from(count).expect("ages and spans are far below 2^31")
}
