//! What a change of the law would do: who gains and who loses each honour, by unit, sex and level, and the ceilings before and after.

use std::collections::BTreeMap;

use rules::ask::Verdict;
use rules::facts::{Day, Sex, Subject};
use rules::law::Law;
use rules::scan::rulebook::{Block, Progress};
use rules::scan::snapshot::Place;
use uuid::Uuid;

use crate::language::Language;
use crate::prospects::SUBJECTS;
use crate::prospects::ceiling::{self, Ceiling};
use crate::prospects::kept::{Kept, Standing};
use crate::prospects::laws::{Found, Laws};

/// How many gain and how many lose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    pub gain: u32,
    pub lose: u32,
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

/// Every honour that the change touches, people first, in the order of the law after it. The laws after it have the
/// numbers of those before.
pub fn compare(kept: &Kept, after: &Laws, progress: &Progress) -> Option<Vec<Changed>> {
    let mut changed = Vec::new();
    for subject in SUBJECTS {
        let before = Met::of(kept, kept.laws(), subject, progress)?;
        let after_met = Met::of(kept, after, subject, progress)?;
        let added = before.0.awards.iter().filter(|id| !after_met.0.awards.contains(id));
        for award in after_met.0.awards.iter().chain(added) {
            let one = Changed::of(kept, subject, award, before.of_award(award), after_met.of_award(award));
            let ceilings = [(kept.laws(), &before), (after, &after_met)];
            let [ceiling_before, ceiling_after] = ceilings.map(|(laws, met)| {
                ceiling::lowest(laws.office(), award, kept.day(), |base| {
                    let holders = met.of_award(base);
                    kept.standing(subject).filter(|(row, _)| holders.is_met(*row)).count() as u32
                })
            });
            let one = Changed { ceiling_before, ceiling_after, ..one };
            if !one.is_nothing() {
                changed.push(one);
            }
        }
    }
    Some(changed)
}

/// Who meets what: by row and honour.
struct Met(Found<bool>);

impl Met {
    fn of(kept: &Kept, laws: &Laws, subject: Subject, progress: &Progress) -> Option<Self> {
        let met = |block: &Block<'_, '_>, place: usize, row: u32| match block.nearest(place, row) {
            Some(verdict) => verdict == Verdict::Met,
            None => block.answered(place, row).leaning() == Verdict::Met,
        };
        let number = |row: u32| kept.at(Place { subject, row }).law;
        laws.judge(&kept.snapshot, subject, |award| kept.is_asked(award), number, progress, met).map(Met)
    }

    /// Who meets an honour; nobody where no law has such an honour.
    fn of_award(&self, award: &str) -> Of<'_> {
        Of { met: self, place: self.0.awards.iter().position(|known| known == award) }
    }
}

/// Who meets one honour, by row.
#[derive(Clone, Copy)]
struct Of<'m> {
    met: &'m Met,
    place: Option<usize>,
}

impl Of<'_> {
    fn is_met(self, row: u32) -> bool {
        self.place.is_some_and(|place| self.met.0.kept[row as usize * self.met.0.awards.len() + place])
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
