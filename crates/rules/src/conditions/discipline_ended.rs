//! No measure in force on the day; achievements count only from the day the last one ended.

use std::sync::Arc;

use chrono::Datelike;

use super::{Condition, no_discipline};
use crate::ask::{Ask, Clip, Outcome, Years, personnel_supplier};
use crate::facts::{Day, RecordKind};
use crate::law::Law;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{ClipColumn, Column, Plan};
use crate::scan::cell::{Cell, NEVER, when};
use crate::scan::packed;
use crate::scan::reads::Part;
use crate::words::{self, Words};

#[derive(Debug)]
struct DisciplineEnded;

pub fn read(_reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(DisciplineEnded))
}

impl Condition for DisciplineEnded {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let known = ask.facts.disciplines.iter().enumerate().filter(|(_, fact)| fact.from <= ask.on);
        let lasting = known.filter(|(_, fact)| fact.to.is_none_or(|to| to >= ask.on));
        if let Some((place, fact)) = lasting.max_by_key(|(_, fact)| fact.to.unwrap_or(Day::MAX)) {
            let kind = words::discipline(fact.kind);
            let until = fact.to.map(words::day);
            let (vi, en) = until.map_or((String::new(), String::new()), |day| {
                (format!(" đến hết ngày {}", day.vi), format!(" until {}", day.en))
            });
            let what = Words::new(
                format!("đang trong thời hạn kỷ luật {}{vi}", kind.vi),
                format!("a measure is in force{en}: {}", kind.en),
            );
            let earliest = fact.to.and_then(|to| to.succ_opt());
            return Outcome::not_met(vec![no_discipline::record(place, fact)], what, earliest);
        }
        let used = ask.spans.values().map(|span| span.possible.first).min().unwrap_or_else(|| ask.review_year());
        let first = ask.lifetime().map_or(used, |life| used.max(life.first));
        let whole = (first..=ask.review_year()).all(|year| ask.complete(RecordKind::Disciplines, year));
        if whole {
            return Outcome::met(Vec::new());
        }
        let what = Words::new(
            "sổ theo dõi kỷ luật chưa được xác nhận đầy đủ",
            "the record of disciplinary measures is not confirmed as whole",
        );
        Outcome::fact_missing(Vec::new(), what, personnel_supplier())
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::List(packed::DISCIPLINES), Part::Grades, Part::Life]);
        let spans = plan.every_span();
        Box::new(move |asked, cells| {
            asked.each(cells, |row| {
                let ends = row.list(packed::DISCIPLINES).chunks_exact(2).map(|words| packed::days(words[0]).1);
                let lasting = ends.map(|to| to.unwrap_or(Day::MAX)).filter(|to| *to >= row.day()).max();
                if let Some(to) = lasting {
                    return Cell::not_met(to.succ_opt().map_or(NEVER, when));
                }
                let used = row.first_of(&spans).unwrap_or_else(|| row.review_year());
                let first = row.lifetime().map_or(used, |life| used.max(life.first));
                Cell::met_if(row.is_whole_for(RecordKind::Disciplines, Years { first, last: row.review_year() }))
            })
        })
    }

    fn clip_column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Option<ClipColumn<'l>> {
        plan.reads(&[Part::List(packed::DISCIPLINES)]);
        Some(Box::new(|asked, clips| {
            asked.each_clip(clips, |row| {
                let ends = row.list(packed::DISCIPLINES).chunks_exact(2).map(|words| packed::days(words[0]).1);
                let ends = ends.map(|to| to.map_or(row.year(), |to| to.year().min(row.year())));
                ends.max().map(|year| Clip { certain: year + 1, possible: year })
            })
        }))
    }

    fn words(&self, _law: &Law, _day: Day) -> Words {
        Words::new(
            "Không trong thời hạn kỷ luật; thành tích tính từ khi hết thời hạn",
            "No disciplinary measure in force; achievements count from the end of the last one",
        )
    }

    fn clip(&self, ask: &Ask<'_>) -> Option<Clip> {
        let begun = ask.facts.disciplines.iter().filter(|fact| fact.from <= ask.on);
        let ends = begun.map(|fact| fact.to.map_or(ask.on.year(), |to| to.year().min(ask.on.year())));
        ends.max().map(|year| Clip { certain: year + 1, possible: year })
    }
}
