//! One of these awards was decided before.

use std::sync::Arc;

use super::{Condition, Links, borrowed, names, read_ids};
use crate::ask::{Ask, Outcome, award_record, unit_supplier};
use crate::facts::{Day, Kind, RecordKind};
use crate::law::Law;
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, NEVER};
use crate::scan::packed;
use crate::scan::reads::Part;
use crate::words::{self, Words};

#[derive(Debug)]
struct PriorAward {
    award: Vec<String>,
    kinds: Vec<Kind>,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(PriorAward { award: read_ids(reader, "award")?, kinds: reader.words("kinds")? }))
}

impl PriorAward {
    fn serves(&self, kind: Option<Kind>) -> bool {
        self.kinds.is_empty() || kind.is_some_and(|kind| self.kinds.contains(&kind))
    }
}

impl Condition for PriorAward {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let leaf = ask.leaf.rsplit('/').next().unwrap_or_default();
        let chosen = ask.anchors.get(leaf).copied();
        let found = ask
            .awards(&self.award)
            .filter(|(place, fact)| self.serves(fact.kind) && chosen.is_none_or(|chosen| chosen == *place));
        if let Some((place, fact)) = found.max_by_key(|(_, fact)| fact.decided) {
            return Outcome::met(vec![award_record(place, fact)]);
        }
        if let Some((place, fact)) = ask.awards(&self.award).find(|(_, fact)| fact.kind.is_none()) {
            let what = Words::new(
                "quyết định chưa ghi khen theo loại hình nào",
                "the decision does not say for what kind it was given",
            );
            return Outcome::fact_missing(vec![award_record(place, fact)], what, unit_supplier());
        }
        let name = names(ask.law, ask.law_day, &self.award);
        if ask.complete_for_life(RecordKind::Awards) {
            let what = Words::new(format!("chưa được tặng {}", name.vi), format!("not yet given {}", name.en));
            return Outcome::not_met(Vec::new(), what, None);
        }
        let what = Words::new(
            format!("hồ sơ khen thưởng chưa đầy đủ để biết đã được tặng {} hay chưa", name.vi),
            format!("the record of awards is not whole, so it cannot be told whether {} was given", name.en),
        );
        Outcome::fact_missing(Vec::new(), what, unit_supplier())
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::List(packed::AWARDS), Part::Life]);
        let (awards, is_anchor) = (plan.awards(borrowed(&self.award)), plan.is_anchor(plan.leaf));
        let serves = move |kind: u8| self.kinds.is_empty() || self.kinds.iter().any(|known| *known as u8 + 1 == kind);
        Box::new(move |asked, cells| {
            asked.each(cells, |row| {
                let chosen = if is_anchor { row.anchor_place() } else { None };
                let mut open = false;
                for (place, fact) in row.awards().enumerate().filter(|(_, fact)| awards.contains(&fact.award)) {
                    if serves(fact.kind) && chosen.is_none_or(|chosen| chosen == place) {
                        return Cell::MET;
                    }
                    open |= fact.kind == 0;
                }
                match !open && row.is_whole_for_life(RecordKind::Awards) {
                    true => Cell::not_met(NEVER),
                    false => Cell::UNKNOWN,
                }
            })
        })
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Awards { award: &self.award, count: 1, kinds: &self.kinds }
    }

    fn words(&self, law: &Law, day: Day) -> Words {
        let name = names(law, day, &self.award);
        if self.kinds.is_empty() {
            return Words::new(format!("Đã được tặng {}", name.vi), format!("Holds {}", name.en));
        }
        let kinds: Vec<Words> = self.kinds.iter().map(|kind| words::kind(*kind)).collect();
        let kinds = words::either(&kinds);
        Words::new(format!("Đã được tặng {} về {}", name.vi, kinds.vi), format!("Holds {} for {}", name.en, kinds.en))
    }

    fn links(&self) -> Links<'_> {
        Links { awards: borrowed(&self.award), is_prior_award: true, ..Links::default() }
    }
}
