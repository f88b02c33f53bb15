//! Answers: the law as data, and who is eligible for which honour and why; no IO, no clock.

pub mod answer;
pub mod ask;
pub mod bonus;
pub mod cases;
mod check;
pub mod conditions;
pub mod explain;
pub mod facts;
pub mod facts_check;
pub mod law;
pub mod load;
mod load_rows;
mod load_standard;
mod load_tables;
pub mod reader;
pub mod regime;
mod summary;
pub mod words;
