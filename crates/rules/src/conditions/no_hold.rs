//! Nothing is pending on the day: no discipline case, investigation, inspection, complaint or press report.

use std::sync::Arc;

use chrono::Datelike;

use super::Condition;
use crate::ask::{Ask, Outcome, personnel_supplier, plain_record};
use crate::facts::{Day, Hold, RecordKind};
use crate::law::Law;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, NEVER, when};
use crate::scan::packed;
use crate::scan::reads::Part;
use crate::words::{self, Words};

#[derive(Debug)]
struct NoHold {
    kinds: Vec<Hold>,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(NoHold { kinds: reader.words("kinds")? }))
}

impl Condition for NoHold {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let known = ask.facts.holds.iter().enumerate();
        let pending = known
            .filter(|(_, fact)| fact.from <= ask.on && fact.to.is_none_or(|to| to >= ask.on))
            .find(|(_, fact)| self.kinds.is_empty() || self.kinds.contains(&fact.kind));
        if let Some((place, fact)) = pending {
            let earliest = fact.to.and_then(|to| to.succ_opt());
            return Outcome::not_met(vec![plain_record("holds", place)], words::hold(fact.kind), earliest);
        }
        if ask.complete(RecordKind::Holds, ask.on.year()) {
            return Outcome::met(Vec::new());
        }
        let what = Words::new(
            "chưa có xác nhận về thanh tra, điều tra, khiếu nại, tố cáo đang xem xét",
            "no confirmation on record that nothing is pending",
        );
        Outcome::fact_missing(Vec::new(), what, personnel_supplier())
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::List(packed::HOLDS)]);
        Box::new(|asked, cells| {
            asked.each(cells, |row| {
                let kept = |kind: u32| self.kinds.is_empty() || self.kinds.iter().any(|known| *known as u32 == kind);
                match row.list(packed::HOLDS).iter().find(|word| kept(**word >> 16)) {
                    Some(word) => {
                        let to = packed::days(*word).1;
                        Cell::not_met(to.and_then(|to| to.succ_opt()).map_or(NEVER, when))
                    }
                    None => Cell::met_if(row.is_whole(RecordKind::Holds, row.year())),
                }
            })
        })
    }

    fn words(&self, _law: &Law, _day: Day) -> Words {
        Words::new(
            "Không có việc đang xem xét kỷ luật, điều tra, thanh tra, kiểm tra, khiếu nại, tố cáo hoặc báo chí nêu",
            "No discipline case, investigation, inspection, complaint or press report is pending",
        )
    }
}
