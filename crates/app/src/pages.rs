//! The pages, each with its template beside it.

pub mod attachment;
pub mod account;
pub mod account_link;
pub mod accounts;
pub mod award;
pub mod backups;
pub mod coverage;
pub mod decision;
pub mod decisions;
pub mod draft;
pub mod drafts;
pub mod factor_rule;
pub mod first;
pub mod home;
pub mod journal;
pub mod import;
pub mod imports;
pub mod language;
pub mod law;
pub mod new_person;
pub mod my_account;
pub mod my_factor;
pub mod path;
pub mod people;
pub mod period;
pub mod person;
pub mod record;
pub mod reorganisation;
pub mod reports;
pub mod role;
pub mod security_log;
pub mod sign_in;
pub mod sign_in_code;
pub mod texts;
pub mod transfer;
pub mod unit;
pub mod unit_order;
pub mod units;
pub mod why;
pub mod yearly_grades;

#[cfg(test)]
mod parts;
