//! Asks and shows: the web pages and the command line of vinhdanh.

pub mod assets;
pub mod citation;
pub mod cli;
pub mod clock;
pub mod config;
pub mod cookies;
pub mod demo;
pub mod error;
pub mod failure;
pub mod format;
pub mod frame;
pub mod guard;
pub mod health;
pub mod language;
pub mod law;
pub mod limits;
pub mod metrics;
pub mod pages;
pub mod query;
pub mod router;
pub mod secret;
pub mod security;
pub mod server;
pub mod session;
pub mod state;
pub mod visit;
