//! The year under review has a grade or better.

use std::sync::Arc;

use super::{Condition, Links};
use crate::ask::{Ask, Outcome, Span, Years, after_year, grade_record, unit_supplier};
use crate::facts::{Day, Grade};
use crate::law::Law;
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan, SpanColumn};
use crate::scan::cell::{Cell, after};
use crate::scan::reads::Part;
use crate::words::{self, Words};

#[derive(Debug)]
struct YearGrade {
    grade: Grade,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(YearGrade { grade: reader.word("grade")? }))
}

impl Condition for YearGrade {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let year = ask.review_year();
        match ask.grade(year) {
            Some((place, fact)) if fact.grade >= self.grade => Outcome::met(vec![grade_record(place, fact)]),
            Some((place, fact)) => {
                let (had, wanted) = (words::grade(fact.grade), words::grade(self.grade));
                let what = Words::new(
                    format!("năm {year} được đánh giá {}, chưa {}", had.vi, wanted.vi),
                    format!("graded “{}” for {year}, below “{}”", had.en, wanted.en),
                );
                Outcome::not_met(vec![grade_record(place, fact)], what, after_year(year + 1))
            }
            None => {
                let what = Words::new(
                    format!("chưa có kết quả đánh giá năm {year}"),
                    format!("no yearly grade on record for {year}"),
                );
                Outcome::fact_missing(Vec::new(), what, unit_supplier())
            }
        }
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::Grades]);
        let least = self.grade as usize;
        Box::new(move |asked, cells| {
            asked.each(cells, |row| {
                let year = row.review_year();
                let bit = row.bits(Years { first: year, last: year });
                match (row.graded(0) & bit != 0, row.graded(least) & bit != 0) {
                    (false, _) => Cell::UNKNOWN,
                    (true, true) => Cell::MET,
                    (true, false) => Cell::not_met(after(i64::from(year) + 1)),
                }
            })
        })
    }

    fn span_column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Option<SpanColumn<'l>> {
        plan.reads(&[Part::Grades]);
        Some(Box::new(|asked, spans| {
            asked.each_span(spans, |row| Some(Span::sure(row.review_year(), row.review_year())))
        }))
    }

    fn asks(&self) -> Asks<'_> {
        Asks::YearGrade { grade: self.grade }
    }

    fn words(&self, _law: &Law, _day: Day) -> Words {
        let grade = words::grade(self.grade);
        match self.grade {
            Grade::XuatSac => {
                Words::new(format!("Năm xét: {}", grade.vi), format!("In the year under review: “{}”", grade.en))
            }
            _ => Words::new(
                format!("Năm xét: {} trở lên", grade.vi),
                format!("In the year under review: “{}” or better", grade.en),
            ),
        }
    }

    fn links(&self) -> Links<'_> {
        Links { gives_years: true, ..Links::default() }
    }

    fn span(&self, ask: &Ask<'_>) -> Option<Span> {
        let year = ask.review_year();
        Some(Span::sure(year, year))
    }
}
