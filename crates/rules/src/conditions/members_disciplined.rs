//! No member was under a measure of a weight or heavier in the year under review.

use std::sync::Arc;

use super::{Condition, member_share};
use crate::ask::{Ask, Outcome, after_year, plain_record};
use crate::facts::{Day, Discipline};
use crate::law::Law;
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, after};
use crate::scan::reads::Part;
use crate::words::{self, Words, count_vi};

#[derive(Debug)]
struct MembersDisciplined {
    at_least: Discipline,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(MembersDisciplined { at_least: reader.word("at_least")? }))
}

impl Condition for MembersDisciplined {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let Some((place, fact)) = member_share::of_year(ask) else { return member_share::not_on_record(ask) };
        let heavy = || fact.disciplined.iter().filter(|(kind, _)| **kind >= self.at_least);
        let count: u32 = heavy().map(|(_, count)| count).sum();
        let kind = words::discipline(self.at_least);
        if count > 0 {
            let what = Words::new(
                format!("có {} cá nhân bị kỷ luật từ {} trở lên", count_vi(count), kind.vi),
                format!("{count} of the members: {} or heavier", kind.en),
            );
            return Outcome::not_met(vec![plain_record("members", place)], what, after_year(ask.review_year() + 1));
        }
        match heavy().next() {
            Some(_) => Outcome::met(vec![plain_record("members", place)]),
            None => member_share::not_on_record(ask),
        }
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::Members]);
        Box::new(|asked, cells| {
            asked.each(cells, |row| {
                let Some(fact) = row.members() else { return Cell::UNKNOWN };
                let mut heavy = fact.disciplined.iter().filter(|(kind, _)| **kind >= self.at_least).peekable();
                let known = heavy.peek().is_some();
                match heavy.map(|(_, count)| count).sum::<u32>() {
                    0 => Cell::met_if(known),
                    _ => Cell::not_met(after(i64::from(row.review_year()) + 1)),
                }
            })
        })
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Members
    }

    fn words(&self, _law: &Law, _day: Day) -> Words {
        let kind = words::discipline(self.at_least);
        Words::new(
            format!("Không có cá nhân bị kỷ luật từ hình thức {} trở lên", kind.vi),
            format!("No member under a measure from {} upwards", kind.en),
        )
    }
}
