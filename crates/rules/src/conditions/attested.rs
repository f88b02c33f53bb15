//! Decided by a dated confirmation among the facts; unknown without one.

use std::sync::Arc;

use super::Condition;
use crate::ask::{Ask, Outcome, plain_record};
use crate::facts::Day;
use crate::law::Law;
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, NEVER};
use crate::words::Words;

#[derive(Debug)]
struct Attested {
    words: Words,
    supplier: Words,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    let supplier = Words::new(reader.text("supplier_vi")?, reader.text("supplier_en")?);
    Ok(Arc::new(Attested { words: reader.vi_en()?, supplier }))
}

impl Condition for Attested {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        match ask.attested() {
            Some((place, true)) => Outcome::met(vec![plain_record("attested", place)]),
            Some((place, false)) => {
                let what = Words::new("đã xác nhận là không đạt", "confirmed as not met");
                Outcome::not_met(vec![plain_record("attested", place)], what, None)
            }
            None => {
                let what = Words::new("chưa có văn bản xác nhận", "no confirmation on record");
                Outcome::fact_missing(Vec::new(), what, self.supplier.clone())
            }
        }
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        let confirmation = plan.confirmation();
        Box::new(move |asked, cells| {
            asked.each(cells, |row| match row.confirmed(&confirmation) {
                Some(true) => Cell::MET,
                Some(false) => Cell::not_met(NEVER),
                None => Cell::UNKNOWN,
            })
        })
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Confirmation
    }

    fn words(&self, _law: &Law, _day: Day) -> Words {
        self.words.clone()
    }
}
