//! A share of the members holds a title for the year under review.

use std::sync::Arc;

use super::{Condition, Links};
use crate::ask::{Ask, Outcome, after_year, plain_record, unit_supplier};
use crate::facts::{Day, MembersFact};
use crate::law::Law;
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, after};
use crate::scan::reads::Part;
use crate::words::Words;

#[derive(Debug)]
struct MemberShare {
    title: String,
    percent: u32,
    above: bool,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    let above = reader.opt_flag("above")?.unwrap_or(false);
    Ok(Arc::new(MemberShare { title: reader.text("title")?, percent: reader.number("percent")?, above }))
}

/// The members of the year under review, with their place in the facts.
pub(super) fn of_year<'a>(ask: &Ask<'a>) -> Option<(usize, &'a MembersFact)> {
    let year = ask.review_year();
    ask.facts.members.iter().enumerate().find(|(_, fact)| fact.year == year && fact.total > 0)
}

/// The finding where the members of the year are not on record.
pub(super) fn not_on_record(ask: &Ask<'_>) -> Outcome {
    let year = ask.review_year();
    let what = Words::new(
        format!("chưa có số liệu thành viên và kết quả bình xét năm {year}"),
        format!("the members and their results for {year} are not on record"),
    );
    Outcome::fact_missing(Vec::new(), what, unit_supplier())
}

/// A share in percent, never rounded near a threshold: two decimals, cut off.
fn share(part: u32, total: u32) -> (String, String) {
    let hundredths = u64::from(part) * 10_000 / u64::from(total);
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    let digits = match rest {
        0 => String::new(),
        _ if rest % 10 == 0 => format!("{}", rest / 10),
        _ => format!("{rest:02}"),
    };
    match digits.is_empty() {
        true => (format!("{whole}%"), format!("{whole}%")),
        false => (format!("{whole},{digits}%"), format!("{whole}.{digits}%")),
    }
}

impl MemberShare {
    fn reached(&self, holders: u32, total: u32) -> bool {
        let (have, want) = (u64::from(holders) * 100, u64::from(self.percent) * u64::from(total));
        have > want || (have == want && !self.above)
    }
}

impl Condition for MemberShare {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let Some((place, fact)) = of_year(ask) else { return not_on_record(ask) };
        let Some(&holders) = fact.titles.get(&self.title) else { return not_on_record(ask) };
        let records = vec![plain_record("members", place)];
        if self.reached(holders, fact.total) {
            return Outcome::met(records);
        }
        let (vi, en) = share(holders, fact.total);
        let name = ask.name(&self.title);
        let what = Words::new(
            format!("mới có {holders}/{} ({vi}) đạt {}", fact.total, name.vi),
            format!("only {holders} of {} ({en}) hold {}", fact.total, name.en),
        );
        Outcome::not_met(records, what, after_year(ask.review_year() + 1))
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::Members]);
        Box::new(|asked, cells| {
            asked.each(cells, |row| {
                let known = row.members().and_then(|fact| Some((*fact.titles.get(&self.title)?, fact.total)));
                let Some((holders, total)) = known else { return Cell::UNKNOWN };
                match self.reached(holders, total) {
                    true => Cell::MET,
                    false => Cell::not_met(after(i64::from(row.review_year()) + 1)),
                }
            })
        })
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Members
    }

    fn words(&self, law: &Law, day: Day) -> Words {
        let name = law.name(&self.title, day);
        match self.above {
            true => Words::new(
                format!("Có trên {}% cá nhân đạt {}", self.percent, name.vi),
                format!("More than {}% of the members hold {}", self.percent, name.en),
            ),
            false => Words::new(
                format!("Có ít nhất {}% cá nhân đạt {}", self.percent, name.vi),
                format!("At least {}% of the members hold {}", self.percent, name.en),
            ),
        }
    }

    fn links(&self) -> Links<'_> {
        Links { awards: vec![&self.title], ..Links::default() }
    }
}
