//! The least that is certainly still needed, part by part, and the demand that it comes to.

use super::demand::Demand;
use super::digest::View;
use super::ground::{Ground, MOST};
use crate::facts::{Scope, Year};

/// Rounds and records that are certainly still needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Least {
    pub rounds: u32,
    /// One where the standard itself can only be met on a text that is not at hand.
    pub own: u32,
    /// Honours that must be conferred on such a standard.
    pub unsure: u32,
    pub excellent: u32,
    pub good: u32,
    /// Initiatives of the unit, the ministry, the nation or wider, or confirmations in their stead.
    pub initiatives: [u32; 3],
    /// Years that need a grade of excellence, an initiative which serves for them or a confirmation, whichever.
    pub merits: u32,
    /// Initiatives that have not served for a title which needs such a year.
    pub fresh: u32,
    pub members: u32,
    pub confirmations: u32,
    /// How often each honour must be conferred.
    pub honours: [u8; MOST],
    /// How many honours there are.
    pub many: usize,
}

impl Least {
    pub fn nothing(honours: usize) -> Self {
        Self {
            rounds: 0,
            own: 0,
            unsure: 0,
            excellent: 0,
            good: 0,
            initiatives: [0; 3],
            merits: 0,
            fresh: 0,
            members: 0,
            confirmations: 0,
            honours: [0; MOST],
            many: honours,
        }
    }

    /// A confirmation, which may stand in the stead of any initiative and of a year of excellence.
    pub fn confirm(&mut self) {
        self.confirmations = 1;
        self.merits = 1;
        self.initiatives = [1; 3];
    }

    /// The same in each of so many years.
    pub fn times(mut self, count: u32) -> Self {
        self.excellent *= count;
        self.good *= count;
        self.merits *= count;
        self.members *= count;
        self.confirmations *= count;
        let many = u8::try_from(count).unwrap_or(u8::MAX);
        self.honours[..self.many].iter_mut().for_each(|honour| *honour = honour.saturating_mul(many));
        Self { rounds: 0, ..self }
    }

    /// What both need, where both must be met.
    pub fn both(self, other: &Self) -> Self {
        self.joined(other, u32::max, u8::max)
    }

    /// What either needs at least.
    pub fn either(self, other: &Self) -> Self {
        self.joined(other, u32::min, u8::min)
    }

    /// What both need in years that are not the same: a year of excellence is a year of merit, so of each span the
    /// larger of the two counts.
    pub fn then(mut self, mut later: Self) -> Self {
        self.merits = self.merits.max(self.excellent);
        later.merits = later.merits.max(later.excellent);
        self.joined(&later, |one, other| one + other, u8::saturating_add)
    }

    fn joined(mut self, other: &Self, by: impl Fn(u32, u32) -> u32, each: impl Fn(u8, u8) -> u8) -> Self {
        self.rounds = by(self.rounds, other.rounds);
        self.own = by(self.own, other.own);
        self.unsure = by(self.unsure, other.unsure);
        self.excellent = by(self.excellent, other.excellent);
        self.good = by(self.good, other.good);
        self.merits = by(self.merits, other.merits);
        self.fresh = by(self.fresh, other.fresh);
        self.members = by(self.members, other.members);
        self.confirmations = by(self.confirmations, other.confirmations);
        for (mine, more) in self.initiatives.iter_mut().zip(&other.initiatives) {
            *mine = by(*mine, *more);
        }
        for (mine, more) in self.honours[..self.many].iter_mut().zip(&other.honours) {
            *mine = each(*mine, *more);
        }
        self
    }

    /// The demand that this comes to; what wider initiatives and better grades also serve is counted once, and what is
    /// on record already of years to come is not asked again.
    pub fn demand(&self, view: &View<'_, '_>) -> Demand {
        let recorded = Recorded::after(view.ground, view.year);
        let mut demand = Demand { unsure: self.unsure, ..Demand::default() };
        demand.excellent = self.excellent.saturating_sub(recorded.grades);
        demand.good = self.good.saturating_sub(self.excellent + recorded.grades);
        demand.members = self.members.saturating_sub(recorded.members);
        // Where no more is confirmed than must be, the rest needs initiatives.
        let wanted = |scope: usize| {
            self.initiatives[scope].saturating_sub(recorded.ideas[scope] + recorded.confirmations + self.confirmations)
        };
        let [unit, ministry, nation] = [0, 1, 2].map(wanted);
        demand.initiatives_nation = nation;
        demand.initiatives_ministry = ministry.saturating_sub(nation);
        demand.initiatives_unit = unit.saturating_sub(ministry.max(nation));
        // Where no more years are excellent than must be, the other years of merit need an initiative each.
        let all = self.fresh + self.merits.saturating_sub(self.excellent + self.confirmations);
        let all = all.saturating_sub(recorded.ideas[0] + recorded.grades + recorded.confirmations);
        let told = demand.initiatives_nation + demand.initiatives_ministry + demand.initiatives_unit;
        demand.initiatives_unit += all.saturating_sub(told);
        demand.decisions = self.confirmations.saturating_sub(recorded.confirmations);
        for (place, honour) in view.ground.honours.iter().enumerate() {
            let count = u32::from(self.honours[place]).saturating_sub(titles_after(view, place));
            (0..count).for_each(|_| demand.honour(honour.award.level));
        }
        demand
    }
}

/// What is on record already of the years after a year.
struct Recorded {
    /// Initiatives of the unit, the ministry, the nation or wider.
    ideas: [u32; 3],
    grades: u32,
    members: u32,
    confirmations: u32,
}

impl Recorded {
    fn after(ground: &Ground<'_>, year: Year) -> Self {
        let base = &ground.base;
        let count = |years: &mut dyn Iterator<Item = Year>| years.filter(|known| *known > year).count() as u32;
        let ideas = [Scope::CoSo, Scope::Bo, Scope::ToanQuoc].map(|scope| {
            let wide = base.initiatives.iter().filter(|fact| fact.scope >= scope);
            count(&mut wide.map(|fact| fact.year))
        });
        Self {
            ideas,
            grades: count(&mut base.grades.iter().map(|fact| fact.year)),
            members: count(&mut base.members.iter().map(|fact| fact.year)),
            confirmations: count(&mut base.attested.iter().map(|fact| chrono::Datelike::year(&fact.on))),
        }
    }
}

/// How many titles of an honour are on record for years after the view's.
fn titles_after(view: &View<'_, '_>, honour: usize) -> u32 {
    let id = &view.ground.honours[honour].award.id;
    let later = view.ground.base.titles.iter().filter(|fact| fact.year > view.year && fact.award == *id);
    later.count() as u32
}
