//! Stories of the store, each told on SQLite and, where a server is at hand, on PostgreSQL.

mod builders;
mod changes;
mod on_each_database;

mod access;
mod accounts;
mod archive;
mod acts;
mod attachments;
mod checkpoints;
mod decisions;
mod drafts;
mod home;
mod imports;
mod jobs;
mod journal;
mod lines;
mod listing;
mod members;
mod merkle;
mod names;
mod notes;
mod open;
mod people;
mod period;
mod register;
mod review;
mod schema;
mod search;
mod statements;
mod step;
mod story;
mod tampering;
mod units;
mod verify;
