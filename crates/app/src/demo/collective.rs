//! The units as collectives: their people counted, their yearly titles, flags by cluster, and commendations.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::Datelike;
use rules::facts::{AttestedFact, Day, Discipline, Grade, Kind, MembersFact, Year};
use serde::Deserialize;

use super::award::{awarded, is_of_state};
use super::draw::Draw;
use super::files::{self, Flaw};
use super::grading::on_roster;
use super::office::Moment;
use super::person::{Awarded, Graded, Person, Titled};
use super::plan::Plan;
use super::practice::CollectiveChain;
use super::title::{ADVANCED, FIGHTER, MINISTRY_FIGHTER, decided, title};
use super::unit::Unit;

pub const EXCELLENT: &str = "tap-the-lao-dong-xuat-sac";
pub const ADVANCED_UNIT: &str = "tap-the-lao-dong-tien-tien";
pub const MINISTRY_FLAG: &str = "co-thi-dua-bo";
pub const GOVERNMENT_FLAG: &str = "co-thi-dua-chinh-phu";

/// What is recorded of one unit as a collective.
#[derive(Debug, Clone)]
pub struct Collective {
    pub unit: String,
    pub grades: Vec<Graded>,
    pub titles: Vec<Titled>,
    pub awards: Vec<Awarded>,
    pub members: Vec<MembersFact>,
    /// Years in which the unit registered to take part in emulation.
    pub registrations: Vec<Year>,
    pub attested: Vec<AttestedFact>,
    written_until: Year,
}

/// What the explainer is expected to say of a unit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    pub unit: String,
    pub award: String,
    pub on: Day,
    pub kind: Option<Kind>,
    pub verdict: String,
    pub because: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AttestedLine {
    unit: String,
    condition: String,
    value: bool,
    on: Day,
    by: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    year: Option<Year>,
    award: String,
    decided: Day,
    kind: Option<Kind>,
    first_year: Option<Year>,
    last_year: Option<Year>,
    occasion: String,
}

/// The collectives with their records of all years drawn.
pub fn collectives(plan: &Plan, people: &[Person]) -> Result<Vec<Collective>, Flaw> {
    let mut collectives: Vec<Collective> = plan.units.iter().filter(|unit| plan.has_people(unit)).map(empty).collect();
    if let Some(department) = collectives.iter_mut().find(|collective| collective.unit == "TCCB") {
        write(department)?;
    }
    attest(&mut collectives)?;
    for year in plan.office.first_year..=plan.office.last_year {
        for collective in &mut collectives {
            review(plan, people, collective, year);
        }
        flags(plan, people, &mut collectives, year);
        commend(plan, &mut collectives, year);
    }
    Ok(collectives)
}

/// The findings that the records of units are to lead to.
pub fn expected() -> Result<Vec<Expected>, Flaw> {
    files::lines("collective_findings.csv")
}

/// The people of a unit in a year, counted; none on a day when it does not stand or has nobody.
pub fn members(plan: &Plan, people: &[Person], unit: &Unit, year: Year) -> Option<MembersFact> {
    let here: Vec<&Person> = people.iter().filter(|person| on_roster(plan, person, unit, year)).collect();
    let mut fact = MembersFact {
        year,
        total: count(here.len()),
        grades: BTreeMap::new(),
        titles: BTreeMap::new(),
        disciplined: BTreeMap::new(),
    };
    for person in &here {
        if let Some(grade) = person.grade(year) {
            *fact.grades.entry(grade).or_default() += 1;
        }
        for award in [ADVANCED, FIGHTER, MINISTRY_FIGHTER].into_iter().filter(|award| person.holds_title(award, year)) {
            *fact.titles.entry(award.to_owned()).or_default() += 1;
        }
    }
    for kind in [
        Discipline::KhienTrach,
        Discipline::CanhCao,
        Discipline::HaBacLuong,
        Discipline::GiangChuc,
        Discipline::CachChuc,
        Discipline::BaiNhiem,
        Discipline::BuocThoiViec,
        Discipline::KhaiTru,
    ] {
        let under = here.iter().filter(|person| {
            person.disciplines.iter().any(|measure| {
                measure.kind == kind && measure.from.year() <= year && measure.to.is_none_or(|to| year <= to.year())
            })
        });
        fact.disciplined.insert(kind, count(under.count()));
    }
    (!here.is_empty()).then_some(fact)
}

