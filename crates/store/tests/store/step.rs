//! Steps: all or nothing, journaled, and usable from a server's tasks.

use chrono::{DateTime, Utc};
use store::Store;
use store::error::StoreError;
use store::records::NewOffice;

use crate::on_each_database::on_each_database;

#[test]
fn a_step_can_be_taken_from_a_task_of_the_server() {
    on_each_database(async |store| {
        let task = tokio::spawn(async move { found(&store, 1).await });
        assert_eq!(task.await.unwrap(), Ok(()));
    });
}

async fn found(store: &Store, office: i32) -> Result<(), StoreError> {
    store
        .step(office, None, noon(), "mở cơ quan", async |tx| {
            let id = tx.id();
            tx.add(NewOffice {
                id, code: "VPCP".to_owned(), name: "Văn phòng Chính phủ".to_owned(), name_en: None
            })?;
            Ok(())
        })
        .await
}

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}
