//! Registered to take part in emulation; without a record unknown, never not met.

use std::sync::Arc;

use super::{Condition, Links, borrowed, read_within};
use crate::ask::{Ask, Outcome, plain_record, unit_supplier};
use crate::facts::{Day, Year};
use crate::law::Law;
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::Cell;
use crate::scan::reads::Part;
use crate::words::{self, Words};

#[derive(Debug)]
struct Registration {
    within: Vec<String>,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(Registration { within: read_within(reader)? }))
}

impl Condition for Registration {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let years = match ask.within(&self.within) {
            Ok(span) => span.certain,
            Err(outcome) => return outcome,
        };
        let place = |year: Year| ask.facts.registrations.iter().position(|known| *known == year);
        let records = years.iter().filter_map(place).map(|place| plain_record("registrations", place)).collect();
        let open: Vec<Year> = years.iter().filter(|year| place(*year).is_none()).collect();
        if open.is_empty() {
            return Outcome::met(records);
        }
        let what = Words::new(
            format!("chưa có hồ sơ đăng ký tham gia thi đua năm {}", words::years(&open)),
            format!("no record of taking part in emulation for {}", words::years(&open)),
        );
        Outcome::fact_missing(records, what, unit_supplier())
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::Registered]);
        let within = plan.within(&self.within);
        Box::new(move |asked, cells| {
            asked.each(cells, |row| {
                let Some(years) = row.within(&within).map(|span| span.certain) else { return Cell::UNKNOWN };
                Cell::met_if((row.registered() & row.bits(years)).count_ones() == years.count())
            })
        })
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Registration
    }

    fn words(&self, _law: &Law, _day: Day) -> Words {
        Words::new("Đã đăng ký tham gia thi đua", "Registered to take part in emulation")
    }

    fn links(&self) -> Links<'_> {
        Links { within: borrowed(&self.within), ..Links::default() }
    }
}
