//! So many initiatives or topics recognised by a scope or wider.

use std::sync::Arc;

use super::{Condition, Links, borrowed, read_within};
use crate::ask::{Ask, Outcome, Record, Years, after_year};
use crate::facts::{Day, InitiativeFact, RecordKind, Scope, Sort};
use crate::law::Law;
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, after};
use crate::scan::packed::{self, PackedInitiative};
use crate::scan::reads::Part;
use crate::words::{self, Words, count_vi};

#[derive(Debug)]
struct Initiatives {
    count: u32,
    scope: Scope,
    sorts: Vec<Sort>,
    within: Vec<String>,
    not_used_for: Vec<String>,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(Initiatives {
        count: reader.count("count")?,
        scope: reader.word("scope")?,
        sorts: reader.words("sorts")?,
        within: read_within(reader)?,
        not_used_for: reader.opt_texts("not_used_for")?.unwrap_or_default(),
    }))
}

impl Initiatives {
    fn serves(&self, fact: &InitiativeFact, years: Years) -> bool {
        let used = fact.used_for.iter().any(|award| self.not_used_for.contains(award));
        let sort = self.sorts.is_empty() || self.sorts.contains(&fact.sort);
        fact.scope >= self.scope && sort && !used && years.contains(fact.year)
    }

    fn noun(&self) -> Words {
        match self.sorts.as_slice() {
            [Sort::SangKien] => Words::new("sáng kiến", "initiative"),
            [Sort::DeTai] => Words::new("đề tài, đề án khoa học", "scientific topic"),
            _ => Words::new("sáng kiến hoặc đề tài", "initiative or topic"),
        }
    }
}

impl Condition for Initiatives {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let span = match ask.within(&self.within) {
            Ok(span) => ask.clipped(span),
            Err(outcome) => return outcome,
        };
        let within = |years| ask.initiatives().filter(move |(_, fact)| self.serves(fact, years));
        let record = |(place, fact): (usize, &InitiativeFact)| Record {
            fact: format!("/initiatives/{place}"),
            decision: fact.number.clone(),
            year: Some(fact.year),
        };
        let records: Vec<Record> = within(span.possible).map(record).collect();
        if within(span.certain).count() as u32 >= self.count {
            return Outcome::met(records);
        }
        let (noun, scope) = (self.noun(), words::scope(self.scope));
        if !ask.complete_for(RecordKind::Initiatives, span.possible) {
            let what = Words::new(
                format!("{} phạm vi {}: chưa có xác nhận", noun.vi, scope.vi),
                format!("no confirmation on record: {} with effect in {}", noun.en, scope.en),
            );
            let supplier = Words::new("Hội đồng sáng kiến", "the initiative council");
            return Outcome::fact_missing(records, what, supplier);
        }
        let found = records.len() as u32;
        if found >= self.count {
            return Outcome::text_missing(records, ask.text());
        }
        let what = Words::new(
            format!("còn thiếu {} {} được công nhận trong phạm vi {}", count_vi(self.count - found), noun.vi, scope.vi),
            format!("{} more recognised {} needed with effect in {}", self.count - found, noun.en, scope.en),
        );
        Outcome::not_met(records, what, after_year(span.possible.last + 1)).lacking(self.count - found)
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::List(packed::INITIATIVES)]);
        let (within, used) = (plan.clipped_within(&self.within), plan.uses_of(&self.not_used_for));
        let serves = move |fact: &PackedInitiative| {
            let sort = self.sorts.is_empty() || self.sorts.iter().any(|sort| *sort as u8 == fact.sort());
            fact.scope() >= self.scope as u8 && sort && !used.contains(&fact.uses())
        };
        Box::new(move |asked, cells| {
            asked.each(cells, |row| {
                let Some(span) = row.within(&within) else { return Cell::UNKNOWN };
                let (mut certain, mut possible) = (0, 0);
                for fact in row.initiatives().filter(&serves) {
                    certain += u32::from(span.certain.contains(fact.year()));
                    possible += u32::from(span.possible.contains(fact.year()));
                }
                if certain >= self.count {
                    return Cell::MET;
                }
                match row.is_whole_for(RecordKind::Initiatives, span.possible) && possible < self.count {
                    true => {
                        let earliest = after(i64::from(span.possible.last) + 1);
                        Cell::not_met(earliest).lacking(self.count - possible)
                    }
                    false => Cell::UNKNOWN,
                }
            })
        })
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Initiatives { count: self.count, scope: self.scope, sorts: &self.sorts, not_used_for: &self.not_used_for }
    }

    fn words(&self, law: &Law, day: Day) -> Words {
        let (noun, scope) = (self.noun(), words::scope(self.scope));
        let unused = super::names(law, day, &self.not_used_for);
        let (vi, en) = match self.not_used_for.is_empty() {
            true => (String::new(), String::new()),
            false => (format!(", chưa dùng để xét {}", unused.vi), format!(", not already used for {}", unused.en)),
        };
        let during = if self.within.is_empty() { ("", "") } else { ("Trong thời gian đó có ", "In that time ") };
        let lead = if during.0.is_empty() { "Có " } else { during.0 };
        Words::new(
            format!(
                "{lead}{} {} được công nhận, có hiệu quả trong phạm vi {}{vi}",
                count_vi(self.count),
                noun.vi,
                scope.vi
            ),
            format!("{}{} recognised with effect in {}{en}", during.1, words::count_en(self.count, &noun.en), scope.en),
        )
    }

    fn links(&self) -> Links<'_> {
        Links { awards: borrowed(&self.not_used_for), within: borrowed(&self.within), ..Links::default() }
    }
}
