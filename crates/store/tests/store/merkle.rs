//! The tree and its proofs, checked against the crate `ct-merkle` and against everything that is slightly wrong.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use sha2::Sha256;
use store::merkle::{Edge, Hash, Node, Span, consistency, extends, includes, inclusion, joined, leaf_hash, node_hash};

type Reference = MemoryBackedTree<Sha256, Vec<u8>>;

/// The content of leaf `n`.
fn content(n: u64) -> Vec<u8> {
    format!("lá thứ {n}").into_bytes()
}

fn leaves(size: u64) -> Vec<Hash> {
    (0..size).map(|n| leaf_hash(&content(n))).collect()
}

/// RFC 6962 §2.1 to the letter.
fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => joined(&[]),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            node_hash(&root(left), &root(right))
        }
    }
}

fn resolved(spans: Vec<Span>, leaves: &[Hash]) -> Vec<Hash> {
    let at = |n: u64| usize::try_from(n).unwrap();
    spans.into_iter().map(|span| root(&leaves[at(span.start)..at(span.end)])).collect()
}

/// A generator of its own, so that a failure can be told again.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

#[test]
fn the_root_grows_as_that_of_ct_merkle() {
    let (mut edge, mut reference) = (Edge::default(), Reference::new());
    for n in 0..1_000 {
        assert_eq!(edge.root().to_vec(), reference.root().as_bytes().to_vec(), "{n} leaves");
        edge.append(leaf_hash(&content(n)), |_, _| ());
        reference.push(content(n));
        assert_eq!(Edge::from_bytes(edge.size, &edge.bytes()), Some(edge.clone()));
    }
}

#[test]
fn every_proof_of_small_trees_is_that_of_ct_merkle_and_holds() {
    let mut reference = Reference::new();
    for size in 1..=130 {
        reference.push(content(size - 1));
        check(&reference, &leaves(size), 0..size);
    }
}

#[test]
fn proofs_of_larger_trees_are_those_of_ct_merkle_and_hold() {
    let mut draw = Draw(2_026);
    for size in (131..=300).step_by(13).chain([256, 257, 511, 1_024, 4_097, 70_001]) {
        let mut reference = Reference::new();
        (0..size).for_each(|n| reference.push(content(n)));
        let asked: Vec<u64> = (0..12).map(|_| draw.below(size)).chain([0, size - 1]).collect();
        check(&reference, &leaves(size), asked.into_iter());
    }
}

/// Both proofs at each of `asked`.
fn check(reference: &Reference, leaves: &[Hash], asked: impl Iterator<Item = u64>) {
    let size = leaves.len() as u64;
    let whole = root(leaves);
    assert_eq!(whole.to_vec(), reference.root().as_bytes().to_vec());
    for n in asked {
        let at = usize::try_from(n).unwrap();
        let path = resolved(inclusion(n, size), leaves);
        assert_eq!(path.concat(), reference.prove_inclusion(at).as_bytes(), "leaf {n} of {size}");
        assert!(includes(leaves[at], n, size, &path, &whole), "leaf {n} of {size}");
        let old = n + 1;
        let old_root = root(&leaves[..=at]);
        let proof = resolved(consistency(old, size), leaves);
        let theirs = reference.prove_consistency(leaves.len() - at - 1);
        assert_eq!(proof.concat(), theirs.as_bytes(), "{old} of {size}");
        assert!(extends(old, &old_root, size, &whole, &proof), "{old} of {size}");
    }
}

#[test]
fn a_proof_with_anything_changed_does_not_hold() {
    let mut draw = Draw(7);
    for _ in 0..400 {
        let size = 2 + draw.below(300);
        let leaves = leaves(size);
        let whole = root(&leaves);
        let n = draw.below(size);
        let at = usize::try_from(n).unwrap();
        let mut path = resolved(inclusion(n, size), &leaves);
        assert!(!includes(leaves[at], n, size, &path, &leaves[at]), "another root");
        assert!(!includes(whole, n, size, &path, &whole), "another leaf");
        assert!(!includes(leaves[at], size, size, &path, &whole), "beyond the tree");
        if path.len() > 1 && path[0] != path[1] {
            let other = if n == 0 { size - 1 } else { 0 };
            assert!(!includes(leaves[at], other, size, &path, &whole), "another place");
        }
        let beside = usize::try_from(draw.below(path.len() as u64)).unwrap();
        path[beside][0] ^= 1;
        assert!(!includes(leaves[at], n, size, &path, &whole), "another hash");
        path[beside][0] ^= 1;
        path.push(whole);
        assert!(!includes(leaves[at], n, size, &path, &whole), "a longer path");
        path.truncate(path.len() - 2);
        assert!(!includes(leaves[at], n, size, &path, &whole), "a shorter path");
        wrong_consistency(&leaves, &whole, 1 + draw.below(size - 1), &mut draw);
    }
}

fn wrong_consistency(leaves: &[Hash], whole: &Hash, old: u64, draw: &mut Draw) {
    let size = leaves.len() as u64;
    let old_root = root(&leaves[..usize::try_from(old).unwrap()]);
    let mut proof = resolved(consistency(old, size), leaves);
    assert!(!extends(old, whole, size, whole, &proof), "another old root");
    assert!(!extends(old, &old_root, size, &old_root, &proof), "another root");
    assert!(!extends(size + 1, &old_root, size, whole, &proof), "a larger old tree");
    assert!(!extends(0, &old_root, size, whole, &proof), "an empty old tree has no proof");
    let at = usize::try_from(draw.below(proof.len() as u64)).unwrap();
    proof[at][31] ^= 128;
    assert!(!extends(old, &old_root, size, whole, &proof), "another hash");
    proof[at][31] ^= 128;
    proof.push(*whole);
    assert!(!extends(old, &old_root, size, whole, &proof), "a longer proof");
    proof.truncate(proof.len() - 2);
    assert!(!extends(old, &old_root, size, whole, &proof), "a shorter proof");
}

#[test]
fn the_empty_tree_begins_every_tree_and_a_tree_itself() {
    let whole = root(&leaves(5));
    assert!(extends(0, &joined(&[]), 5, &whole, &[]));
    assert!(extends(5, &whole, 5, &whole, &[]));
    assert!(extends(0, &joined(&[]), 0, &joined(&[]), &[]));
    assert!(!extends(0, &whole, 5, &whole, &[]));
    assert!(!extends(5, &whole, 5, &joined(&[]), &[]));
    assert!(!extends(3, &whole, 5, &whole, &[]));
}

#[test]
fn every_eighth_level_is_kept_when_it_is_complete() {
    let leaves = leaves(66_000);
    let (mut edge, mut kept) = (Edge::default(), Vec::new());
    for leaf in &leaves {
        edge.append(*leaf, |node, hash| kept.push((node, hash)));
    }
    assert_eq!(kept.iter().filter(|(node, _)| node.level == 8).count(), 257);
    assert_eq!(kept.iter().filter(|(node, _)| node.level == 16).count(), 1);
    for (Node { level, index }, hash) in kept {
        let at = usize::try_from(index << level).unwrap();
        assert_eq!(hash, root(&leaves[at..at + (1 << level)]), "{level}/{index}");
    }
}
