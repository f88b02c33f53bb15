//! Answers: the law as data, and who is eligible for which honour and why; no IO, no clock.

pub mod facts;
pub mod facts_check;
pub mod law;
pub mod regime;
pub mod ask;
pub mod conditions;
pub mod explain;
pub mod path;
pub mod answer;
mod summary;
pub mod words;
pub mod bonus;
pub mod reader;
pub mod load;
mod load_rows;
mod load_standard;
mod load_tables;
mod check;
pub mod cases;
