//! Attestations: a dated confirmation of one condition of an award.

use crate::entry::{Field, Kind, Of, Sort, When};

pub const KIND: Kind = Kind::new(
    "xac-nhan",
    "attestation",
    "entry-attestation",
    "clipboard-check",
    Of::Anyone,
    &[
        Field::new("condition", "field-condition", Sort::Condition).hinted("field-condition-hint"),
        Field::new("value", "field-holds", Sort::YesNo),
        Field::new("on_day", "field-confirmed", Sort::Day(When::Past)),
        Field::new("by_whom", "field-confirmed-by", Sort::Text(200)).hinted("field-confirmed-by-hint"),
    ],
);
