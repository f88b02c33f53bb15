//! The period report as it is asked for and told, alike on the page and on the command line.

pub mod asked;
pub mod counting;
pub mod forms;
pub mod pictures;
pub mod print;
pub mod tables;
pub mod words;

use store::reports::arithmetic::Period;
use store::reports::period::PeriodReport;

use crate::language::Language;
use crate::period::forms::Form;

/// A report with everything that its tables, pictures and sentences need.
pub struct Telling<'a> {
    pub language: Language,
    pub period: Period,
    pub compare: Option<Period>,
    /// Of whom the report speaks.
    pub unit: &'a str,
    pub report: &'a PeriodReport,
    pub forms: &'a [Form],
}
