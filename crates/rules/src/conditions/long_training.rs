//! No training of a length in the year under review, or a confirmation of the result that the rule asks for.

use std::sync::Arc;

use chrono::Months;

use super::Condition;
use crate::ask::{Ask, Outcome, after_year, personnel_supplier, plain_record, year_end};
use crate::facts::{Day, Leave, RecordKind};
use crate::law::Law;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, after};
use crate::scan::packed;
use crate::scan::reads::Part;
use crate::words::{Words, count_en, count_vi};

#[derive(Debug)]
struct LongTraining {
    months: u32,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(LongTraining { months: reader.number("months")? }))
}

impl Condition for LongTraining {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let year = ask.review_year();
        let (first, last) = (after_year(year - 1).unwrap_or(Day::MIN), year_end(year).min(ask.on));
        let known = ask.facts.leave.iter().enumerate();
        let training = known.filter(|(_, fact)| fact.kind == Leave::DaoTao && fact.from <= last);
        let long = training.filter(|(_, fact)| fact.to.is_none_or(|to| to >= first)).find(|(_, fact)| {
            let full = fact.from.checked_add_months(Months::new(self.months));
            full.is_some_and(|full| fact.to.is_none_or(|to| to.succ_opt().is_some_and(|after| after >= full)))
        });
        match (long, ask.attested()) {
            (Some((place, _)), Some((_, true))) => Outcome::met(vec![plain_record("leave", place)]),
            (Some((place, _)), Some((_, false))) => {
                let what =
                    Words::new("kết quả học tập chưa đạt yêu cầu", "the result of the training is not as required");
                Outcome::not_met(vec![plain_record("leave", place)], what, after_year(year + 1))
            }
            (Some((place, _)), None) => {
                let what =
                    Words::new("chưa có xác nhận kết quả đào tạo", "no confirmation of the result of the training");
                Outcome::fact_missing(vec![plain_record("leave", place)], what, personnel_supplier())
            }
            (None, _) if ask.complete(RecordKind::Leave, year) => Outcome::met(Vec::new()).untouched(),
            (None, _) => {
                let what = Words::new(
                    format!("hồ sơ đào tạo, nghỉ phép năm {year} chưa đầy đủ"),
                    format!("the record of training and leave for {year} is not whole"),
                );
                Outcome::fact_missing(Vec::new(), what, personnel_supplier())
            }
        }
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::List(packed::LEAVE)]);
        let confirmation = plan.confirmation();
        Box::new(move |asked, cells| {
            asked.each(cells, |row| {
                let year = row.review_year();
                let (first, last) = (after_year(year - 1).unwrap_or(Day::MIN), year_end(year).min(row.day()));
                let mut spans = row.list(packed::LEAVE).chunks_exact(2);
                let long = spans.any(|words| {
                    let (from, to) = packed::days(words[0]);
                    let full = from.checked_add_months(Months::new(self.months));
                    let length = |full| to.is_none_or(|to| to.succ_opt().is_some_and(|next| next >= full));
                    words[1] == Leave::DaoTao as u32
                        && from <= last
                        && to.is_none_or(|to| to >= first)
                        && full.is_some_and(length)
                });
                match (long, row.confirmed(&confirmation)) {
                    (true, Some(true)) => Cell::MET,
                    (true, Some(false)) => Cell::not_met(after(i64::from(year) + 1)),
                    (true, None) => Cell::UNKNOWN,
                    (false, _) if row.is_whole(RecordKind::Leave, year) => Cell::MET.untouched(),
                    (false, _) => Cell::UNKNOWN,
                }
            })
        })
    }

    fn words(&self, _law: &Law, _day: Day) -> Words {
        Words::new(
            format!(
                "Không đi đào tạo từ {} tháng trở lên trong năm xét, hoặc có kết quả đạt yêu cầu",
                count_vi(self.months)
            ),
            format!(
                "No training of {} or more in the year under review, or the result required",
                count_en(self.months, "month")
            ),
        )
    }
}
