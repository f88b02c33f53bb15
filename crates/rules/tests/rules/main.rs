//! Stories about the law: it loads, its cases hold, bad files and bad facts are refused where they are wrong.

mod bonus;
mod comparing;
mod coverage;
mod explaining;
mod facts;
mod files;
mod law;
mod layer_rows;
mod layer_tables;
mod layers;
mod made_laws;
mod populations;
mod refusals;
mod scanning;
mod service;
mod paths;
mod robust;
