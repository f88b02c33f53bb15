//! Long work: claimed by one worker, taken up again when its worker dies, stopped when asked.

use chrono::TimeDelta;
use serde_json::json;
use store::Store;
use store::jobs::{self, State};
use uuid::Uuid;

use crate::builders::{OFFICE, noon};
use crate::on_each_database::on_each_database;

const KINDS: [&str; 1] = ["import-read"];

async fn asked(store: &Store) -> Uuid {
    let id = Uuid::now_v7();
    jobs::ask(store, OFFICE, id, "import-read", None, noon(), &json!({"file": 1})).await.unwrap();
    id
}

#[test]
fn of_two_servers_one_gets_the_work() {
    on_each_database(async |store| {
        let id = asked(&store).await;
        assert_eq!(jobs::claim(&store, OFFICE, &["backup"], noon()).await, Ok(None));
        let first = jobs::claim(&store, OFFICE, &KINDS, noon()).await.unwrap();
        assert_eq!(first.map(|job| (job.id, job.state, job.asked)), Some((id, State::Running, json!({"file": 1}))));
        assert_eq!(jobs::claim(&store, OFFICE, &KINDS, noon()).await, Ok(None));
        assert_eq!(jobs::claim_one(&store, OFFICE, id, noon()).await, Ok(None));
    });
}

#[test]
fn work_whose_worker_died_is_taken_up_again() {
    on_each_database(async |store| {
        let id = asked(&store).await;
        let dead = jobs::claim(&store, OFFICE, &KINDS, noon()).await.unwrap().unwrap();
        let soon = noon() + TimeDelta::seconds(10);
        assert_eq!(jobs::beat(&store, &dead, 3, 10, soon).await, Ok(false));
        let not_yet = soon + jobs::SILENCE;
        assert_eq!(jobs::claim(&store, OFFICE, &KINDS, not_yet).await, Ok(None));
        let later = not_yet + TimeDelta::seconds(1);
        let again = jobs::claim(&store, OFFICE, &KINDS, later).await.unwrap();
        assert_eq!(again.map(|job| job.id), Some(id));
    });
}

#[test]
fn work_asked_to_stop_is_told_at_its_next_beat_and_what_waits_is_over_at_once() {
    on_each_database(async |store| {
        let running = asked(&store).await;
        let job = jobs::claim(&store, OFFICE, &KINDS, noon()).await.unwrap().unwrap();
        let waiting = asked(&store).await;
        for id in [running, waiting] {
            jobs::cancel(&store, OFFICE, id, noon()).await.unwrap();
        }
        assert_eq!(jobs::beat(&store, &job, 1, 2, noon()).await, Ok(true));
        let waiting = jobs::one(&store, OFFICE, waiting).await.unwrap().unwrap();
        assert_eq!((waiting.state, waiting.ended), (State::Cancelled, Some(noon())));
        assert_eq!(jobs::claim(&store, OFFICE, &KINDS, noon()).await, Ok(None));
    });
}

#[test]
fn what_came_of_work_is_kept_and_what_was_laid_down_is_taken_up() {
    on_each_database(async |store| {
        let id = asked(&store).await;
        let job = jobs::claim(&store, OFFICE, &KINDS, noon()).await.unwrap().unwrap();
        jobs::lay_down(&store, &job).await.unwrap();
        let job = jobs::claim(&store, OFFICE, &KINDS, noon()).await.unwrap().unwrap();
        jobs::beat(&store, &job, 7, 7, noon()).await.unwrap();
        jobs::finish(&store, &job, State::Done, &json!({"rows": 7}), noon()).await.unwrap();
        jobs::finish(&store, &job, State::Failed, &json!({}), noon()).await.unwrap();
        let over = jobs::one(&store, OFFICE, id).await.unwrap().unwrap();
        assert_eq!((over.state, over.done, over.outcome), (State::Done, 7, Some(json!({"rows": 7}))));
        assert_eq!(jobs::beat(&store, &job, 7, 7, noon()).await, Ok(true));
    });
}
