//! The pages, each with its template beside it.

pub mod award;
pub mod decision;
pub mod decisions;
pub mod first;
pub mod home;
pub mod language;
pub mod law;
pub mod period;
pub mod reports;
pub mod role;
pub mod sign_in;
pub mod texts;
pub mod why;

#[cfg(test)]
mod parts;
