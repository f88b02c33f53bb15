//! Stories of the store, each told on SQLite and, where a server is at hand, on PostgreSQL.

mod builders;
mod changes;
mod on_each_database;

mod access;
mod accounts;
mod checkpoints;
mod decisions;
mod home;
mod journal;
mod members;
mod merkle;
mod names;
mod notes;
mod open;
mod people;
mod period;
mod review;
mod schema;
mod search;
mod statements;
mod step;
mod units;
