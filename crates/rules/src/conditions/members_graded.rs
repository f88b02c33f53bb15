//! All members have a grade or better for the year under review.

use std::sync::Arc;

use super::{Condition, member_share};
use crate::ask::{Ask, Outcome, after_year, plain_record};
use crate::facts::{Day, Grade};
use crate::law::Law;
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, after};
use crate::scan::reads::Part;
use crate::words::{self, Words, count_vi};

#[derive(Debug)]
struct MembersGraded {
    grade: Grade,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(MembersGraded { grade: reader.word("grade")? }))
}

impl Condition for MembersGraded {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let Some((place, fact)) = member_share::of_year(ask) else { return member_share::not_on_record(ask) };
        let graded: u32 = fact.grades.values().sum();
        let below: u32 = fact.grades.iter().filter(|(grade, _)| **grade < self.grade).map(|(_, count)| count).sum();
        let records = vec![plain_record("members", place)];
        let grade = words::grade(self.grade);
        if below > 0 {
            let what = Words::new(
                format!("còn {} cá nhân chưa {}", count_vi(below), grade.vi),
                format!("{below} of the members are below “{}”", grade.en),
            );
            return Outcome::not_met(records, what, after_year(ask.review_year() + 1));
        }
        if graded >= fact.total { Outcome::met(records) } else { member_share::not_on_record(ask) }
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::Members]);
        Box::new(|asked, cells| {
            asked.each(cells, |row| {
                let Some(fact) = row.members() else { return Cell::UNKNOWN };
                if fact.grades.iter().any(|(grade, count)| *grade < self.grade && *count > 0) {
                    return Cell::not_met(after(i64::from(row.review_year()) + 1));
                }
                Cell::met_if(fact.grades.values().sum::<u32>() >= fact.total)
            })
        })
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Members
    }

    fn words(&self, _law: &Law, _day: Day) -> Words {
        let grade = words::grade(self.grade);
        Words::new(format!("100% cá nhân {} trở lên", grade.vi), format!("All members: “{}” or better", grade.en))
    }
}
