//! Conferrals: honours, which their decision enters and changes; the history tells them.

use crate::catalogue::KINDS;
use crate::entry::{Choices, Field, Kind, Of, Sort, When, said};

const FOR: Choices = Choices {
    words: &[KINDS[0].0, KINDS[1].0, KINDS[2].0, KINDS[3].0, KINDS[4].0, KINDS[5].0],
    said: |language, word| said(word, |kind| language.pick(&rules::words::kind(kind)).to_owned()),
};

pub const KIND: Kind = Kind::new(
    "khen-thuong",
    "conferral",
    "entry-conferral",
    "award",
    Of::Anyone,
    &[
        Field::new("award", "field-award", Sort::Award),
        Field::new("decided", "field-decided", Sort::Day(When::Past)),
        Field::new("title_year", "field-year", Sort::Year(When::Past)).optional(),
        Field::new("kind", "field-award-kind", Sort::Choice(&FOR)).optional(),
        Field::new("post_printed", "field-post-printed", Sort::Text(300)).optional(),
        Field::new("unit_printed", "field-unit-printed", Sort::Text(300)).optional(),
    ],
)
.only_told();
