//! What a reader of the sources cannot see at a glance: licences, forbidden imports, lengths, registration, texts, icons.

mod dependencies;
mod files;
mod licences;
mod registration;
mod templates;
mod texts;
mod tree;
