//! Titles of consecutive years up to now.

use std::sync::Arc;

use super::{Condition, Links, borrowed, names, read_ids, title_not_on_record};
use chrono::Datelike;

use crate::ask::{Ask, Outcome, Span, Years, after_year, title_record};
use crate::facts::{Day, RecordKind, Year};
use crate::law::Law;
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan, Row, SpanColumn};
use crate::scan::cell::{Cell, after};
use crate::words::{Words, count_en, count_vi};

/// No run is longer; bounds the walk back through unknown years.
const LONGEST: i32 = 60;

#[derive(Debug)]
struct ConsecutiveTitles {
    award: Vec<String>,
    count: u32,
    spent_by: Vec<String>,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(ConsecutiveTitles {
        award: read_ids(reader, "award")?,
        count: reader.count("count")?,
        spent_by: reader.opt_texts("spent_by")?.unwrap_or_default(),
    }))
}

impl ConsecutiveTitles {
    fn held(&self, ask: &Ask<'_>, year: Year) -> bool {
        ask.titles(&self.award).any(|(_, fact)| fact.year == year)
    }

    /// The run that ends now, certain and possible.
    fn run(&self, ask: &Ask<'_>) -> Span {
        let this_year = ask.on.year();
        let last = if self.held(ask, this_year) { this_year } else { this_year - 1 };
        let spent = ask.titles(&self.spent_by).map(|(_, fact)| fact.year).max();
        let lowest = spent.map_or(last - LONGEST, |year| year + 1);
        let back = |counts: &dyn Fn(Year) -> bool| {
            (lowest..=last).rev().find(|year| !counts(*year)).map_or(lowest, |year| year + 1)
        };
        let certain = back(&|year| self.held(ask, year));
        let possible = back(&|year| self.held(ask, year) || !ask.complete(RecordKind::Titles, year));
        ask.clipped(Span { certain: Years { first: certain, last }, possible: Years { first: possible, last } })
    }
}

/// The run that ends now of the years `held`, after the last year of `spent`.
#[inline(always)]
fn run(row: &Row<'_, '_>, held: u64, spent: u64) -> Span {
    let last = row.year() - i32::from(held >> 63 == 0);
    let lowest = row.last_year(spent).map_or(last - LONGEST, |year| year + 1);
    let back = |years: u64| Years { first: lowest.max(last - row.run_up_to(years, last) + 1), last };
    Span { certain: back(held), possible: back(held | !row.whole_years(RecordKind::Titles)) }
}

impl Condition for ConsecutiveTitles {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let run = self.run(ask);
        let titles = ask.titles(&self.award).filter(|(_, fact)| run.possible.contains(fact.year));
        let mut records: Vec<_> = titles.map(|(place, fact)| title_record(place, fact)).collect();
        records.sort_by_key(|record| record.year);
        if run.certain.count() >= self.count {
            return Outcome::met(records);
        }
        let name = names(ask.law, ask.law_day, &self.award);
        if run.possible.count() < self.count {
            let lacking = self.count - run.possible.count();
            let what = Words::new(
                format!("còn thiếu {} lần liên tục đạt {}", count_vi(lacking), name.vi),
                format!("{lacking} more in a row needed: {}", name.en),
            );
            let last = run.possible.last.max(run.possible.first - 1);
            return Outcome::not_met(records, what, after_year(last + lacking as i32)).lacking(lacking);
        }
        let first = run.possible.last - self.count as i32 + 1;
        let open: Vec<Year> = (first..=run.possible.last).filter(|year| !self.held(ask, *year)).collect();
        if open.is_empty() {
            return Outcome::text_missing(records, ask.text());
        }
        title_not_on_record(records, &name, &open)
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.clips();
        let (awards, spent) = (plan.titles(&self.award), plan.titles(&self.spent_by));
        // Most hold no such run up to this year or the last, whatever else is asked; that costs two comparisons.
        let years = u64::MAX.checked_shl(64_u32.saturating_sub(self.count)).unwrap_or_default();
        let reaches = move |held: u64| (held & years == years) | (held << 1 & years == years);
        Box::new(move |asked, cells| {
            let (held, spent) = (asked.titles(&awards), asked.titles(&spent));
            asked.each_holding(cells, &held, reaches, |row| {
                let run = row.clipped(run(&row, held.of(&row), spent.of(&row)));
                if run.certain.count() >= self.count {
                    return Cell::MET;
                }
                let possible = run.possible.count();
                if possible >= self.count {
                    return Cell::UNKNOWN;
                }
                let lacking = self.count - possible;
                let last = run.possible.last.max(run.possible.first - 1);
                Cell::not_met(after(i64::from(last) + i64::from(lacking))).lacking(lacking)
            })
        })
    }

    fn span_column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Option<SpanColumn<'l>> {
        plan.clips();
        let (awards, spent) = (plan.titles(&self.award), plan.titles(&self.spent_by));
        Some(Box::new(move |asked, spans| {
            let (held, spent) = (asked.titles(&awards), asked.titles(&spent));
            asked.each_span(spans, |row| Some(row.clipped(run(&row, held.of(&row), spent.of(&row)))))
        }))
    }

    fn asks(&self) -> Asks<'_> {
        Asks::TitlesInARow { award: &self.award, count: self.count, spent_by: &self.spent_by }
    }

    fn words(&self, law: &Law, day: Day) -> Words {
        let name = names(law, day, &self.award);
        Words::new(
            format!("Có {} lần liên tục đạt {}", count_vi(self.count), name.vi),
            format!("{} in a row: {}", count_en(self.count, "title"), name.en),
        )
    }

    fn links(&self) -> Links<'_> {
        let awards = borrowed(&self.award).into_iter().chain(borrowed(&self.spent_by)).collect();
        Links { awards, gives_years: true, ..Links::default() }
    }

    fn span(&self, ask: &Ask<'_>) -> Option<Span> {
        Some(self.run(ask))
    }
}
