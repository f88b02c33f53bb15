-- What proofs are made from, and the checkpoints that were signed; statements that begin with COMMENT are for PostgreSQL alone.

ALTER TABLE step ADD COLUMN salt bytea;
COMMENT ON COLUMN step.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

ALTER TABLE journal_leaf ADD COLUMN tree_hash bytea;
COMMENT ON COLUMN journal_leaf.tree_hash IS 'What the leaf is to the tree: the RFC 6962 hash of its content';

CREATE TABLE journal_node (
    office integer NOT NULL,
    level integer NOT NULL,
    n bigint NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (office, level, n)
);
COMMENT ON TABLE journal_node IS 'A complete subtree of the tree, from which proofs are made without reading every leaf';
COMMENT ON COLUMN journal_node.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN journal_node.level IS 'How high it stands: it has 256 to that power leaves';
COMMENT ON COLUMN journal_node.n IS 'Its place among the subtrees of that size, from 0';
COMMENT ON COLUMN journal_node.hash IS 'Its hash';

CREATE TABLE checkpoint (
    office integer NOT NULL,
    size bigint NOT NULL,
    root bytea NOT NULL,
    note text NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (office, size)
);
COMMENT ON TABLE checkpoint IS 'A signed statement of the size and the root of the tree';
COMMENT ON COLUMN checkpoint.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN checkpoint.size IS 'The number of leaves';
COMMENT ON COLUMN checkpoint.root IS 'The root hash';
COMMENT ON COLUMN checkpoint.note IS 'The signed note (C2SP tlog-checkpoint)';
COMMENT ON COLUMN checkpoint.at IS 'The instant it was signed, in milliseconds since 1970-01-01 UTC; not part of what is signed';
