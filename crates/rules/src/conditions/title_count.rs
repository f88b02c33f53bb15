//! So many title years within other years.

use std::sync::Arc;

use super::{Condition, Links, borrowed, names, read_ids, read_within, title_not_on_record};
use crate::ask::{Ask, Outcome, after_year, title_record};
use crate::facts::{Day, RecordKind, Year};
use crate::law::Law;
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, after};
use crate::words::{Words, count_vi};

#[derive(Debug)]
struct TitleCount {
    award: Vec<String>,
    count: u32,
    within: Vec<String>,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(TitleCount {
        award: read_ids(reader, "award")?,
        count: reader.count("count")?,
        within: read_within(reader)?,
    }))
}

impl Condition for TitleCount {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let span = match ask.within(&self.within) {
            Ok(span) => ask.clipped(span),
            Err(outcome) => return outcome,
        };
        let held = |year: Year| ask.titles(&self.award).find(|(_, fact)| fact.year == year);
        let records = span.possible.iter().filter_map(held).map(|(place, fact)| title_record(place, fact)).collect();
        let certain = span.certain.iter().filter(|year| held(*year).is_some()).count() as u32;
        if certain >= self.count {
            return Outcome::met(records);
        }
        let open: Vec<Year> = span
            .possible
            .iter()
            .filter(|year| held(*year).is_none() && !ask.complete(RecordKind::Titles, *year))
            .collect();
        let held_possible = span.possible.iter().filter(|year| held(*year).is_some()).count() as u32;
        let name = names(ask.law, ask.law_day, &self.award);
        let reach = held_possible + open.len() as u32;
        if reach < self.count {
            let lacking = self.count - reach;
            let what = Words::new(
                format!("còn thiếu {} lần đạt {}", count_vi(lacking), name.vi),
                format!("{lacking} more needed: {}", name.en),
            );
            return Outcome::not_met(records, what, after_year(span.possible.last + lacking as i32)).lacking(lacking);
        }
        if open.is_empty() {
            return Outcome::text_missing(records, ask.text());
        }
        title_not_on_record(records, &name, &open)
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        let (within, awards) = (plan.clipped_within(&self.within), plan.titles(&self.award));
        Box::new(move |asked, cells| {
            let titles = asked.titles(&awards);
            asked.each(cells, |row| {
                let Some(span) = row.within(&within) else { return Cell::UNKNOWN };
                let held = titles.of(&row);
                if (held & row.bits(span.certain)).count_ones() >= self.count {
                    return Cell::MET;
                }
                let open = row.open_years(RecordKind::Titles, span.possible, held);
                let reach = open + (held & row.bits(span.possible)).count_ones();
                if reach >= self.count {
                    return Cell::UNKNOWN;
                }
                let lacking = self.count - reach;
                Cell::not_met(after(i64::from(span.possible.last) + i64::from(lacking))).lacking(lacking)
            })
        })
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Titles { award: &self.award, count: self.count }
    }

    fn words(&self, law: &Law, day: Day) -> Words {
        let name = names(law, day, &self.award);
        if self.within.is_empty() {
            return Words::new(
                format!("Đạt {} trong năm xét", name.vi),
                format!("{} for the year under review", name.en),
            );
        }
        Words::new(
            format!("Trong thời gian đó có {} lần đạt {}", count_vi(self.count), name.vi),
            format!("In that time, {} × {}", self.count, name.en),
        )
    }

    fn links(&self) -> Links<'_> {
        Links { awards: borrowed(&self.award), within: borrowed(&self.within), ..Links::default() }
    }
}
