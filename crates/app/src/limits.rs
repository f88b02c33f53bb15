//! How often a sign-in may be tried, by login and by address, in a table that cannot grow without end.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// Failures of one login within the window before the door stays shut for the rest of it.
pub const BY_LOGIN: u32 = 8;
/// Failures from one address, behind which a whole office may sit.
pub const BY_ADDRESS: u32 = 60;
/// The window after the first failure.
const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Names and addresses remembered at once.
const PLACES: usize = 20_000;

/// The failures of late, by name.
#[derive(Debug, Default)]
pub struct Limits {
    failures: Mutex<HashMap<String, Failures>>,
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    since: DateTime<Utc>,
    count: u32,
}

impl Limits {
    /// The minutes to wait before `name`, which may fail fewer than `most` times, may try again; nothing where it may now.
    pub fn wait(&self, name: &str, most: u32, now: DateTime<Utc>) -> Option<i64> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let found = failures.get(name)?;
        let left = WINDOW - (now - found.since);
        (found.count >= most && left > TimeDelta::zero()).then(|| left.num_minutes() + 1)
    }

    /// Counts a failure of `name`.
    pub fn failed(&self, name: &str, now: DateTime<Utc>) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= PLACES && !failures.contains_key(name) {
            failures.retain(|_, found| now - found.since < WINDOW);
            make_room(&mut failures);
        }
        let found = failures.entry(name.to_owned()).or_insert(Failures { since: now, count: 0 });
        if now - found.since >= WINDOW {
            *found = Failures { since: now, count: 0 };
        }
        found.count += 1;
    }

    /// Forgets the failures of `name` after it got in.
    pub fn passed(&self, name: &str) {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

/// Drops the name that has failed least, so that a flood of new names cannot wash out one that is shut.
fn make_room(failures: &mut HashMap<String, Failures>) {
    if failures.len() < PLACES {
        return;
    }
    let least = failures.iter().min_by_key(|(_, found)| (found.count, found.since)).map(|(name, _)| name.clone());
    if let Some(name) = least {
        failures.remove(&name);
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::{BY_LOGIN, Limits, PLACES};

    fn noon() -> DateTime<Utc> {
        "2026-11-23T05:00:00Z".parse().expect("an instant")
    }

    #[test]
    fn eight_failures_shut_the_door_for_a_quarter_of_an_hour() {
        let limits = Limits::default();
        for _ in 0..BY_LOGIN {
            assert_eq!(limits.wait("mai", BY_LOGIN, noon()), None);
            limits.failed("mai", noon());
        }
        assert_eq!(limits.wait("mai", BY_LOGIN, noon()), Some(16));
        assert_eq!(limits.wait("binh", BY_LOGIN, noon()), None);
        assert_eq!(limits.wait("mai", BY_LOGIN, noon() + TimeDelta::minutes(15)), None);
    }

    #[test]
    fn a_success_forgets_the_failures() {
        let limits = Limits::default();
        (0..BY_LOGIN).for_each(|_| limits.failed("mai", noon()));
        limits.passed("mai");
        assert_eq!(limits.wait("mai", BY_LOGIN, noon()), None);
    }

    #[test]
    fn a_flood_of_names_neither_fills_memory_nor_opens_a_shut_door() {
        let limits = Limits::default();
        (0..BY_LOGIN).for_each(|_| limits.failed("mai", noon()));
        (0..PLACES + 50).for_each(|name| limits.failed(&name.to_string(), noon()));
        assert_eq!(limits.failures.lock().expect("the table").len(), PLACES);
        assert_eq!(limits.wait("mai", BY_LOGIN, noon()), Some(16));
    }
}