fn empty(unit: &Unit) -> Collective {
    Collective {
        unit: unit.code.clone(),
        grades: Vec::new(),
        titles: Vec::new(),
        awards: Vec::new(),
        members: Vec::new(),
        registrations: Vec::new(),
        attested: Vec::new(),
        written_until: Year::MIN,
    }
}

fn write(department: &mut Collective) -> Result<(), Flaw> {
    for line in files::lines::<Line>("tccb/collective.csv")? {
        match (line.year, line.kind) {
            (Some(year), None) => department.titles.push(title(&line.award, year, line.decided)),
            (None, Some(kind)) => department.awards.push(awarded(
                &line.award,
                line.decided,
                line.first_year.zip(line.last_year),
                kind,
                &line.occasion,
            )),
            _ => {
                return Err(files::flaw(
                    "tccb/collective.csv",
                    format!("{}: a title has a year, an award a kind", line.award),
                ));
            }
        }
    }
    department.written_until = super::department::WRITTEN_UNTIL;
    Ok(())
}

fn attest(collectives: &mut [Collective]) -> Result<(), Flaw> {
    for line in files::lines::<AttestedLine>("collective_attested.csv")? {
        let collective = collectives.iter_mut().find(|collective| collective.unit == line.unit);
        let collective =
            collective.ok_or_else(|| files::flaw("collective_attested.csv", format!("{} has no people", line.unit)))?;
        collective.attested.push(AttestedFact {
            condition: line.condition,
            value: line.value,
            on: line.on,
            by: Some(line.by),
        });
    }
    Ok(())
}

/// Counts the people, grades the unit and gives it the title its people allow.
fn review(plan: &Plan, people: &[Person], collective: &mut Collective, year: Year) {
    let Some(unit) = plan.peopled(year).find(|unit| unit.code == collective.unit) else { return };
    let Some(members) = members(plan, people, unit, year) else { return };
    let shares = plan.practice.shares(year);
    let of = |award: &str| members.titles.get(award).copied().unwrap_or(0) as usize;
    let share = |least: usize| of(ADVANCED) * 100 >= least * members.total as usize;
    let failed = members.grades.get(&Grade::KhongHoanThanh).copied().unwrap_or(0) > 0;
    let warned = members.disciplined.iter().any(|(kind, count)| *kind >= Discipline::CanhCao && *count > 0);
    let advanced = share(shares.advanced_share) && !warned;
    let strong = unit.always_advanced
        || Draw::new(plan.office.seed, &format!("unit/{}/{year}", unit.code))
            .percent(plan.practice.excellent_unit_percent);
    let excellent = strong && share(shares.excellent_share) && of(FIGHTER) > 0 && !failed && !warned;
    let grade = if excellent { Grade::XuatSac } else { Grade::Tot };
    collective.grades.push(Graded {
        year,
        grade,
        decided: plan.office.day(&plan.office.round.grades, year, &unit.code),
    });
    collective.members.push(members);
    if year <= plan.practice.registration.until {
        collective.registrations.push(year);
    }
    let reviewed_elsewhere = plan.reviewed.iter().any(|row| row.unit == unit.code);
    if reviewed_elsewhere || year <= collective.written_until {
        return;
    }
    let day = plan
        .late(&unit.code, year)
        .unwrap_or_else(|| plan.office.day(&plan.office.round.collective_titles, year, &unit.code));
    if excellent {
        collective.titles.push(title(EXCELLENT, year, day));
    } else if advanced {
        collective.titles.push(title(ADVANCED_UNIT, year, day.max(decided(plan, &unit.code, year))));
    }
}

