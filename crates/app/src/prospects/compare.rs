//! What a change of the law would do: who gains and who loses each honour, by unit, sex and level, and the ceilings before and after.

use std::collections::BTreeMap;

use rules::ask::Verdict;
use rules::facts::{Day, Sex, Subject};
use rules::law::Law;
use rules::layer;
use rules::scan::rulebook::{Block, Progress, Rulebook};
use rules::scan::snapshot::Snapshot;
use uuid::Uuid;

use crate::language::Language;
use crate::prospects::kept::{Kept, Standing};

/// How many gain and how many lose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    pub gain: u32,
    pub lose: u32,
}

/// A ceiling for a group, in people, with what it is a share of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceiling {
    pub percent: u32,
    /// The honour whose holders are the base.
    pub base: String,
    /// How many meet the standard of that honour.
    pub of: u32,
    /// The most that the share allows: never rounded up.
    pub most: u32,
}

/// One honour before and after the change.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    pub subject: Subject,
    pub award: String,
    /// How many meet a standard.
    pub before: u32,
    pub after: u32,
    pub ceiling_before: Option<Ceiling>,
    pub ceiling_after: Option<Ceiling>,
    pub all: Moved,
    pub by_unit: BTreeMap<Uuid, Moved>,
    pub women: Moved,
    pub men: Moved,
    pub leaders: Moved,
    pub staff: Moved,
}

impl Changed {
    /// How many fewer or more can be given the honour: those who meet it, cut to the ceiling.
    pub fn within(&self) -> (u32, u32) {
        let cut = |count: u32, ceiling: &Option<Ceiling>| ceiling.as_ref().map_or(count, |it| count.min(it.most));
        (cut(self.before, &self.ceiling_before), cut(self.after, &self.ceiling_after))
    }

    /// The ceiling after the change and how many can be given the honour before and after it, in words; none where
    /// there is no ceiling.
    pub fn ceiling_said(&self, law: &Law, day: Day, language: Language) -> Option<String> {
        let ceiling = self.ceiling_after.as_ref()?;
        let base = language.pick(&law.name(&ceiling.base, day)).to_owned();
        let (before, after) = self.within();
        let [percent, of, most] = [ceiling.percent, ceiling.of, ceiling.most].map(u64::from);
        let [before, after] = [before, after].map(u64::from);
        Some(language.text_with(
            "what-if-ceiling",
            &[
                ("percent", &percent),
                ("of", &of),
                ("base", &base),
                ("most", &most),
                ("within-before", &before),
                ("within-after", &after),
            ],
        ))
    }

    /// Whether nobody gains or loses and no ceiling moves.
    pub fn is_nothing(&self) -> bool {
        self.all == Moved::default() && self.ceiling_before == self.ceiling_after
    }
}

/// Every honour that the change touches, people first, in the order of the law after it.
pub fn compare(kept: &Kept, after: &Law, progress: &Progress) -> Option<Vec<Changed>> {
    let mut changed = Vec::new();
    for subject in [Subject::CaNhan, Subject::TapThe] {
        let before = Met::of(kept.law(), &kept.snapshot, subject, progress)?;
        let after_met = Met::of(after, &kept.snapshot, subject, progress)?;
        let added = before.awards.iter().filter(|id| !after_met.awards.contains(id));
        for award in after_met.awards.iter().chain(added) {
            let one = Changed::of(kept, subject, award, before.of_award(award), after_met.of_award(award));
            let ceilings = [(kept.law(), &before), (after, &after_met)];
            let [ceiling_before, ceiling_after] = ceilings.map(|(law, met)| ceiling(kept, law, award, subject, met));
            let one = Changed { ceiling_before, ceiling_after, ..one };
            if !one.is_nothing() {
                changed.push(one);
            }
        }
    }
    Some(changed)
}

/// Who meets what under one law: by honour one flag for each row.
struct Met {
    awards: Vec<String>,
    rows: Vec<Vec<bool>>,
}

impl Met {
    fn of(law: &Law, snapshot: &Snapshot, subject: Subject, progress: &Progress) -> Option<Self> {
        let book = Rulebook::new(law, snapshot, subject, |_| true);
        let awards: Vec<String> = book.awards().map(|award| award.id.clone()).collect();
        let met = |block: &Block<'_, '_>, place: usize, row: u32| match block.nearest(place, row) {
            Some(verdict) => verdict == Verdict::Met,
            None => block.answered(place, row).leaning() == Verdict::Met,
        };
        let one =
            |block: &Block<'_, '_>, place: usize| block.rows().map(|row| met(block, place, row)).collect::<Vec<_>>();
        let blocks =
            book.run(progress, |block| (0..awards.len()).map(|place| one(block, place)).collect::<Vec<_>>())?;
        let mut rows = vec![Vec::new(); awards.len()];
        for block in blocks {
            rows.iter_mut().zip(block).for_each(|(rows, block): (&mut Vec<bool>, _)| rows.extend(block));
        }
        Some(Met { awards, rows })
    }

    /// Who meets an honour, by row; nobody where the law has no such honour.
    fn of_award(&self, award: &str) -> Of<'_> {
        Of(self.awards.iter().position(|known| known == award).map_or(&[], |place| self.rows[place].as_slice()))
    }
}

/// Who meets one honour, by row.
#[derive(Clone, Copy)]
struct Of<'m>(&'m [bool]);

impl Of<'_> {
    fn is_met(self, row: u32) -> bool {
        self.0.get(row as usize).copied().unwrap_or_default()
    }
}

impl Changed {
    fn of(kept: &Kept, subject: Subject, award: &str, before: Of<'_>, after: Of<'_>) -> Self {
        let mut one = Changed {
            subject,
            award: award.to_owned(),
            before: 0,
            after: 0,
            ceiling_before: None,
            ceiling_after: None,
            all: Moved::default(),
            by_unit: BTreeMap::new(),
            women: Moved::default(),
            men: Moved::default(),
            leaders: Moved::default(),
            staff: Moved::default(),
        };
        for (row, standing) in kept.standing(subject) {
            let (was, is) = (before.is_met(row), after.is_met(row));
            one.before += u32::from(was);
            one.after += u32::from(is);
            if was != is {
                one.moved(standing, is);
            }
        }
        one
    }

    fn moved(&mut self, standing: &Standing, gains: bool) {
        let add = |moved: &mut Moved| if gains { moved.gain += 1 } else { moved.lose += 1 };
        add(&mut self.all);
        add(self.by_unit.entry(standing.unit).or_default());
        add(if standing.is_leader { &mut self.leaders } else { &mut self.staff });
        match standing.sex {
            Some(Sex::Nu) => add(&mut self.women),
            Some(Sex::Nam) => add(&mut self.men),
            None => {}
        }
    }
}

/// The lowest ceiling of an honour on the day, over the whole office; none where the law sets none by an honour.
fn ceiling(kept: &Kept, law: &Law, award: &str, subject: Subject, met: &Met) -> Option<Ceiling> {
    let quotas = layer::ceilings(law.award(award)?, kept.day()).into_iter();
    let ceilings = quotas.filter_map(|quota| {
        let base = quota.value.base.clone()?;
        let holders = met.of_award(&base);
        let of = kept.standing(subject).filter(|(row, _)| holders.is_met(*row)).count() as u32;
        let most = (u64::from(of) * u64::from(quota.value.percent) / 100) as u32;
        Some(Ceiling { percent: quota.value.percent, base, of, most })
    });
    ceilings.min_by_key(|ceiling| ceiling.most)
}
