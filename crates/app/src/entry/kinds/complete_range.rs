//! Complete ranges: years in which one kind of record is whole, so that no record means none.

use crate::entry::{Choices, Field, Kind, Of, Sort, When};

const RECORDS: Choices = Choices {
    words: &[
        "grades",
        "titles",
        "awards",
        "initiatives",
        "disciplines",
        "holds",
        "posts",
        "leave",
        "registrations",
        "members",
    ],
    said: |language, word| language.text(&format!("choice-records-{word}")).into_owned(),
};

pub const KIND: Kind = Kind::new(
    "ho-so-day-du",
    "complete_range",
    "entry-complete",
    "circle-check",
    Of::Anyone,
    &[
        Field::new("kind", "field-records", Sort::Choice(&RECORDS)).hinted("field-records-hint"),
        Field::new("from_year", "field-from-year", Sort::Year(When::Past)),
        Field::new("to_year", "field-to-year", Sort::Year(When::Past)),
    ],
);
