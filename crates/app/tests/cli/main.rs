//! Stories at the command line, told by the real program: what it prints, where, and with which exit code.

mod backup;
mod country;
mod demo;
mod evaluate;
mod import;
mod full_disk;
mod law;
mod program;
mod report;
mod sample;
mod scan;
mod serve;
mod settings;
mod usage;
mod verify;
