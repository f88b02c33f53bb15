//! Recruited, or set up, at least so many months before the end of the year under review or before the day.

use std::sync::Arc;

use chrono::{Datelike, Months};

use super::Condition;
use crate::ask::{Ask, Outcome, after_year, personnel_supplier, year_end};
use crate::facts::{Day, Subject};
use crate::law::Law;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, NEVER, after, when};
use crate::scan::reads::Part;
use crate::words::{self, Words, count_en, count_vi};

#[derive(Debug)]
struct Tenure {
    months: u32,
    /// From this length on no text, loaded or not, touches the subject.
    clear_months: Option<u32>,
    /// Counted to the day asked, not to the end of the year under review.
    to_day: bool,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(Tenure {
        months: reader.number("months")?,
        clear_months: reader.opt_number("clear_months")?,
        to_day: reader.opt_flag("to_day")?.unwrap_or(false),
    }))
}

/// The last day from which so many months pass by a day, as days since the start of the era.
fn latest_recruitment(end: Day, months: u32) -> Option<i32> {
    // A month of another length moves the day by three days at most.
    let near = end.checked_sub_months(Months::new(months))?;
    let fits = |day: &Day| day.checked_add_months(Months::new(months)).is_some_and(|full| full <= end);
    let days = (0..=6)
        .filter_map(|days| near.checked_add_days(chrono::Days::new(6))?.checked_sub_days(chrono::Days::new(days)));
    days.chain(std::iter::once(near)).find(fits).map(|day| day.num_days_from_ce())
}

impl Condition for Tenure {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let collective = ask.facts.subject == Subject::TapThe;
        let Some(recruited) = ask.facts.recruited else {
            let what = match collective {
                true => Words::new("chưa có ngày thành lập", "the day it was set up is not on record"),
                false => Words::new("chưa có ngày tuyển dụng", "the day of recruitment is not on record"),
            };
            return Outcome::fact_missing(Vec::new(), what, personnel_supplier());
        };
        let end = if self.to_day { ask.on } else { year_end(ask.review_year()).min(ask.on) };
        let served = |months: u32| recruited.checked_add_months(Months::new(months)).is_some_and(|day| day <= end);
        let clear = self.clear_months.is_some_and(served);
        if served(self.months) {
            let outcome = Outcome::met(Vec::new());
            return if clear { outcome.untouched() } else { outcome };
        }
        let (begun_vi, begun_en) =
            if collective { ("thành lập", "set up") } else { ("tuyển dụng", "recruited") };
        let day = words::day(recruited);
        let what = Words::new(
            format!("{begun_vi} ngày {}, chưa đủ {} tháng", day.vi, count_vi(self.months)),
            format!("{begun_en} on {}, less than {}", day.en, count_en(self.months, "month")),
        );
        let reached = recruited.checked_add_months(Months::new(self.months));
        if self.to_day {
            return Outcome::not_met(Vec::new(), what, reached);
        }
        let reached = reached.map_or(ask.on.year(), |day| day.year());
        Outcome::not_met(Vec::new(), what, after_year(reached.max(ask.review_year() + 1)))
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::Grades, Part::Recruited]);
        let asked_for = [Some(self.months), self.clear_months];
        let year = plan.day.year();
        // The last day of recruitment that still suffices, by whether this year is under review.
        let latest = [year - 1, year].map(|year| {
            let end = if self.to_day { plan.day } else { year_end(year).min(plan.day) };
            asked_for.map(|months| months.and_then(|months| latest_recruitment(end, months)))
        });
        let full =
            |recruited: i32| Day::from_num_days_from_ce_opt(recruited)?.checked_add_months(Months::new(self.months));
        Box::new(move |asked, cells| {
            asked.each(cells, |row| {
                let Some(recruited) = row.recruited() else { return Cell::UNKNOWN };
                let [enough, clear] = latest[usize::from(row.review_year() == year)];
                match (enough.is_some_and(|last| recruited <= last), clear.is_some_and(|last| recruited <= last)) {
                    (true, true) => Cell::MET.untouched(),
                    (true, false) => Cell::MET,
                    (false, _) if self.to_day => Cell::not_met(full(recruited).map_or(NEVER, when)),
                    (false, _) => {
                        let reached = full(recruited).map_or(row.year(), |day| day.year());
                        Cell::not_met(after(i64::from(reached.max(row.review_year() + 1))))
                    }
                }
            })
        })
    }

    fn words(&self, _law: &Law, _day: Day) -> Words {
        if self.to_day {
            return Words::new(
                format!("Đã thành lập hoặc được tuyển dụng từ {} tháng trở lên", count_vi(self.months)),
                format!("Set up or recruited {} ago or more", count_en(self.months, "month")),
            );
        }
        Words::new(
            format!("Được tuyển dụng từ {} tháng trở lên", count_vi(self.months)),
            format!("Recruited at least {} before the end of the year under review", count_en(self.months, "month")),
        )
    }
}
