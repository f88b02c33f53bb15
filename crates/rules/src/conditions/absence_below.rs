//! Fewer than so many working days of leave in the year under review.

use std::sync::Arc;

use super::Condition;
use crate::ask::{Ask, Outcome, Record, after_year, personnel_supplier, plain_record, year_end};
use crate::facts::{Day, Leave, RecordKind};
use crate::law::Law;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, after};
use crate::scan::packed;
use crate::scan::reads::Part;
use crate::words::{Words, count_vi};

#[derive(Debug)]
struct AbsenceBelow {
    working_days: u32,
    kinds: Vec<Leave>,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    let kinds = reader.words("kinds")?;
    Ok(Arc::new(AbsenceBelow { working_days: reader.number("working_days")?, kinds }))
}

impl Condition for AbsenceBelow {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let year = ask.review_year();
        let (first, last) = (after_year(year - 1).unwrap_or(Day::MIN), year_end(year).min(ask.on));
        let known = ask.facts.leave.iter().enumerate();
        let taken = known.filter(|(_, fact)| {
            self.kinds.contains(&fact.kind) && fact.from <= last && fact.to.is_none_or(|to| to >= first)
        });
        let (mut days, mut records): (u32, Vec<Record>) = (0, Vec::new());
        for (place, fact) in taken {
            records.push(plain_record("leave", place));
            let counted = ask.law.calendar.working_days(fact.from.max(first), fact.to.unwrap_or(last).min(last));
            let Some(counted) = counted else {
                let what = Words::new(
                    format!("chưa có lịch nghỉ lễ năm {year}"),
                    format!("no calendar of holidays for {year}"),
                );
                return Outcome::text_missing(records, crate::ask::Missing::to_earn(what));
            };
            days += counted;
        }
        if days >= self.working_days {
            let what = Words::new(
                format!("đã nghỉ {} ngày làm việc trong năm {year}", count_vi(days)),
                format!("{days} working days of leave in {year}"),
            );
            return Outcome::not_met(records, what, after_year(year + 1));
        }
        if ask.complete(RecordKind::Leave, year) {
            let outcome = Outcome::met(records);
            return if days == 0 { outcome.untouched() } else { outcome };
        }
        let what = Words::new(
            format!("hồ sơ nghỉ phép năm {year} chưa đầy đủ"),
            format!("the record of leave for {year} is not whole"),
        );
        Outcome::fact_missing(records, what, personnel_supplier())
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::List(packed::LEAVE), Part::Grades]);
        let calendar = &plan.law.calendar;
        Box::new(move |asked, cells| {
            asked.each(cells, |row| {
                let year = row.review_year();
                let (first, last) = (after_year(year - 1).unwrap_or(Day::MIN), year_end(year).min(row.day()));
                let mut days = 0;
                for leave in row.list(packed::LEAVE).chunks_exact(2) {
                    let (from, to) = packed::days(leave[0]);
                    let counts = self.kinds.iter().any(|kind| *kind as u32 == leave[1]);
                    if !counts || from > last || to.is_some_and(|to| to < first) {
                        continue;
                    }
                    match calendar.working_days(from.max(first), to.unwrap_or(last).min(last)) {
                        Some(counted) => days += counted,
                        None => return Cell::UNKNOWN,
                    }
                }
                match row.is_whole(RecordKind::Leave, year) {
                    _ if days >= self.working_days => Cell::not_met(after(i64::from(year) + 1)),
                    true if days == 0 => Cell::MET.untouched(),
                    whole => Cell::met_if(whole),
                }
            })
        })
    }

    fn words(&self, _law: &Law, _day: Day) -> Words {
        Words::new(
            format!("Nghỉ dưới {} ngày làm việc trong năm xét", count_vi(self.working_days)),
            format!("Fewer than {} working days of leave in the year under review", self.working_days),
        )
    }
}
