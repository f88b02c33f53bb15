//! The journal: the root is that of RFC 6962, and steps taken at once keep one chain.

use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};
use store::Store;
use store::journal::{self, Head};

use crate::builders::{OFFICE, enter, noon, office, person, verified};
use crate::on_each_database::{on_each_address, on_each_database};

#[test]
fn an_office_without_steps_has_the_empty_tree() {
    on_each_database(async |store| {
        let empty = Head { size: 0, root: Sha256::digest([]).into() };
        assert_eq!(journal::head(&store, OFFICE).await, Ok(empty));
        assert!(verified(&store).await.holds());
    });
}

#[test]
fn a_leaf_names_the_act_and_hides_the_content() {
    on_each_database(async |store| {
        let id = enter(&store, async |tx| office(tx)).await;
        let leaf = journal::leaves(&store, OFFICE, 0, 10).await.unwrap().remove(1);
        let content = format!(
            "{{\"actor\":null,\"at\":\"{}\",\"hash\":\"{}\",\"id\":\"{id}\",\"n\":1,\"noun\":\"office\",\"office\":1,\"v\":1,\"verb\":\"found\"}}",
            noon().format("%Y-%m-%dT%H:%M:%S.000Z"),
            journal::hex(&leaf.entry.hash),
        );
        assert_eq!(leaf.content(), content);
    });
}

#[test]
fn after_each_step_the_root_is_that_of_the_whole_tree() {
    on_each_database(async |store| {
        enter(&store, async |tx| office(tx)).await;
        for people in 1..=9_usize {
            enter(&store, async |tx| {
                for n in 0..people {
                    tx.add(person(tx, &format!("Người {n}")))?;
                }
                Ok(())
            })
            .await;
            let leaves = contents(&store).await;
            let head = journal::head(&store, OFFICE).await.unwrap();
            assert_eq!(head.size, (2 + people + people * (people + 1) / 2) as u64);
            assert_eq!(head, Head { size: leaves.len() as u64, root: reference_root(&leaves) });
        }
    });
}

#[test]
fn steps_taken_at_once_keep_one_chain() {
    on_each_database(async |store| {
        let mut tasks = Vec::new();
        for task in 0..8 {
            let store = store.clone();
            tasks.push(tokio::spawn(async move {
                for n in 0..5 {
                    enter(&store, async |tx| {
                        if task == 0 && n == 0 {
                            office(tx)?;
                        }
                        tx.add(person(tx, &format!("Người {task} {n}")))
                    })
                    .await;
                }
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        let leaves = contents(&store).await;
        let head = Head { size: 81, root: reference_root(&leaves) };
        assert_eq!(journal::head(&store, OFFICE).await, Ok(head));
    });
}

#[test]
fn a_changed_leaf_is_found() {
    on_each_address(async |store, url| {
        enter(&store, async |tx| {
            office(tx)?;
            tx.add(person(tx, "Lê Văn Bình"))
        })
        .await;
        assert!(verified(&store).await.holds());
        let intruder = sea_orm::Database::connect(url).await.unwrap();
        intruder.execute_unprepared("UPDATE journal_leaf SET verb = 'erase' WHERE n = 2").await.unwrap();
        intruder.close().await.unwrap();
        let found = verified(&store).await;
        assert_eq!((found.holds(), found.tree.size), (false, 3));
        assert!(found.findings.iter().any(|finding| finding.leaf == Some(2)), "{found:?}");
    });
}

async fn contents(store: &Store) -> Vec<String> {
    let leaves = journal::leaves(store, OFFICE, 0, 1_000).await.unwrap();
    leaves.iter().map(|leaf| leaf.content()).collect()
}

/// RFC 6962 §2.1 to the letter: split at the largest power of two smaller than the number of leaves.
fn reference_root(leaves: &[String]) -> [u8; 32] {
    match leaves.len() {
        0 => Sha256::digest([]).into(),
        1 => Sha256::digest([&[0], leaves[0].as_bytes()].concat()).into(),
        n => {
            let (left, right) = leaves.split_at(n.next_power_of_two() / 2);
            Sha256::digest([&[1][..], &reference_root(left), &reference_root(right)].concat()).into()
        }
    }
}
