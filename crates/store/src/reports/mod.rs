//! The reports that can be asked for; a report is one file here and one line of the registry.

pub mod arithmetic;
pub mod counted;
pub mod period;

/// A report of the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// Stands in the address, on the command line and in the keys of its words.
    pub id: &'static str,
    /// Whether a second period can stand beside the first.
    pub compares: bool,
}

/// Every report, in the order of the menu.
pub const REPORTS: [Report; 1] = [period::REPORT];
