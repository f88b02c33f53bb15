//! The demonstration: one office over 2005–2026 drawn from the files under `demonstration/`, the same in every run.

pub mod account;
mod award;
pub mod case;
pub mod collective;
pub mod decision;
mod department;
mod draw;
pub mod files;
pub mod fill;
mod grading;
mod initiative;
mod known;
mod names;
pub mod office;
pub mod person;
pub mod plan;
mod practice;
pub mod quoted;
mod registration;
pub mod sample;
mod staffing;
pub mod title;
pub mod unit;

#[cfg(test)]
mod tests;

use self::account::Account;
use self::case::Finding;
use self::collective::{Collective, Expected};
use self::decision::Decision;
use self::files::Flaw;
use self::names::Namer;
use self::person::Person;
use self::plan::Plan;
use self::quoted::Article;

/// Everything the demonstration records, up to the last day its files know.
#[derive(Debug, Clone)]
pub struct Population {
    pub plan: Plan,
    pub people: Vec<Person>,
    pub collectives: Vec<Collective>,
    pub decisions: Vec<Decision>,
    pub article: Article,
    pub accounts: Vec<Account>,
    /// Which finding the record of which person is to lead to.
    pub findings: Vec<(String, Finding)>,
    /// Which finding the record of which unit is to lead to.
    pub collective_findings: Vec<Expected>,
}

/// Draws the whole demonstration; the result depends on the files alone.
pub fn population() -> Result<Population, Flaw> {
    let plan = Plan::read()?;
    let cases = case::cases()?;
    let accounts = account::accounts()?;
    let findings = cases.iter().map(|case| (case.code.clone(), case.finding.clone())).collect();
    let in_cases = cases.iter().filter_map(|case| case.name.clone());
    let taken: Vec<String> = in_cases.chain(accounts.iter().map(|account| account.name.clone())).collect();
    let mut namer = Namer::new(&plan.names, taken);
    let mut people = department::people(&plan, &mut namer)?;
    people.extend(case::people(&plan, cases, &mut namer)?);
    let mut people = staffing::staff(&plan, people, namer);
    live(&plan, &mut people);
    let mut collectives = collective::collectives(&plan, &people)?;
    let decisions = decision::number(&plan, &mut people, &mut collectives);
    Ok(Population {
        plan,
        people,
        collectives,
        decisions,
        article: quoted::article()?,
        accounts,
        findings,
        collective_findings: collective::expected()?,
    })
}

/// The years of everyone: registrations, grades, initiatives, titles and awards, in the order in which one rests on another.
fn live(plan: &Plan, people: &mut [Person]) {
    for year in plan.office.first_year..=plan.office.last_year {
        registration::register(plan, people, year);
        grading::grade(plan, people, year);
        initiative::recognise(plan, people, year);
        award::confer_for_movements(plan, people, year);
        title::confer(plan, people, year);
        award::confer(plan, people, year);
    }
    award::confer_for_service(plan, people);
}
