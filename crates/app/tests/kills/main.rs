//! The program killed at random moments: nothing acknowledged is lost, nothing half-written, the journal verifies.

mod harness;

mod decisions;
mod steps;
