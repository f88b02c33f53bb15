//! No disciplinary measure of a weight or heavier in certain years.

use std::sync::Arc;

use chrono::Datelike;

use super::{Condition, Links, borrowed, read_within};
use crate::ask::{Ask, Outcome, Record, after_year, personnel_supplier};
use crate::facts::{Day, Discipline, DisciplineFact, RecordKind};
use crate::law::Law;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, after};
use crate::scan::packed;
use crate::scan::reads::Part;
use crate::words::{self, Words};

#[derive(Debug)]
struct NoDiscipline {
    at_least: Discipline,
    within: Vec<String>,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(NoDiscipline { at_least: reader.word("at_least")?, within: read_within(reader)? }))
}

pub(super) fn record(place: usize, fact: &DisciplineFact) -> Record {
    Record { fact: format!("/disciplines/{place}"), decision: fact.number.clone(), year: Some(fact.from.year()) }
}

impl Condition for NoDiscipline {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let years = match ask.within(&self.within) {
            Ok(span) => span.possible,
            Err(outcome) => return outcome,
        };
        let known = ask.facts.disciplines.iter().enumerate();
        let heavy = known.filter(|(_, fact)| fact.kind >= self.at_least && fact.from <= ask.on);
        let (mut begun, mut lasting) = (Vec::new(), Vec::new());
        for (place, fact) in heavy {
            if years.contains(fact.from.year()) {
                begun.push((place, fact));
            } else if fact.from.year() < years.first && fact.to.is_none_or(|to| to.year() >= years.first) {
                lasting.push((place, fact));
            }
        }
        if let Some((_, worst)) = begun.iter().max_by_key(|(_, fact)| fact.kind) {
            let kind = words::discipline(worst.kind);
            let year = worst.from.year();
            let what = Words::new(format!("bị {} năm {year}", kind.vi), format!("{} in {year}", kind.en));
            let records = begun.iter().map(|(place, fact)| record(*place, fact)).collect();
            return Outcome::not_met(records, what, after_year(years.last + 1));
        }
        if !lasting.is_empty() {
            let mut missing = ask.text();
            missing.what = Words::new(
                "quyết định kỷ luật có từ năm trước còn hiệu lực: cần văn bản xác định có tính vào năm này hay không",
                "a measure of an earlier year was still in force: a text must say whether it counts against this year",
            );
            return Outcome::text_missing(lasting.iter().map(|(place, fact)| record(*place, fact)).collect(), missing);
        }
        if ask.complete_for(RecordKind::Disciplines, years) {
            return Outcome::met(Vec::new());
        }
        let what = Words::new(
            "sổ theo dõi kỷ luật chưa được xác nhận đầy đủ",
            "the record of disciplinary measures is not confirmed as whole",
        );
        Outcome::fact_missing(Vec::new(), what, personnel_supplier())
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::List(packed::DISCIPLINES)]);
        let within = plan.within(&self.within);
        Box::new(move |asked, cells| {
            asked.each(cells, |row| {
                let Some(years) = row.within(&within).map(|span| span.possible) else { return Cell::UNKNOWN };
                let (mut begun, mut lasting) = (false, false);
                let measures = row.list(packed::DISCIPLINES).chunks_exact(2);
                for words in measures.filter(|words| words[1] >= self.at_least as u32) {
                    let (from, to) = packed::days(words[0]);
                    let before = from.year() < years.first && to.is_none_or(|to| to.year() >= years.first);
                    begun |= years.contains(from.year());
                    lasting |= before;
                }
                match begun {
                    true => Cell::not_met(after(i64::from(years.last) + 1)),
                    false => Cell::met_if(!lasting && row.is_whole_for(RecordKind::Disciplines, years)),
                }
            })
        })
    }

    fn words(&self, _law: &Law, _day: Day) -> Words {
        let kind = words::discipline(self.at_least);
        let (vi, en) = match self.within.is_empty() {
            true => ("trong năm xét", "in the year under review"),
            false => ("trong thời gian đó", "in that time"),
        };
        Words::new(
            format!("Không bị kỷ luật từ hình thức {} trở lên {vi}", kind.vi),
            format!("No disciplinary measure from {} upwards {en}", kind.en),
        )
    }

    fn links(&self) -> Links<'_> {
        Links { within: borrowed(&self.within), ..Links::default() }
    }
}
