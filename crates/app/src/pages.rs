//! The pages, each with its template beside it.

pub mod first;
pub mod home;
pub mod language;
pub mod role;
pub mod sign_in;

#[cfg(test)]
mod parts;
