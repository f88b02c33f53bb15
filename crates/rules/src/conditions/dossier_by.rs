//! The dossier was received by a day of a year after the latest decision of a title.

use std::sync::Arc;

use chrono::Datelike;

use super::{Condition, Links, borrowed, names, read_ids};
use crate::ask::{Ask, Outcome, title_day, title_record, unit_supplier};
use crate::facts::Day;
use crate::law::Law;
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, NEVER};
use crate::scan::packed;
use crate::scan::reads::Part;
use crate::words::{self, Words, count_vi};

#[derive(Debug)]
struct DossierBy {
    award: Vec<String>,
    years: u32,
    month: u32,
    day: u32,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    let (month, day) = (reader.number("month")?, reader.number("day")?);
    if Day::from_ymd_opt(2000, month, day).is_none() {
        return Err(reader.fault_at("day", Words::new("không có ngày này trong tháng", "the month has no such day")));
    }
    Ok(Arc::new(DossierBy { award: read_ids(reader, "award")?, years: reader.number("years")?, month, day }))
}

impl Condition for DossierBy {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let name = names(ask.law, ask.law_day, &self.award);
        let Some((place, fact)) = ask.titles(&self.award).max_by_key(|(_, fact)| title_day(fact)) else {
            let what =
                Words::new(format!("chưa có quyết định {}", name.vi), format!("no decision on record: {}", name.en));
            return Outcome::fact_missing(Vec::new(), what, unit_supplier());
        };
        let records = vec![title_record(place, fact)];
        let year = title_day(fact).year() + self.years as i32;
        match Day::from_ymd_opt(year, self.month, self.day) {
            Some(last) if ask.received > last => {
                let last = words::day(last);
                let what = Words::new(
                    format!("hồ sơ phải được nhận chậm nhất ngày {}", last.vi),
                    format!("the dossier was due by {}", last.en),
                );
                Outcome::not_met(records, what, None)
            }
            _ => Outcome::met(records),
        }
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::List(packed::TITLE_DAYS)]);
        let awards = plan.awards(borrowed(&self.award));
        Box::new(move |asked, cells| {
            asked.each(cells, |row| {
                let Some(decided) = row.title_decided(&awards) else { return Cell::UNKNOWN };
                let last = Day::from_ymd_opt(decided.year() + self.years as i32, self.month, self.day);
                if last.is_some_and(|last| row.day() > last) { Cell::not_met(NEVER) } else { Cell::MET }
            })
        })
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Fresh { award: &self.award }
    }

    fn words(&self, law: &Law, day: Day) -> Words {
        let name = names(law, day, &self.award);
        Words::new(
            format!(
                "Hồ sơ được nhận chậm nhất {:02}/{:02} của {} năm sau năm có quyết định {}",
                self.day,
                self.month,
                count_vi(self.years),
                name.vi
            ),
            format!(
                "The dossier is received by {:02}/{:02}, {} after the year of the decision: {}",
                self.day,
                self.month,
                words::count_en(self.years, "year"),
                name.en
            ),
        )
    }

    fn links(&self) -> Links<'_> {
        Links { awards: borrowed(&self.award), ..Links::default() }
    }
}
