//! Recruited at least so many months before the end of the year under review.

use std::sync::Arc;

use chrono::{Datelike, Months};

use super::Condition;
use crate::ask::{Ask, Outcome, after_year, personnel_supplier, year_end};
use crate::facts::Day;
use crate::law::Law;
use crate::reader::{Fault, Reader};
use crate::words::{self, Words, count_en, count_vi};

#[derive(Debug)]
struct Tenure {
    months: u32,
    /// From this length on no text, loaded or not, touches the subject.
    clear_months: Option<u32>,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(Tenure { months: reader.number("months")?, clear_months: reader.opt_number("clear_months")? }))
}

impl Condition for Tenure {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let Some(recruited) = ask.facts.recruited else {
            let what = Words::new("chưa có ngày tuyển dụng", "the day of recruitment is not on record");
            return Outcome::fact_missing(Vec::new(), what, personnel_supplier());
        };
        let end = year_end(ask.review_year()).min(ask.on);
        let served = |months: u32| recruited.checked_add_months(Months::new(months)).is_some_and(|day| day <= end);
        let clear = self.clear_months.is_some_and(served);
        if served(self.months) {
            let outcome = Outcome::met(Vec::new());
            return if clear { outcome.untouched() } else { outcome };
        }
        let day = words::day(recruited);
        let what = Words::new(
            format!("tuyển dụng ngày {}, chưa đủ {} tháng", day.vi, count_vi(self.months)),
            format!("recruited on {}, less than {}", day.en, count_en(self.months, "month")),
        );
        let reached = recruited.checked_add_months(Months::new(self.months)).map_or(ask.on.year(), |day| day.year());
        Outcome::not_met(Vec::new(), what, after_year(reached.max(ask.review_year() + 1)))
    }

    fn words(&self, _law: &Law, _day: Day) -> Words {
        Words::new(
            format!("Được tuyển dụng từ {} tháng trở lên", count_vi(self.months)),
            format!("Recruited at least {} before the end of the year under review", count_en(self.months, "month")),
        )
    }
}
