//! Pictures drawn on the server as SVG, alike on the page and on paper; each has a table and a sentence beside it.

pub mod bars;
pub mod career_strip;
pub mod way;
