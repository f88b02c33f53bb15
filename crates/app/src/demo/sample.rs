//! A fictitious office of any size for measuring: drawn and written part by part, the same for the same seed.

use rules::facts::Day;

use super::account::{self, Account};
use super::draw::Draw;
use super::files::Flaw;
use super::names::Namer;
use super::plan::Plan;
use super::quoted::{self, Article};
use super::unit::{Kind, Mark, Name, Unit};
use super::{Population, decision, known, live, staffing};

/// Units that are drawn together and written in one step.
const UNITS_PER_PART: u32 = 4;
/// People who sit in a unit at one time; about twice as many pass through it.
const STAFF_PER_UNIT: u32 = 60;
/// Parts whose units lie under one unit above them, so that no level of the tree is longer than a page.
const PARTS_PER_BLOCK: u32 = 24;
/// More numbers than the decisions of one authority on one part in one year.
const NUMBERS_PER_PART: u32 = 200;

/// Draws the parts of an office one after another until it has the people asked for.
#[derive(Debug)]
pub struct Sample {
    plan: Plan,
    article: Article,
    accounts: Vec<Account>,
    next: u32,
    missing: usize,
}

impl Sample {
    /// A sample of so many people; the seed and their number alone decide what is drawn.
    pub fn new(people: usize, seed: u64) -> Result<Self, Flaw> {
        let mut plan = Plan::read()?;
        plan.office.seed = seed;
        "MINH-HOA".clone_into(&mut plan.office.code);
        "Cơ quan minh họa (hư cấu)".clone_into(&mut plan.office.name.vi);
        "Illustrative office (fictitious)".clone_into(&mut plan.office.name.en);
        // What the files say of single units of the demonstration is said of none here.
        plan.office.empty.clear();
        plan.clusters.clear();
        plan.shares.clear();
        plan.late.clear();
        plan.paper.clear();
        plan.reviewed.clear();
        let mut article = quoted::article()?;
        article.person.clear();
        article.collective.clear();
        Ok(Self { plan, article, accounts: account::accounts()?, next: 0, missing: people })
    }
}

impl Iterator for Sample {
    type Item = Population;

    fn next(&mut self) -> Option<Population> {
        if self.missing == 0 {
            return None;
        }
        let part = self.next;
        self.next += 1;
        self.plan.units = (0..UNITS_PER_PART).map(|at| unit(&self.plan, part * UNITS_PER_PART + at + 1)).collect();
        let plan = self.plan.clone();
        let mut people = staffing::staff(&plan, Vec::new(), Namer::new(&plan.names, []));
        people.truncate(self.missing);
        self.missing -= people.len();
        live(&plan, &mut people);
        let decisions = decision::number_after(&plan, &mut people, &mut [], part * NUMBERS_PER_PART);
        Some(Population {
            accounts: accounts(part, &plan, &self.accounts),
            plan: under_its_block(plan, part),
            people,
            collectives: Vec::new(),
            decisions,
            article: self.article.clone(),
            findings: Vec::new(),
            collective_findings: Vec::new(),
        })
    }
}

/// A part as known on a day, with the number of its awards.
pub fn known(part: Population, today: Day) -> (Population, usize) {
    let part = known::on(part, today);
    let awards = part.people.iter().map(|person| person.titles.len() + person.awards.len()).sum();
    (part, awards)
}

/// Puts the units of a part under the unit above them, which the first part of a block brings along.
///
/// Done after the drawing, which would take units with a parent for sections without a review of their own.
fn under_its_block(mut plan: Plan, part: u32) -> Plan {
    let number = part / PARTS_PER_BLOCK + 1;
    let code = format!("MHK{number:04}");
    plan.units.iter_mut().for_each(|unit| unit.parent = Some(code.clone()));
    if part.is_multiple_of(PARTS_PER_BLOCK) {
        plan.units.insert(0, block(code, number));
    }
    plan
}

fn block(code: String, number: u32) -> Unit {
    Unit {
        en: format!("Illustrative block {number}"),
        kind: Kind::Cuc,
        names: vec![named(format!("Khối minh họa số {number}"))],
        staff: Vec::new(),
        ..unit_of(code, number)
    }
}

/// The accounts of the demonstration, without a person of their own and in the first unit.
fn accounts(part: u32, plan: &Plan, all: &[Account]) -> Vec<Account> {
    let here = |account: &Account| {
        let unit = account.unit.as_ref().and(plan.units.first()).map(|unit| unit.code.clone());
        Account { unit, person: None, ..account.clone() }
    };
    if part == 0 { all.iter().map(here).collect() } else { Vec::new() }
}

fn unit(plan: &Plan, number: u32) -> Unit {
    let code = format!("MH{number:06}");
    // Units differ in size, within a third.
    let staff = Draw::new(plan.office.seed, &code).below(STAFF_PER_UNIT * 2 / 3) + STAFF_PER_UNIT * 2 / 3;
    Unit {
        en: format!("Illustrative unit {number}"),
        names: vec![named(format!("Đơn vị minh họa số {number}"))],
        staff: vec![(plan.office.first_year, staff)],
        ..unit_of(code, number)
    }
}

fn named(name: String) -> Name {
    Name { name, from: None, until: None, basis: None, mark: Mark::MH }
}

/// A unit without name and staff.
fn unit_of(code: String, number: u32) -> Unit {
    Unit {
        en: String::new(),
        order: number,
        kind: Kind::Vu,
        cluster: None,
        parent: None,
        from: None,
        until: None,
        names: Vec::new(),
        predecessors: Vec::new(),
        change: None,
        keeps_honours: false,
        staff: Vec::new(),
        leaders: 3,
        section_leaders: 6,
        group: rules::facts::Group::CongChuc,
        always_advanced: false,
        prefix: None,
        first_number: None,
        code,
    }
}
