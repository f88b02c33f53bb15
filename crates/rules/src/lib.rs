//! Answers: the law as data, and who is eligible for which honour and why; no IO, no clock.

pub mod facts;
pub mod facts_check;
pub mod law;
pub mod posts;
pub mod layer;
pub mod calendar;
pub mod regime;
pub mod ask;
pub mod conditions;
pub mod scan;
pub mod explain;
pub mod answer;
mod summary;
pub mod words;
pub mod bonus;
pub mod reader;
pub mod load;
mod load_rows;
mod load_standard;
mod load_layer;
mod load_tables;
mod check;
pub mod cases;
pub mod changes;
pub mod compare;
pub mod layers;
pub mod layer_text;