/// Each cluster's first receives a flag; of all the firsts a share goes on to the Government's flag.
fn flags(plan: &Plan, people: &[Person], collectives: &mut [Collective], year: Year) {
    let written = |collective: &Collective, award: &str| {
        collective.titles.iter().any(|title| title.year == year && title.award == award)
    };
    let any_written = collectives.iter().any(|collective| written(collective, GOVERNMENT_FLAG));
    let mut firsts: Vec<usize> = Vec::new();
    for cluster in &plan.clusters {
        let in_cluster = |at: &usize| {
            plan.unit(&collectives[*at].unit).and_then(|unit| unit.cluster.as_ref()) == Some(&cluster.code)
        };
        let excellent = (0..collectives.len()).filter(in_cluster).filter(|&at| written(&collectives[at], EXCELLENT));
        let flagged =
            |at: usize| written(&collectives[at], MINISTRY_FLAG) || written(&collectives[at], GOVERNMENT_FLAG);
        // A unit whose flags are written in the files is first in those years and in no other written year.
        let able = excellent.filter(|&at| flagged(at) || year > collectives[at].written_until);
        firsts.extend(able.max_by_key(|&at| (flagged(at), score(plan, people, &collectives[at].unit, year))));
    }
    let onward = firsts.len() * plan.practice.government_flag_percent / 100;
    let mut drawn: Vec<usize> = firsts.into_iter().filter(|&at| year > collectives[at].written_until).collect();
    drawn.sort_by_key(|&at| Reverse(score(plan, people, &collectives[at].unit, year)));
    let onward = if any_written { 0 } else { onward };
    for (place, at) in drawn.into_iter().enumerate() {
        let (award, moment) = if place < onward {
            (GOVERNMENT_FLAG, &plan.office.round.government_flags)
        } else {
            (MINISTRY_FLAG, &plan.office.round.ministry_flags)
        };
        let day = plan
            .late(&collectives[at].unit, year)
            .map_or(plan.office.day(moment, year, &collectives[at].unit), |late| {
                late.max(plan.office.day(moment, year, ""))
            });
        collectives[at].titles.push(title(award, year, day));
    }
}

fn score(plan: &Plan, people: &[Person], unit: &str, year: Year) -> usize {
    let excellent = people.iter().filter(|person| {
        person.grade(year) == Some(Grade::XuatSac)
            && person.unit_on(plan.office.roster_day(year)).is_some_and(|code| plan.top(code) == unit)
    });
    excellent.count() + Draw::new(plan.office.seed, &format!("score/{unit}/{year}")).below(12) as usize
}

/// Commendations by merit decided in the year after a year of work.
fn commend(plan: &Plan, collectives: &mut [Collective], year: Year) {
    for chain in plan.practice.collective_chain.iter().filter(|chain| chain.from <= year + 1) {
        let mut able: Vec<usize> =
            (0..collectives.len()).filter(|&at| deserves(plan, chain, &collectives[at], year)).collect();
        able.sort_by_key(|&at| {
            Reverse(Draw::new(plan.office.seed, &format!("commend/{}/{year}", collectives[at].unit)).below(1000))
        });
        for at in able.into_iter().take(chain.per_office) {
            let day = plan.office.day(moment(plan, &chain.award), year, &collectives[at].unit);
            collectives[at].awards.push(awarded(
                &chain.award,
                day,
                Some((year - chain.run + 1, year)),
                Kind::CongTrang,
                "",
            ));
        }
    }
}

fn deserves(plan: &Plan, chain: &CollectiveChain, collective: &Collective, year: Year) -> bool {
    let first = year - chain.run + 1;
    let holds =
        |award: &str, back: Year| collective.titles.iter().any(|title| title.award == award && title.year == back);
    let run = (first..=year).all(|back| holds(EXCELLENT, back));
    let flags = (first..=year).filter(|&back| holds(MINISTRY_FLAG, back) || holds(GOVERNMENT_FLAG, back)).count();
    // Every year since the award before is as good as the years counted.
    let follows = chain.after.as_ref().is_none_or(|after| {
        let before = collective.awards.iter().filter(|award| award.award == *after && award.kind == Kind::CongTrang);
        before
            .map(|award| award.decided.year())
            .any(|decided| decided + chain.gap <= year + 1 && (decided..=year).all(|back| holds(EXCELLENT, back)))
    });
    // An order whose class is not named stands for any class.
    let same = |award: &Awarded| {
        award.award == chain.award
            || chain.award.starts_with("huan-chuong-lao-dong") && award.award == "huan-chuong-lao-dong"
    };
    let repeated = collective
        .awards
        .iter()
        .any(|award| same(award) && award.period.is_none_or(|(_, last)| last >= first || chain.after.is_some()));
    let another = is_of_state(&chain.award)
        && collective.awards.iter().any(|award| is_of_state(&award.award) && award.decided.year() == year + 1);
    let standing = plan.peopled(year).any(|unit| unit.code == collective.unit);
    standing && year > collective.written_until && run && flags >= chain.flags && follows && !repeated && !another
}

fn moment<'a>(plan: &'a Plan, award: &str) -> &'a Moment {
    let round = &plan.office.round;
    match award {
        "bang-khen-bo" => &round.collective_certificates,
        "bang-khen-thu-tuong" => &round.premier_certificates,
        _ => &round.orders,
    }
}

fn count(people: usize) -> u32 {
    u32::try_from(people).expect("a unit has fewer than 2^32 people")
}
