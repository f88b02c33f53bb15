//! Answers: the law as data, and who is eligible for which honour and why; no IO, no clock.

pub mod facts;
