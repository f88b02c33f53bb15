//! Titles one after the other, each in a cycle of its own, never in adjoining years.

use std::sync::Arc;

use super::{Condition, Links, borrowed, names, read_ids};
use crate::ask::{Ask, Outcome, Span, Years, after_year, title_record, unit_supplier};
use crate::facts::{Day, RecordKind, Year};
use crate::law::Law;
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan, Row, SpanColumn};
use crate::scan::cell::{Cell, NEVER, after, when};
use crate::scan::reads::Part;
use crate::words::{Words, count_en, count_vi};

#[derive(Debug)]
struct TitleCycles {
    award: Vec<String>,
    count: u32,
    cycle: u32,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(TitleCycles {
        award: read_ids(reader, "award")?,
        count: reader.count("count")?,
        cycle: reader.count("cycle")?,
    }))
}

impl TitleCycles {
    /// The years of the titles decided by the day, each once.
    fn years(&self, ask: &Ask<'_>) -> Vec<Year> {
        let mut years: Vec<Year> = ask.titles(&self.award).map(|(_, fact)| fact.year).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// From the latest title backwards: those a full cycle apart. The flag says that a longer gap lies between two.
    fn chain(&self, years: &[Year]) -> (Vec<Year>, bool) {
        let (mut chain, mut gap): (Vec<Year>, bool) = (Vec::new(), false);
        for &year in years.iter().rev() {
            match chain.last() {
                None => chain.push(year),
                Some(next) if next - year >= self.cycle as i32 => {
                    gap |= next - year > self.cycle as i32;
                    chain.push(year);
                }
                Some(_) => {}
            }
            if chain.len() == self.count as usize {
                break;
            }
        }
        (chain, gap)
    }
}

/// The titles of one subject of a scan that lie a full cycle apart.
#[derive(Default)]
struct Chain {
    latest: Option<Year>,
    first: Option<Year>,
    len: u32,
}

impl TitleCycles {
    /// As [`TitleCycles::chain`], from the years as bits.
    fn chain_of(&self, row: &Row<'_, '_>, mut years: u64) -> (Chain, bool) {
        let (mut chain, mut gap) = (Chain::default(), false);
        while let Some(year) = row.last_year(years) {
            years &= !row.bits(Years { first: year, last: year });
            let apart = chain.first.map(|next| next - year);
            if apart.is_none_or(|apart| apart >= self.cycle as i32) {
                gap |= apart.is_some_and(|apart| apart > self.cycle as i32);
                chain = Chain { latest: chain.latest.or(Some(year)), first: Some(year), len: chain.len + 1 };
                if chain.len == self.count {
                    break;
                }
            }
        }
        (chain, gap)
    }
}

impl Condition for TitleCycles {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let (chain, gap) = self.chain(&self.years(ask));
        let titles = ask.titles(&self.award).filter(|(_, fact)| chain.contains(&fact.year));
        let records: Vec<_> = titles.map(|(place, fact)| title_record(place, fact)).collect();
        let name = names(ask.law, ask.law_day, &self.award);
        if chain.len() == self.count as usize {
            if !gap {
                return Outcome::met(records);
            }
            let mut missing = ask.text();
            missing.what = Words::new(
                format!(
                    "hai lần đạt cách nhau quá {} năm: cần văn bản xác định có được coi là liên tục hay không",
                    self.cycle
                ),
                format!(
                    "the titles lie more than {} years apart: a text must say whether they count as consecutive",
                    self.cycle
                ),
            );
            return Outcome::text_missing(records, missing);
        }
        if !ask.complete_for_life(RecordKind::Titles) {
            let what = Words::new(
                format!("hồ sơ danh hiệu chưa đầy đủ để biết số lần đạt {}", name.vi),
                format!("the record of titles is not whole, so the number of titles is not known: {}", name.en),
            );
            return Outcome::fact_missing(records, what, unit_supplier());
        }
        let lacking = self.count - chain.len() as u32;
        let what = Words::new(
            format!("còn thiếu {} lần đạt {}", count_vi(lacking), name.vi),
            format!("{} more needed: {}", count_en(lacking, "title"), name.en),
        );
        let cycles = (lacking * self.cycle) as i32;
        let earliest = chain.first().and_then(|latest| after_year(latest + cycles)).map(|day| day.max(ask.on));
        Outcome::not_met(records, what, earliest).lacking(lacking)
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::Life]);
        let (awards, today) = (plan.titles(&self.award), when(plan.day));
        Box::new(move |asked, cells| {
            let titles = asked.titles(&awards);
            asked.each(cells, |row| {
                let (chain, gap) = self.chain_of(&row, titles.of(&row));
                if chain.len == self.count {
                    return Cell::met_if(!gap);
                }
                if !row.is_whole_for_life(RecordKind::Titles) {
                    return Cell::UNKNOWN;
                }
                let lacking = self.count - chain.len;
                let cycles = i64::from(lacking) * i64::from(self.cycle);
                let earliest = chain.latest.map_or(NEVER, |latest| after(i64::from(latest) + cycles).max(today));
                Cell::not_met(earliest).lacking(lacking)
            })
        })
    }

    fn span_column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Option<SpanColumn<'l>> {
        plan.clips();
        let awards = plan.titles(&self.award);
        Some(Box::new(move |asked, spans| {
            let titles = asked.titles(&awards);
            asked.each_span(spans, |row| {
                let (chain, _) = self.chain_of(&row, titles.of(&row));
                let first = chain.first? - self.cycle as Year + 1;
                Some(row.clipped(Span::sure(first, chain.latest?)))
            })
        }))
    }

    fn asks(&self) -> Asks<'_> {
        Asks::TitlesApart { award: &self.award, count: self.count, cycle: self.cycle }
    }

    fn words(&self, law: &Law, day: Day) -> Words {
        let name = names(law, day, &self.award);
        Words::new(
            format!(
                "Có {} lần liên tục đạt {}, mỗi lần trong một chu kỳ {} năm riêng",
                count_vi(self.count),
                name.vi,
                self.cycle
            ),
            format!(
                "{} one after the other, each in its own {}-year cycle: {}",
                count_en(self.count, "title"),
                self.cycle,
                name.en
            ),
        )
    }

    fn links(&self) -> Links<'_> {
        Links { awards: borrowed(&self.award), gives_years: true, ..Links::default() }
    }

    /// From the first year of the first cycle to the latest title.
    fn span(&self, ask: &Ask<'_>) -> Option<Span> {
        let (chain, _) = self.chain(&self.years(ask));
        let first = chain.last()? - self.cycle as Year + 1;
        Some(ask.clipped(Span::sure(first, *chain.first()?)))
    }
}
