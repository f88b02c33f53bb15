//! When a backup and a drill are due, and asking for them: once each, and again after a failure.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};
use serde_json::json;
use store::error::StoreError;
use store::jobs::{self, State};
use uuid::{Builder, Uuid};

use crate::clock::day_of;
use crate::session::OFFICE;
use crate::state::App;

/// How long after a failure the same work is asked for again.
const AGAIN: TimeDelta = TimeDelta::minutes(30);
/// As often as that fits into a day; the next day asks anew.
const MOST: u8 = 48;

/// Asks for the work that was due at an instant unless it was asked for; again where it failed a while ago.
///
/// The work of one instant and one attempt has one id, so that of several servers one does it.
pub async fn ask(app: &App, kind: &str, due: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), StoreError> {
    for attempt in 0..MOST {
        let id = id(kind, due, attempt);
        let Some(known) = jobs::one(&app.store, OFFICE, id).await? else {
            return ask_as(app, id, kind, due, now).await;
        };
        let failed_a_while_ago = known.ended.is_some_and(|ended| now - ended >= AGAIN);
        if known.state != State::Failed || !failed_a_while_ago {
            return Ok(());
        }
    }
    Ok(())
}

/// The last instant, now at the latest, at which it was so late in Hanoi.
pub fn last(at: NaiveTime, now: DateTime<Utc>) -> DateTime<Utc> {
    let today = day_of(now);
    let due = instant(today.and_time(at));
    if due <= now { due } else { instant((today - Days::new(1)).and_time(at)) }
}

/// As [`last`], on a Sunday.
pub fn last_sunday(at: NaiveTime, now: DateTime<Utc>) -> DateTime<Utc> {
    let due = last(at, now);
    due - Days::new(u64::from(day_of(due).weekday().days_since(Weekday::Sun)))
}

async fn ask_as(app: &App, id: Uuid, kind: &str, due: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), StoreError> {
    let asked = jobs::ask(&app.store, OFFICE, id, kind, None, now, &json!({ "due": due })).await;
    // Another server may have asked in between.
    if asked.is_err() && jobs::one(&app.store, OFFICE, id).await?.is_some() { Ok(()) } else { asked }
}

fn id(kind: &str, due: DateTime<Utc>, attempt: u8) -> Uuid {
    let millis = u64::try_from(due.timestamp_millis()).unwrap_or_default();
    let mut rest = [0_u8; 10];
    rest.iter_mut().zip(kind.bytes()).for_each(|(rest, byte)| *rest = byte);
    rest[9] = rest[9].wrapping_add(attempt);
    Builder::from_unix_timestamp_millis(millis, &rest).into_uuid()
}

fn instant(local: NaiveDateTime) -> DateTime<Utc> {
    let hanoi = FixedOffset::east_opt(7 * 3600).expect("seven hours are an offset");
    local.and_local_timezone(hanoi).single().expect("a fixed offset skips nothing").to_utc()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveTime, Utc};

    use super::{last, last_sunday};

    #[test]
    fn half_past_two_in_hanoi_is_the_evening_before_in_utc() {
        let instant = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        let at = NaiveTime::from_hms_opt(2, 30, 0).expect("a time");
        assert_eq!(last(at, instant("2026-11-23T12:00:00Z")), instant("2026-11-22T19:30:00Z"));
        assert_eq!(last(at, instant("2026-11-22T19:29:59Z")), instant("2026-11-21T19:30:00Z"));
        assert_eq!(last_sunday(at, instant("2026-11-25T12:00:00Z")), instant("2026-11-21T19:30:00Z"));
    }
}
