//! Stories about the law: it loads, its cases hold, bad files and bad facts are refused where they are wrong.

mod bonus;
mod explaining;
mod facts;
mod files;
mod law;
mod layers;
mod paths;
mod refusals;
mod robust;
