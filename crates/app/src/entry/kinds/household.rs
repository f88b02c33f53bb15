//! What makes a household of who is entered as a person: where it lives.

use crate::entry::{Field, Kind, Of, Sort};

pub const KIND: Kind = Kind::new(
    "ho-gia-dinh",
    "household",
    "entry-household",
    "home",
    Of::Household,
    &[Field::new("address", "field-address", Sort::Text(200)).optional().hinted("field-address-hint")],
)
.entered_elsewhere();
