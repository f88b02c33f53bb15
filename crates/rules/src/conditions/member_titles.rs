//! So many members hold a title for the year under review.

use std::sync::Arc;

use super::{Condition, Links, member_share};
use crate::ask::{Ask, Outcome, after_year, plain_record};
use crate::facts::Day;
use crate::law::Law;
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, after};
use crate::scan::reads::Part;
use crate::words::{Words, count_vi};

#[derive(Debug)]
struct MemberTitles {
    title: String,
    count: u32,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(MemberTitles { title: reader.text("title")?, count: reader.count("count")? }))
}

impl Condition for MemberTitles {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let Some((place, fact)) = member_share::of_year(ask) else { return member_share::not_on_record(ask) };
        let Some(&holders) = fact.titles.get(&self.title) else { return member_share::not_on_record(ask) };
        let records = vec![plain_record("members", place)];
        if holders >= self.count {
            return Outcome::met(records);
        }
        let name = ask.name(&self.title);
        let lacking = self.count - holders;
        let what = Words::new(
            format!("còn thiếu {} cá nhân đạt {}", count_vi(lacking), name.vi),
            format!("{lacking} more needed among the members: {}", name.en),
        );
        Outcome::not_met(records, what, after_year(ask.review_year() + 1)).lacking(lacking)
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::Members]);
        Box::new(|asked, cells| {
            asked.each(cells, |row| match row.members().and_then(|fact| fact.titles.get(&self.title)) {
                None => Cell::UNKNOWN,
                Some(holders) if *holders >= self.count => Cell::MET,
                Some(holders) => Cell::not_met(after(i64::from(row.review_year()) + 1)).lacking(self.count - holders),
            })
        })
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Members
    }

    fn words(&self, law: &Law, day: Day) -> Words {
        let name = law.name(&self.title, day);
        Words::new(
            format!("Có ít nhất {} cá nhân đạt {}", count_vi(self.count), name.vi),
            format!("At least {} among the members: {}", self.count, name.en),
        )
    }

    fn links(&self) -> Links<'_> {
        Links { awards: vec![&self.title], ..Links::default() }
    }
}
