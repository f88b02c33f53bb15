//! The unit itself: what sort of unit it is; names, parents and order are dated records of their own.

use crate::entry::{Choices, Field, Kind, Of, Sort};
use crate::wording;

pub const SORTS: Choices =
    Choices { words: &["vu", "cuc", "phong", "su-nghiep", "doan-the", "don-vi"], said: wording::unit_kind };

pub const KIND: Kind = Kind::new(
    "don-vi",
    "unit",
    "entry-unit",
    "building-community",
    Of::Unit,
    &[Field::new("kind", "field-unit-kind", Sort::Choice(&SORTS))],
)
.with(r#"{"fictitious":false}"#)
.entered_elsewhere();
