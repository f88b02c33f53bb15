//! Remembers: records, journal and reports; the only crate with SQL.
