//! Holds a yearly title for the year under review, or meets its standard.

use std::sync::Arc;

use super::{Condition, Links};
use crate::ask::{Ask, Cause, Missing, Outcome, Verdict, Years, title_record};
use crate::explain;
use crate::facts::Day;
use crate::law::Law;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, NOT_MET, UNKNOWN};
use crate::scan::reads::Part;
use crate::words::Words;

#[derive(Debug)]
struct MeetsAward {
    award: String,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(MeetsAward { award: reader.text("award")? }))
}

impl Condition for MeetsAward {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let year = ask.review_year();
        let held = ask.titles(std::slice::from_ref(&self.award)).find(|(_, fact)| fact.year == year);
        if let Some((place, fact)) = held {
            return Outcome::met(vec![title_record(place, fact)]);
        }
        let Some(award) = ask.law.award(&self.award) else {
            return Outcome::text_missing(Vec::new(), ask.text());
        };
        let below = explain::below(ask, award);
        let name = award.name(ask.law_day);
        match below.verdict {
            Verdict::Met => Outcome::met(below.records),
            Verdict::NotMet => {
                let what = Words::new(
                    format!("chưa đủ tiêu chuẩn {}", name.vi),
                    format!("the standard of {} is not met", name.en),
                );
                let mut outcome = Outcome::not_met(below.records, what, below.earliest);
                outcome.missing.extend(below.missing);
                outcome
            }
            Verdict::Unknown => {
                let what = Words::new(
                    format!("chưa đủ căn cứ kết luận tiêu chuẩn {}", name.vi),
                    format!("it cannot be told whether the standard of {} is met", name.en),
                );
                let mut outcome = Outcome::text_missing(below.records, Missing::to_earn(what));
                outcome.cause = below.cause.or(Some(Cause::FactMissing));
                outcome.missing.extend(below.missing);
                outcome.leaning(below.provisional)
            }
        }
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::Grades]);
        let awards = plan.titles(std::slice::from_ref(&self.award));
        plan.below(&self.award);
        Box::new(move |asked, cells| {
            let held = asked.titles(&awards);
            asked.each(cells, |row| {
                let year = row.review_year();
                if held.of(&row) & row.bits(Years { first: year, last: year }) != 0 {
                    return Cell::MET;
                }
                match row.below() {
                    Some((code, _)) if code.verdict() == UNKNOWN => Cell::UNKNOWN.leaning(code.provisional()),
                    Some((code, earliest)) if code.verdict() == NOT_MET => Cell::not_met(earliest),
                    Some(_) => Cell::MET,
                    None => Cell::UNKNOWN,
                }
            })
        })
    }

    fn words(&self, law: &Law, day: Day) -> Words {
        let name = law.name(&self.award, day);
        Words::new(format!("Đạt tiêu chuẩn {}", name.vi), format!("Meets the standard of {}", name.en))
    }

    fn links(&self) -> Links<'_> {
        Links { awards: vec![&self.award], meets: Some(&self.award), ..Links::default() }
    }
}
