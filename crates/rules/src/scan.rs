//! The scan: the same law as the explainer, compiled to columns and asked of many subjects at once.

pub mod cell;
mod names;
pub(crate) mod packed;
pub mod snapshot;
pub mod asked;
mod tree;
mod standard;
mod award;
mod answers;
pub mod rulebook;
