//! None of these awards was decided in the year of the day asked.

use std::sync::Arc;

use chrono::Datelike;

use super::{Condition, Links, borrowed, read_ids};
use crate::ask::{Ask, Outcome, Record, after_year, award_record, title_day, title_record, unit_supplier};
use crate::facts::{Day, Kind, RecordKind};
use crate::law::Law;
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, after};
use crate::scan::packed;
use crate::scan::reads::Part;
use crate::words::{Words, kind};

#[derive(Debug)]
struct OneAYear {
    award: Vec<String>,
    except_kinds: Vec<Kind>,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(OneAYear { award: read_ids(reader, "award")?, except_kinds: reader.words("except_kinds")? }))
}

impl Condition for OneAYear {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let year = ask.on.year();
        let awards = ask.awards(&self.award).filter(|(_, fact)| fact.decided.year() == year);
        let (excepted, counted): (Vec<_>, Vec<_>) =
            awards.partition(|(_, fact)| fact.kind.is_some_and(|kind| self.except_kinds.contains(&kind)));
        let (known, open): (Vec<_>, Vec<_>) =
            counted.into_iter().partition(|(_, fact)| fact.kind.is_some() || self.except_kinds.is_empty());
        let titles = ask.titles(&self.award).filter(|(_, fact)| title_day(fact).year() == year);
        let mut records: Vec<Record> = titles.map(|(place, fact)| title_record(place, fact)).collect();
        records.extend(known.iter().map(|(place, fact)| award_record(*place, fact)));
        if !records.is_empty() {
            let what = Words::new(
                format!("năm {year} đã được khen thưởng cấp Nhà nước"),
                format!("an award of State level was already given in {year}"),
            );
            return Outcome::not_met(records, what, after_year(year));
        }
        if let Some((place, fact)) = open.first() {
            let what = Words::new(
                "quyết định chưa ghi khen theo loại hình nào",
                "the decision does not say for what kind it was given",
            );
            return Outcome::fact_missing(vec![award_record(*place, fact)], what, unit_supplier());
        }
        if ask.complete(RecordKind::Awards, year) {
            return Outcome::met(excepted.iter().map(|(place, fact)| award_record(*place, fact)).collect());
        }
        let what = Words::new(
            format!("hồ sơ khen thưởng năm {year} chưa đầy đủ"),
            format!("the record of awards for {year} is not whole"),
        );
        Outcome::fact_missing(Vec::new(), what, unit_supplier())
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::List(packed::TITLE_DAYS), Part::List(packed::AWARDS)]);
        let awards = plan.awards(borrowed(&self.award));
        let excepted = move |kind: u8| self.except_kinds.iter().any(|known| *known as u8 + 1 == kind);
        Box::new(move |asked, cells| {
            asked.each(cells, |row| {
                let year = row.year();
                let mut given = row.title_decided(&awards).is_some_and(|day| day.year() == year);
                let mut open = false;
                let decided = row.awards().filter(|fact| awards.contains(&fact.award) && fact.decided().year() == year);
                for fact in decided.filter(|fact| !excepted(fact.kind)) {
                    match fact.kind != 0 || self.except_kinds.is_empty() {
                        true => given = true,
                        false => open = true,
                    }
                }
                match given {
                    true => Cell::not_met(after(i64::from(year))),
                    false => Cell::met_if(!open && row.is_whole(RecordKind::Awards, year)),
                }
            })
        })
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Alone { award: &self.award }
    }

    fn words(&self, _law: &Law, _day: Day) -> Words {
        let except: Vec<Words> = self.except_kinds.iter().map(|known| kind(*known)).collect();
        let except = crate::words::either(&except);
        let (vi, en) = match self.except_kinds.is_empty() {
            true => (String::new(), String::new()),
            false => (format!(", trừ {}", except.vi), format!(", except for {}", except.en)),
        };
        Words::new(
            format!("Trong năm chưa được khen thưởng cấp Nhà nước{vi}"),
            format!("No other award of State level in the same year{en}"),
        )
    }

    fn links(&self) -> Links<'_> {
        Links { awards: borrowed(&self.award), ..Links::default() }
    }
}
