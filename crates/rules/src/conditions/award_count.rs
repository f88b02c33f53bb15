//! So many awards decided for work within other years.

use std::sync::Arc;

use chrono::Datelike;

use super::{Condition, Links, borrowed, names, read_ids, read_within};
use crate::ask::{Ask, Outcome, Years, award_record, unit_supplier};
use crate::facts::{AwardFact, Day, Kind, RecordKind};
use crate::law::Law;
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, NEVER};
use crate::scan::packed::{self, PackedAward};
use crate::scan::reads::Part;
use crate::words::{Words, count_vi};

#[derive(Debug)]
struct AwardCount {
    award: Vec<String>,
    count: u32,
    kinds: Vec<Kind>,
    within: Vec<String>,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(AwardCount {
        award: read_ids(reader, "award")?,
        count: reader.count("count")?,
        kinds: reader.words("kinds")?,
        within: read_within(reader)?,
    }))
}

impl AwardCount {
    fn serves(&self, fact: &AwardFact, years: Years) -> bool {
        let kind = self.kinds.is_empty() || fact.kind.is_some_and(|kind| self.kinds.contains(&kind));
        kind && years.contains(fact.period.map_or(fact.decided.year(), |(_, last)| last))
    }
}

impl Condition for AwardCount {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let span = match ask.within(&self.within) {
            Ok(span) => ask.clipped(span),
            Err(outcome) => return outcome,
        };
        let within = |years| ask.awards(&self.award).filter(move |(_, fact)| self.serves(fact, years));
        let records = within(span.possible).map(|(place, fact)| award_record(place, fact)).collect();
        if within(span.certain).count() as u32 >= self.count {
            return Outcome::met(records);
        }
        let name = names(ask.law, ask.law_day, &self.award);
        let decided = Years { first: span.possible.first, last: ask.on.year() };
        if !ask.complete_for(RecordKind::Awards, decided) {
            let what = Words::new(
                format!("hồ sơ khen thưởng chưa đầy đủ để biết số lần được tặng {}", name.vi),
                format!("the record of awards is not whole, so it is not known how often {} was given", name.en),
            );
            return Outcome::fact_missing(records, what, unit_supplier());
        }
        let found = within(span.possible).count() as u32;
        if found >= self.count {
            return Outcome::text_missing(records, ask.text());
        }
        let what = Words::new(
            format!("còn thiếu {} lần được tặng {}", count_vi(self.count - found), name.vi),
            format!("{} more needed: {}", self.count - found, name.en),
        );
        Outcome::not_met(records, what, None).lacking(self.count - found)
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::List(packed::AWARDS)]);
        let (within, awards) = (plan.clipped_within(&self.within), plan.awards(borrowed(&self.award)));
        let serves = move |fact: &PackedAward, years: Years| {
            let kind = self.kinds.is_empty() || self.kinds.iter().any(|kind| *kind as u8 + 1 == fact.kind);
            kind && awards.contains(&fact.award) && years.contains(fact.last().unwrap_or_else(|| fact.decided().year()))
        };
        Box::new(move |asked, cells| {
            asked.each(cells, |row| {
                let Some(span) = row.within(&within) else { return Cell::UNKNOWN };
                let found = |years| row.awards().filter(|fact| serves(fact, years)).count() as u32;
                if found(span.certain) >= self.count {
                    return Cell::MET;
                }
                let decided = Years { first: span.possible.first, last: row.year() };
                let possible = found(span.possible);
                match row.is_whole_for(RecordKind::Awards, decided) && possible < self.count {
                    true => Cell::not_met(NEVER).lacking(self.count - possible),
                    false => Cell::UNKNOWN,
                }
            })
        })
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Awards { award: &self.award, count: self.count, kinds: &self.kinds }
    }

    fn words(&self, law: &Law, day: Day) -> Words {
        let name = names(law, day, &self.award);
        Words::new(
            format!("Trong thời gian đó có {} lần được tặng {}", count_vi(self.count), name.vi),
            format!("In that time, {} × {}", self.count, name.en),
        )
    }

    fn links(&self) -> Links<'_> {
        Links { awards: borrowed(&self.award), within: borrowed(&self.within), ..Links::default() }
    }
}
