//! Checkpoints and the proofs that go with them: each tree is signed once, and a rewritten one never.

use ed25519_dalek::SigningKey;
use store::Store;
use store::error::StoreError;
use store::journal::checkpoints::{self, Made};
use store::journal::note::{Doubt, Note};
use store::journal::proofs::{self, Flaw, LeafProof};
use store::journal::{head, leaves};
use store::merkle::{extends, includes};

use crate::builders::{OFFICE, enter, noon, office, person};
use crate::on_each_database::{execute, on_each_address, on_each_database};

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

async fn sign(store: &Store) -> Made {
    checkpoints::make(store, OFFICE, &key(), noon()).await.unwrap()
}

async fn people(store: &Store, number: usize) {
    enter(store, async |tx| (0..number).try_for_each(|n| tx.add(person(tx, &format!("Người {n}"))).map(|_| ()))).await;
}

#[test]
fn a_tree_is_signed_when_it_has_grown_and_only_then() {
    on_each_database(async |store| {
        assert_eq!(sign(&store).await, Made::Nothing);
        enter(&store, async |tx| office(tx)).await;
        let Made::Signed(first) = sign(&store).await else { panic!("nothing was signed") };
        assert_eq!(sign(&store).await, Made::Nothing);
        people(&store, 3).await;
        let Made::Signed(second) = sign(&store).await else { panic!("nothing was signed") };
        assert_eq!((first.size, second.size), (2, 6));
        assert_eq!(checkpoints::newest(&store, OFFICE).await, Ok(Some(second.clone())));
        let verifier = checkpoints::verifier(&store, OFFICE, &key()).await.unwrap().unwrap();
        let said = second.note.parse::<Note>().unwrap().verified(&[verifier]).unwrap();
        assert_eq!((said.origin.as_str(), said.size, said.root), ("vinhdanh/VPCP", 6, second.root));
    });
}

#[test]
fn of_servers_that_sign_at_once_one_stores_it() {
    on_each_database(async |store| {
        enter(&store, async |tx| office(tx)).await;
        let servers: Vec<_> = (0..6)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move { sign(&store).await })
            })
            .collect();
        let mut signed = 0;
        for server in servers {
            signed += usize::from(matches!(server.await.unwrap(), Made::Signed(_)));
        }
        assert_eq!(signed, 1);
    });
}

#[test]
fn a_journal_that_was_rewritten_is_signed_no_more() {
    on_each_address(async |store, url| {
        enter(&store, async |tx| office(tx)).await;
        people(&store, 5).await;
        sign(&store).await;
        execute(&url, "UPDATE checkpoint SET root = (SELECT tree_hash FROM journal_leaf WHERE n = 0)").await;
        assert_eq!(sign(&store).await, Made::Contradiction { size: 8 }, "another root at the same size");
        people(&store, 1).await;
        assert_eq!(sign(&store).await, Made::Contradiction { size: 8 }, "another beginning");
        execute(&url, "UPDATE checkpoint SET size = 99").await;
        assert_eq!(sign(&store).await, Made::Contradiction { size: 99 }, "a journal cut short");
    });
}

#[test]
fn proofs_are_made_from_stored_hashes_and_hold() {
    on_each_database(async |store| {
        enter(&store, async |tx| office(tx)).await;
        people(&store, 700).await;
        let old = head(&store, OFFICE).await.unwrap();
        people(&store, 900).await;
        let head = head(&store, OFFICE).await.unwrap();
        assert_eq!((old.size, head.size), (703, 1_604));
        assert_eq!(proofs::root_at(&store, OFFICE, old.size).await, Ok(old.root));
        let before = store.statements();
        for n in [0, 255, 256, 511, 702, 703, 1_535, 1_536, 1_603] {
            let (leaf, path) = proofs::inclusion(&store, OFFICE, n, head.size).await.unwrap();
            assert!(includes(leaf.tree_hash(), n, head.size, &path, &head.root), "leaf {n}");
        }
        assert!(store.statements() - before <= 9 * 3, "a leaf, the lower hashes and the kept ones");
        let path = proofs::consistency(&store, OFFICE, old.size, head.size).await.unwrap();
        assert!(extends(old.size, &old.root, head.size, &head.root, &path));
        let beyond = proofs::inclusion(&store, OFFICE, head.size, head.size).await;
        assert!(matches!(beyond, Err(StoreError::Refused(_))), "{beyond:?}");
        let backwards = proofs::consistency(&store, OFFICE, head.size, old.size).await;
        assert!(matches!(backwards, Err(StoreError::Refused(_))), "{backwards:?}");
    });
}

#[test]
fn a_proof_in_a_file_convinces_whoever_has_the_key() {
    on_each_database(async |store| {
        enter(&store, async |tx| office(tx)).await;
        assert_eq!(checkpoints::prove(&store, OFFICE, 1).await, Ok(None), "nothing is signed yet");
        people(&store, 400).await;
        sign(&store).await;
        people(&store, 1).await;
        assert_eq!(checkpoints::prove(&store, OFFICE, 404).await, Ok(None), "not signed with it yet");
        let keys = [checkpoints::verifier(&store, OFFICE, &key()).await.unwrap().unwrap()];
        let proof = checkpoints::prove(&store, OFFICE, 300).await.unwrap().unwrap();
        assert_eq!(LeafProof::parse(&proof.text()), Some(proof.clone()));
        assert_eq!(proof.verified(&keys).map(|said| said.size), Ok(403));
        assert_eq!(proof.leaf, leaves(&store, OFFICE, 300, 1).await.unwrap()[0].content());
        let other = LeafProof { leaf: proof.leaf.replace("enter", "erase"), ..proof.clone() };
        assert_eq!(other.verified(&keys), Err(Flaw::Path));
        assert_eq!(proof.verified(&[]), Err(Flaw::Checkpoint(Doubt::UnknownKey)));
        assert_eq!(LeafProof::parse(&proof.text().replace("index 300", "index x")), None);
    });
}
