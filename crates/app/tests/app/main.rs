//! Stories of people at the pages, told through the real router over a real database; folders mirror the routes.

mod accounts;
mod assets;
mod browser;
mod builders;
mod careers;
mod decisions;
mod entry;
mod errors;
mod first;
mod health;
mod home;
mod imports;
mod honours;
mod journal;
mod language;
mod law;
mod people;
mod register;
mod reports;
mod role;
mod sign_in;
mod test_app;
mod units;
mod uploads;
mod walk;
mod why;
