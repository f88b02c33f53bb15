//! How much a way asks of a subject, of councils and of authorities, as an order that needs no data.

use serde::{Deserialize, Serialize};

use crate::facts::{Grade, Scope};
use crate::law::Level;

/// What a way asks, compared from the first field to the last: of two ways the one that is smaller in the first field
/// in which they differ is the less demanding.
///
/// A decision of somebody else weighs more than any work of one's own, because nobody can bring it about; then a
/// decision of the State more than one of a ministry; then a year of excellence, which can be graded to few, more than
/// an initiative, and an initiative of wide effect more than one of narrow effect; last what every diligent year holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Demand {
    /// Honours whose own standard rests on a text that is not at hand.
    pub unsure: u32,
    /// Honours that must be conferred and confirmations that must be given.
    pub decisions: u32,
    /// Of these, honours of the State.
    pub of_state: u32,
    /// Of these, honours of ministry level.
    pub of_ministry: u32,
    /// Years graded excellent.
    pub excellent: u32,
    pub initiatives_nation: u32,
    pub initiatives_ministry: u32,
    pub initiatives_unit: u32,
    /// Years in which the members of a collective must come up to a result.
    pub members: u32,
    pub registrations: u32,
    /// Years graded good.
    pub good: u32,
    /// Records of the past that somebody has to supply.
    pub papers: u32,
}

impl Demand {
    /// Both together.
    pub fn and(mut self, more: &Self) -> Self {
        self.unsure += more.unsure;
        self.decisions += more.decisions;
        self.of_state += more.of_state;
        self.of_ministry += more.of_ministry;
        self.excellent += more.excellent;
        self.initiatives_nation += more.initiatives_nation;
        self.initiatives_ministry += more.initiatives_ministry;
        self.initiatives_unit += more.initiatives_unit;
        self.members += more.members;
        self.registrations += more.registrations;
        self.good += more.good;
        self.papers += more.papers;
        self
    }

    /// One honour of a level.
    pub fn honour(&mut self, level: Level) {
        self.decisions += 1;
        match level {
            Level::NhaNuoc => self.of_state += 1,
            Level::Bo => self.of_ministry += 1,
            Level::CoSo => {}
        }
    }

    /// One year with a grade.
    pub fn grade(&mut self, grade: Grade) {
        match grade {
            Grade::XuatSac => self.excellent += 1,
            Grade::Tot => self.good += 1,
            Grade::HoanThanh | Grade::KhongHoanThanh => {}
        }
    }

    /// Initiatives recognised for a scope.
    pub fn initiatives(&mut self, scope: Scope, count: u32) {
        match scope {
            Scope::ToanQuoc => self.initiatives_nation += count,
            Scope::Bo => self.initiatives_ministry += count,
            Scope::CoSo => self.initiatives_unit += count,
        }
    }
}
