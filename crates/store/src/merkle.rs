//! The tree of RFC 6962, grown leaf by leaf from the hashes at its right edge.

use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The full subtrees of a tree from the left, the largest first: one for each bit of its size.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edge {
    pub size: u64,
    subtrees: Vec<Hash>,
}

impl Edge {
    /// Reads what [`Edge::bytes`] wrote; `None` where the bytes do not fit the size.
    pub fn from_bytes(size: u64, bytes: &[u8]) -> Option<Self> {
        let (subtrees, rest) = bytes.as_chunks::<32>();
        (rest.is_empty() && subtrees.len() == size.count_ones() as usize)
            .then(|| Self { size, subtrees: subtrees.to_vec() })
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.subtrees.concat()
    }

    /// Adds the content of one leaf.
    pub fn append(&mut self, leaf: &[u8]) {
        let mut hash = leaf_hash(leaf);
        let mut size = self.size;
        while size & 1 == 1 {
            // One bit of the size stands for one subtree, so there is one to take.
            let left = self.subtrees.pop().unwrap_or(hash);
            hash = node_hash(&left, &hash);
            size >>= 1;
        }
        self.subtrees.push(hash);
        self.size += 1;
    }

    /// The root; of the empty tree the hash of nothing.
    pub fn root(&self) -> Hash {
        let mut subtrees = self.subtrees.iter().rev();
        let Some(last) = subtrees.next() else {
            return Sha256::digest([]).into();
        };
        subtrees.fold(*last, |right, left| node_hash(left, &right))
    }
}

/// RFC 6962 §2.1: the hash of a leaf begins with 0.
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(leaf).finalize().into()
}

/// RFC 6962 §2.1: the hash of a node begins with 1.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}
