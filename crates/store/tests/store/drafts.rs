//! Drafts: kept for their owner, safe from a second window, and gone with the step that submits them.

use store::access::Viewer;
use store::drafts;
use store::error::StoreError;
use store::records::{NewAccount, NewUnit};
use uuid::Uuid;

use crate::builders::{OFFICE, enter, lan_officer, noon, office};
use crate::on_each_database::on_each_database;

/// Lan and Thanh with accounts of their own.
async fn two(store: &store::Store) -> [Viewer; 2] {
    let accounts = enter(store, async |tx| {
        office(tx)?;
        let mut open = |login: &str| {
            let account = NewAccount { id: tx.id(), login: login.into(), display_name: login.into(), person: None };
            tx.add(account)
        };
        Ok([open("lan")?, open("thanh")?])
    })
    .await;
    accounts.map(|account| Viewer { account, ..lan_officer() })
}

#[test]
fn a_draft_is_its_owners_alone_and_the_second_window_is_told() {
    on_each_database(async |store| {
        let [lan, thanh] = two(&store).await;
        let id = drafts::begin(&store, &lan, "decision", "{}", noon()).await.unwrap();
        assert_eq!(drafts::one(&store, &thanh, "decision", id).await, Ok(None));
        assert_eq!(drafts::own(&store, &thanh, "decision").await, Ok(vec![]));
        let seen = drafts::one(&store, &lan, "decision", id).await.unwrap().unwrap();
        let first = drafts::Draft { content: "{\"so\":\"12\"}".into(), ..seen.clone() };
        drafts::keep(&store, &lan, &first, noon()).await.unwrap();
        assert_eq!(drafts::keep(&store, &lan, &seen, noon()).await, Err(StoreError::Changed));
        let now = drafts::one(&store, &lan, "decision", id).await.unwrap().unwrap();
        assert_eq!((now.content, now.changed > seen.changed), (first.content, true));
        drafts::drop(&store, &thanh, id).await.unwrap();
        assert_eq!(drafts::own(&store, &lan, "decision").await.unwrap().len(), 1);
        drafts::drop(&store, &lan, id).await.unwrap();
        assert_eq!(drafts::own(&store, &lan, "decision").await, Ok(vec![]));
    });
}

#[test]
fn a_draft_submitted_twice_enters_its_records_once_and_a_failed_step_keeps_it() {
    on_each_database(async |store| {
        let [lan, _] = two(&store).await;
        let id = drafts::begin(&store, &lan, "decision", "{}", noon()).await.unwrap();
        let draft = drafts::one(&store, &lan, "decision", id).await.unwrap().unwrap();
        let failed: Result<(), _> = store
            .step(OFFICE, None, noon(), "hỏng", async |tx| {
                tx.submit_draft(&draft).await?;
                Err(StoreError::Refused("bad".into()))
            })
            .await;
        assert!(failed.is_err());
        let submit = async || {
            store
                .step(OFFICE, None, noon(), "vào sổ", async |tx| {
                    tx.submit_draft(&draft).await?;
                    tx.add(NewUnit { id: Uuid::now_v7(), kind: "vu".into(), fictitious: true })
                })
                .await
        };
        assert!(submit().await.is_ok());
        assert_eq!(submit().await, Err(StoreError::Changed));
    });
}
