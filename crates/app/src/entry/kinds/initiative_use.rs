//! The use of an initiative for an award: each serves once.

use crate::entry::{Field, Kind, Of, Sort, When};

pub const KIND: Kind = Kind::new(
    "su-dung-sang-kien",
    "initiative_use",
    "entry-use",
    "link",
    Of::Staff,
    &[
        Field::new("initiative", "field-initiative", Sort::Initiative).hinted("field-initiative-hint"),
        Field::new("award", "field-used-for", Sort::Award),
        Field::new("year", "field-year", Sort::Year(When::Past)),
    ],
);
