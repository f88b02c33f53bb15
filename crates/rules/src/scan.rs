//! The scan: the same law as the explainer, compiled to columns and asked of many subjects at once.

pub mod cell;
mod names;
pub mod reads;
pub mod records;
pub(crate) mod packed;
pub(crate) mod panel;
mod pack;
pub mod snapshot;
pub(crate) mod planes;
pub(crate) mod titles;
pub mod asked;
mod columns;
mod work;
mod told;
mod tree;
mod standard;
mod award;
mod answers;
pub mod rulebook;
