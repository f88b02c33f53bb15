//! Roster exceptions: someone on the roster who is not considered in a year, and why.

use crate::entry::{Field, Kind, Of, Sort, When};

pub const KIND: Kind = Kind::new(
    "khong-xet",
    "roster_exception",
    "entry-exception",
    "ban",
    Of::Person,
    &[
        Field::new("year", "field-year", Sort::Year(When::Past)),
        Field::new("reason", "field-exception-reason", Sort::Note(500)),
    ],
);
