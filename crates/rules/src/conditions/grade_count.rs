//! So many years at a grade or better within other years.

use std::sync::Arc;

use super::{Condition, Links, borrowed, read_within};
use crate::ask::{Ask, Outcome, after_year, grade_record, unit_supplier};
use crate::facts::{Day, Grade, Year};
use crate::law::Law;
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, after};
use crate::scan::reads::Part;
use crate::words::{self, Words, count_en, count_vi};

#[derive(Debug)]
struct GradeCount {
    grade: Grade,
    count: u32,
    within: Vec<String>,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(GradeCount {
        grade: reader.word("grade")?,
        count: reader.count("count")?,
        within: read_within(reader)?,
    }))
}

impl Condition for GradeCount {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let span = match ask.within(&self.within) {
            Ok(span) => ask.clipped(span),
            Err(outcome) => return outcome,
        };
        let good = |year: Year| ask.grade(year).filter(|(_, fact)| fact.grade >= self.grade);
        let records = span.possible.iter().filter_map(good).map(|(place, fact)| grade_record(place, fact)).collect();
        if span.certain.iter().filter(|year| good(*year).is_some()).count() as u32 >= self.count {
            return Outcome::met(records);
        }
        let open: Vec<Year> = span.possible.iter().filter(|year| ask.grade(*year).is_none()).collect();
        let reach = open.len() as u32 + span.possible.iter().filter(|year| good(*year).is_some()).count() as u32;
        let grade = words::grade(self.grade);
        if reach < self.count {
            let lacking = self.count - reach;
            let what = Words::new(
                format!("còn thiếu {} năm {}", count_vi(lacking), grade.vi),
                format!("{} more of “{}” needed", count_en(lacking, "year"), grade.en),
            );
            return Outcome::not_met(records, what, after_year(span.possible.last + lacking as i32)).lacking(lacking);
        }
        if open.is_empty() {
            return Outcome::text_missing(records, ask.text());
        }
        let what = Words::new(
            format!("chưa có kết quả đánh giá năm {}", words::years(&open)),
            format!("no yearly grade on record for {}", words::years(&open)),
        );
        Outcome::fact_missing(records, what, unit_supplier())
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::Grades]);
        let (within, least) = (plan.clipped_within(&self.within), self.grade as usize);
        Box::new(move |asked, cells| {
            asked.each(cells, |row| {
                let Some(span) = row.within(&within) else { return Cell::UNKNOWN };
                let (known, possible) = (row.graded(0), row.bits(span.possible));
                let good = if least == 0 { known } else { row.graded(least) };
                if (good & row.bits(span.certain)).count_ones() >= self.count {
                    return Cell::MET;
                }
                let open = span.possible.count() - (known & possible).count_ones();
                let reach = open + (good & possible).count_ones();
                if reach >= self.count {
                    return Cell::UNKNOWN;
                }
                let lacking = self.count - reach;
                Cell::not_met(after(i64::from(span.possible.last) + i64::from(lacking))).lacking(lacking)
            })
        })
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Grades { grade: self.grade, years: self.count, or_titles: &[] }
    }

    fn words(&self, _law: &Law, _day: Day) -> Words {
        let grade = words::grade(self.grade);
        Words::new(
            format!("Trong thời gian đó có {} năm {}", count_vi(self.count), grade.vi),
            format!("In that time, {} of “{}”", count_en(self.count, "year"), grade.en),
        )
    }

    fn links(&self) -> Links<'_> {
        Links { within: borrowed(&self.within), ..Links::default() }
    }
}
