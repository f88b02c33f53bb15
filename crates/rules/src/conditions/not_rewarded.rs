//! No award for work that was already rewarded: years up to the last such award are used up.

use std::sync::Arc;

use chrono::Datelike;

use super::{Condition, Links, borrowed, names, read_ids, read_within};
use crate::ask::{Ask, Clip, Outcome, Years, award_record, unit_supplier};
use crate::facts::{AwardFact, Day, Kind, RecordKind};
use crate::law::Law;
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{ClipColumn, Column, Plan};
use crate::scan::cell::Cell;
use crate::scan::packed;
use crate::scan::reads::Part;
use crate::words::Words;

#[derive(Debug)]
struct NotRewarded {
    award: Vec<String>,
    kinds: Vec<Kind>,
    within: Vec<String>,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(NotRewarded {
        award: read_ids(reader, "award")?,
        kinds: reader.words("kinds")?,
        within: read_within(reader)?,
    }))
}

impl NotRewarded {
    /// Awards that use up years, or may.
    fn used<'a>(&'a self, ask: &Ask<'a>) -> impl Iterator<Item = (usize, &'a AwardFact)> {
        ask.awards(&self.award)
            .filter(|(_, fact)| self.kinds.is_empty() || fact.kind.is_none_or(|kind| self.kinds.contains(&kind)))
    }
}

impl Condition for NotRewarded {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let records = self.used(ask).map(|(place, fact)| award_record(place, fact)).collect();
        let span = match ask.within(&self.within) {
            Ok(span) => ask.clipped(span),
            Err(outcome) => return outcome,
        };
        if ask.complete_for(RecordKind::Awards, Years { first: span.possible.first, last: ask.on.year() }) {
            return Outcome::met(records);
        }
        let what = Words::new(
            "hồ sơ khen thưởng chưa đầy đủ để biết thành tích này đã được khen hay chưa",
            "the record of awards is not whole, so it cannot be told whether this work was already rewarded",
        );
        Outcome::fact_missing(records, what, unit_supplier())
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        let within = plan.clipped_within(&self.within);
        Box::new(move |asked, cells| {
            asked.each(cells, |row| {
                let Some(span) = row.within(&within) else { return Cell::UNKNOWN };
                let years = Years { first: span.possible.first, last: row.year() };
                Cell::met_if(row.is_whole_for(RecordKind::Awards, years))
            })
        })
    }

    fn clip_column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Option<ClipColumn<'l>> {
        plan.reads(&[Part::List(packed::AWARDS)]);
        let awards = plan.awards(borrowed(&self.award));
        let uses = move |kind: u8| kind == 0 || self.kinds.iter().any(|known| *known as u8 + 1 == kind);
        Some(Box::new(move |asked, clips| {
            asked.each_clip(clips, |row| {
                let known = row.awards().filter(|fact| awards.contains(&fact.award));
                let used = known.filter(|fact| self.kinds.is_empty() || uses(fact.kind));
                let clips = used.map(|fact| {
                    let decided = fact.decided().year();
                    let (certain, possible) = fact.last().map_or((decided + 1, decided), |last| (last + 1, last + 1));
                    let sure = self.kinds.is_empty() || fact.kind != 0;
                    Clip { certain, possible: if sure { possible } else { i32::MIN } }
                });
                clips.reduce(Clip::later)
            })
        }))
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Unspent { award: &self.award, kinds: &self.kinds }
    }

    fn words(&self, law: &Law, day: Day) -> Words {
        let name = names(law, day, &self.award);
        Words::new(
            format!("Thành tích chưa được dùng để tặng {}", name.vi),
            format!("The work was not already rewarded by {}", name.en),
        )
    }

    fn links(&self) -> Links<'_> {
        Links { awards: borrowed(&self.award), within: borrowed(&self.within), ..Links::default() }
    }

    fn clip(&self, ask: &Ask<'_>) -> Option<Clip> {
        let clips = self.used(ask).map(|(_, fact)| {
            let (certain, possible) = match fact.period {
                Some((_, last)) => (last + 1, last + 1),
                None => (fact.decided.year() + 1, fact.decided.year()),
            };
            let sure = self.kinds.is_empty() || fact.kind.is_some();
            Clip { certain, possible: if sure { possible } else { i32::MIN } }
        });
        clips.reduce(Clip::later)
    }
}
