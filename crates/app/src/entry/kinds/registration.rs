//! Registrations: that a person or collective registered to take part in a year's emulation.

use crate::entry::{Field, Kind, Of, Sort, When};

pub const KIND: Kind = Kind::new(
    "dang-ky",
    "registration",
    "entry-registration",
    "edit",
    Of::Anyone,
    &[Field::new("year", "field-year", Sort::Year(When::Any))],
);
