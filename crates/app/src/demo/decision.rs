//! The invented decisions: one paper for each day, authority and subject, numbered `MH-…` by authority and year.

use std::collections::BTreeMap;

use chrono::Datelike;
use rules::facts::{Day, Scope, Year};

use super::collective::Collective;
use super::person::{Awarded, Person, Titled};
use super::plan::Plan;
use super::title::{ADVANCED, FIGHTER};

/// One invented decision; nobody signs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub issuer: String,
    pub symbol: String,
    pub number: u32,
    pub year: Year,
    pub day: Day,
    pub subject: String,
}

/// Whether people or collectives are named in a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Recipients {
    People,
    Collectives,
}

type Papers = BTreeMap<(String, Year, Day, String), u32>;

impl Decision {
    /// The number as papers print it, such as `MH-001/QĐ-VPCP`.
    pub fn printed(&self) -> String {
        format!("MH-{:03}/{}", self.number, self.symbol)
    }
}

/// Makes the decisions that all titles, awards and recognised initiatives need, and writes their numbers into the records.
pub fn number(plan: &Plan, people: &mut [Person], collectives: &mut [Collective]) -> Vec<Decision> {
    number_after(plan, people, collectives, 0)
}

/// As [`number`], with every series of numbers beginning after one already given.
pub fn number_after(plan: &Plan, people: &mut [Person], collectives: &mut [Collective], given: u32) -> Vec<Decision> {
    let mut papers = Papers::new();
    visit(plan, people, collectives, &mut |issuer, day, subject, _| {
        papers.insert((issuer.to_owned(), day.year(), day, subject), 0);
    });
    let mut last: BTreeMap<(String, Year), u32> = BTreeMap::new();
    for ((issuer, year, ..), number) in &mut papers {
        let next = last.entry((issuer.clone(), *year)).or_insert(given);
        *next += 1;
        *number = *next;
    }
    visit(plan, people, collectives, &mut |issuer, day, subject, place| {
        let number = papers[&(issuer.to_owned(), day.year(), day, subject)];
        *place = Some(format!("MH-{number:03}/{}", symbol(plan, issuer)));
    });
    let decision = |((issuer, year, day, subject), number): ((String, Year, Day, String), u32)| {
        let symbol = symbol(plan, &issuer).to_owned();
        Decision { issuer, symbol, number, year, day, subject }
    };
    papers.into_iter().map(decision).collect()
}

fn visit(
    plan: &Plan,
    people: &mut [Person],
    collectives: &mut [Collective],
    each: &mut impl FnMut(&str, Day, String, &mut Option<String>),
) {
    for person in people.iter_mut() {
        titles(plan, &mut person.titles, Recipients::People, each);
        awards(plan, &mut person.awards, Recipients::People, each);
        for initiative in &mut person.initiatives {
            let scope = match initiative.scope {
                Scope::CoSo => "cấp cơ sở",
                Scope::Bo => "có phạm vi ảnh hưởng trong bộ, ngành",
                Scope::ToanQuoc => "có phạm vi ảnh hưởng toàn quốc",
            };
            each(
                &plan.office.code,
                initiative.decided,
                format!("công nhận sáng kiến {scope} năm {}", initiative.year),
                &mut initiative.number,
            );
        }
        for measure in &mut person.disciplines {
            each(
                &plan.office.code,
                measure.from,
                format!("xử lý kỷ luật một cá nhân ({})", person.code),
                &mut measure.number,
            );
        }
    }
    for collective in collectives.iter_mut() {
        titles(plan, &mut collective.titles, Recipients::Collectives, each);
        awards(plan, &mut collective.awards, Recipients::Collectives, each);
    }
}

fn titles(
    plan: &Plan,
    titles: &mut [Titled],
    recipients: Recipients,
    each: &mut impl FnMut(&str, Day, String, &mut Option<String>),
) {
    for title in titles {
        let subject = match (recipients, title.award.as_str()) {
            // One decision names all the base titles of a year.
            (Recipients::People, ADVANCED | FIGHTER) => {
                format!("công nhận danh hiệu Lao động tiên tiến, Chiến sĩ thi đua cơ sở năm {}", title.year)
            }
            _ => format!("tặng {} năm {}", plan.office.printed(&title.award), title.year),
        };
        each(issuer(plan, &title.award), title.decided, subject, &mut title.number);
    }
}

fn awards(
    plan: &Plan,
    awards: &mut [Awarded],
    recipients: Recipients,
    each: &mut impl FnMut(&str, Day, String, &mut Option<String>),
) {
    for award in awards {
        let to = if recipients == Recipients::People { "cá nhân" } else { "tập thể" };
        let why = if award.occasion.is_empty() {
            award.period.map_or(String::new(), |(first, last)| format!(", thành tích {first}–{last}"))
        } else {
            format!(", {}", award.occasion)
        };
        each(
            issuer(plan, &award.award),
            award.decided,
            format!("tặng {} cho {to}{why}", plan.office.printed(&award.award)),
            &mut award.number,
        );
    }
}

fn issuer<'a>(plan: &'a Plan, award: &str) -> &'a str {
    plan.office.issuer(award).map_or(plan.office.code.as_str(), |issuer| issuer.id.as_str())
}

fn symbol<'a>(plan: &'a Plan, issuer: &str) -> &'a str {
    plan.office.issuer.iter().find(|row| row.id == issuer).map_or("", |row| row.symbol.as_str())
}
