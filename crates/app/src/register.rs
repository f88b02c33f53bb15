//! What the pages of the register of decisions share: the paper as it is typed, its lines, its choices, whoever is named.

pub mod choices;
pub mod document;
pub mod draft;
pub mod line;
pub mod paper;
pub mod recipients;
pub mod words;

use store::words::Role;

/// Who keeps the register.
pub const KEEPERS: &[Role] = &[Role::Officer, Role::CouncilSecretary, Role::Administrator];
