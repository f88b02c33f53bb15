//! What a condition asks of the years to come, so that a path can be planned; it never decides anything.

use crate::facts::{Grade, Kind, Scope, Sort};

/// What a subject, a council or an authority can bring in a year to serve a condition.
///
/// The counts tell how much is asked for in all; how much is there already, the records tell.
#[derive(Debug, Clone, Copy, Default)]
pub enum Asks<'c> {
    /// Only time and what is on record decide it.
    #[default]
    Nothing,
    /// A grade or better for the year under review.
    YearGrade { grade: Grade },
    /// So many years with a grade or better.
    Grades { grade: Grade, years: u32, or_titles: &'c [String] },
    /// Years with one of these titles.
    Titles { award: &'c [String], count: u32 },
    /// Years in a row with one of these titles; those up to the last title of `spent_by` are used up.
    TitlesInARow { award: &'c [String], count: u32, spent_by: &'c [String] },
    /// Titles a full cycle of years apart.
    TitlesApart { award: &'c [String], count: u32, cycle: u32 },
    /// Decisions that gave one of these awards; no kinds: of any kind.
    Awards { award: &'c [String], count: u32, kinds: &'c [Kind] },
    /// Recognised initiatives or topics of a scope or wider.
    Initiatives { count: u32, scope: Scope, sorts: &'c [Sort], not_used_for: &'c [String] },
    /// A registration for each of the years.
    Registration,
    /// A dated confirmation.
    Confirmation,
    /// Results of the members of a collective.
    Members,
    /// That these awards have not used up the years.
    Unspent { award: &'c [String], kinds: &'c [Kind] },
    /// That none of these is decided in the same year.
    Alone { award: &'c [String] },
    /// That the latest of these titles is young enough.
    Fresh { award: &'c [String] },
}

impl<'c> Asks<'c> {
    /// The honours that it names.
    pub fn names(self) -> &'c [String] {
        match self {
            Asks::Grades { or_titles, .. } => or_titles,
            Asks::Titles { award, .. }
            | Asks::TitlesInARow { award, .. }
            | Asks::TitlesApart { award, .. }
            | Asks::Awards { award, .. }
            | Asks::Unspent { award, .. }
            | Asks::Alone { award }
            | Asks::Fresh { award } => award,
            _ => &[],
        }
    }

    /// The honours that use up what it counts.
    pub fn spent_by(self) -> &'c [String] {
        match self {
            Asks::TitlesInARow { spent_by, .. } => spent_by,
            Asks::Initiatives { not_used_for, .. } => not_used_for,
            _ => &[],
        }
    }
}
