//! Stories of the store, each told on SQLite and, where a server is at hand, on PostgreSQL.

mod on_each_database;
mod step;
