-- The register of decisions: what is kept of each paper, and what later documents do to it; statements that begin with COMMENT are for PostgreSQL alone.

CREATE TABLE decision_paper (
    office integer NOT NULL,
    id uuid NOT NULL,
    decision uuid NOT NULL,
    body text NOT NULL CHECK (body IN ('co-quan-minh', 'cap-tren', 'dang', 'cong-doan', 'doan-thanh-nien', 'bo-nganh', 'khac')),
    capacity text CHECK (capacity IN ('kt', 'tl', 'tuq', 'tm')),
    signer_post text,
    state text NOT NULL CHECK (state IN ('ban-chinh', 'ban-sao', 'mat')),
    proof text,
    legacy boolean NOT NULL,
    twin_reason text,
    counts boolean NOT NULL,
    ground text,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, decision) REFERENCES decision (office, id),
    UNIQUE (office, decision),
    CHECK (state <> 'mat' OR proof IS NOT NULL)
);
CREATE INDEX decision_paper_by_state ON decision_paper (office, state);
CREATE INDEX decision_paper_by_body ON decision_paper (office, body);
COMMENT ON TABLE decision_paper IS 'What the register keeps of a decision beside its number and day';
COMMENT ON COLUMN decision_paper.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN decision_paper.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN decision_paper.decision IS 'The decision';
COMMENT ON COLUMN decision_paper.body IS 'What sort of body issued it';
COMMENT ON COLUMN decision_paper.capacity IS 'The capacity in which the signer signed; absent where the head signed';
COMMENT ON COLUMN decision_paper.signer_post IS 'The post of the signer as printed';
COMMENT ON COLUMN decision_paper.state IS 'Whether the office holds the original, a copy, or has lost the paper';
COMMENT ON COLUMN decision_paper.proof IS 'What proves a decision whose paper is lost';
COMMENT ON COLUMN decision_paper.legacy IS 'Issued before the office kept its register here';
COMMENT ON COLUMN decision_paper.twin_reason IS 'Why an older decision bears a number that another one bears as well';
COMMENT ON COLUMN decision_paper.counts IS 'Whether its awards count toward the standards of the law';
COMMENT ON COLUMN decision_paper.ground IS 'On which ground awards of another body count or do not';
COMMENT ON COLUMN decision_paper.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN decision_paper.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE amendment (
    office integer NOT NULL,
    id uuid NOT NULL,
    decision uuid NOT NULL,
    conferral uuid,
    replacement uuid,
    kind text NOT NULL CHECK (kind IN ('dinh-chinh', 'sua-doi')),
    document text NOT NULL,
    issuer text NOT NULL,
    successor_of text,
    day date NOT NULL,
    from_day date NOT NULL,
    field text CHECK (field IN ('so-ky-hieu', 'ngay', 'trich-yeu', 'nguoi-ky', 'ho-ten', 'chuc-vu', 'don-vi', 'thanh-tich', 'khac')),
    before text,
    after text,
    reason text NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, decision) REFERENCES decision (office, id),
    FOREIGN KEY (office, conferral) REFERENCES conferral (office, id),
    FOREIGN KEY (office, replacement) REFERENCES conferral (office, id),
    UNIQUE (office, replacement),
    CHECK (replacement IS NULL OR conferral IS NOT NULL),
    CHECK ((field IS NULL) = (after IS NULL))
);
CREATE INDEX amendment_by_decision ON amendment (office, decision);
CREATE INDEX amendment_by_conferral ON amendment (office, conferral);
COMMENT ON TABLE amendment IS 'That a later document mended the words of a decision or put another line in the place of one';
COMMENT ON COLUMN amendment.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN amendment.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN amendment.decision IS 'The decision that is mended';
COMMENT ON COLUMN amendment.conferral IS 'The line that is mended; absent where the decision itself is';
COMMENT ON COLUMN amendment.replacement IS 'The line of the same decision that stands in its place from the day on; absent where only words are mended';
COMMENT ON COLUMN amendment.kind IS 'A slip of form mended by a letter, or content amended by a deciding document';
COMMENT ON COLUMN amendment.document IS 'The document that orders it, as printed';
COMMENT ON COLUMN amendment.issuer IS 'The body that issued that document';
COMMENT ON COLUMN amendment.successor_of IS 'The body that this one succeeds, where it is not the one that decided first';
COMMENT ON COLUMN amendment.day IS 'The day of that document';
COMMENT ON COLUMN amendment.from_day IS 'The first day of what it says';
COMMENT ON COLUMN amendment.field IS 'Which words are mended; absent where a line is replaced';
COMMENT ON COLUMN amendment.before IS 'The words as first printed';
COMMENT ON COLUMN amendment.after IS 'The words as they are to be read';
COMMENT ON COLUMN amendment.reason IS 'Why';
COMMENT ON COLUMN amendment.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN amendment.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE restoration (
    office integer NOT NULL,
    id uuid NOT NULL,
    ended uuid NOT NULL,
    document text NOT NULL,
    issuer text NOT NULL,
    successor_of text,
    day date NOT NULL,
    reason text NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, ended) REFERENCES decision_end (office, id),
    UNIQUE (office, ended)
);
COMMENT ON TABLE restoration IS 'That the revocation of a decision or line was itself taken back';
COMMENT ON COLUMN restoration.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN restoration.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN restoration.ended IS 'The revocation that no longer holds';
COMMENT ON COLUMN restoration.document IS 'The document that orders it, as printed';
COMMENT ON COLUMN restoration.issuer IS 'The body that issued that document';
COMMENT ON COLUMN restoration.successor_of IS 'The body that this one succeeds, where it is not the one that decided first';
COMMENT ON COLUMN restoration.day IS 'The day from which the award stands again';
COMMENT ON COLUMN restoration.reason IS 'Why';
COMMENT ON COLUMN restoration.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN restoration.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE reissue (
    office integer NOT NULL,
    id uuid NOT NULL,
    decision uuid NOT NULL,
    conferral uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('cap-lai', 'cap-doi')),
    document text NOT NULL,
    issuer text NOT NULL,
    successor_of text,
    day date NOT NULL,
    certificate text,
    reason text NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, decision) REFERENCES decision (office, id),
    FOREIGN KEY (office, conferral) REFERENCES conferral (office, id)
);
CREATE INDEX reissue_by_decision ON reissue (office, decision);
COMMENT ON TABLE reissue IS 'That a certificate was issued anew';
COMMENT ON COLUMN reissue.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN reissue.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN reissue.decision IS 'The decision';
COMMENT ON COLUMN reissue.conferral IS 'The line whose certificate it is';
COMMENT ON COLUMN reissue.kind IS 'In the place of one lost or damaged, or exchanged for one of another form';
COMMENT ON COLUMN reissue.document IS 'The document that orders it, as printed';
COMMENT ON COLUMN reissue.issuer IS 'The body that issued that document';
COMMENT ON COLUMN reissue.successor_of IS 'The body that this one succeeds, where it is not the one that decided first';
COMMENT ON COLUMN reissue.day IS 'The day of that document';
COMMENT ON COLUMN reissue.certificate IS 'The number of the new certificate';
COMMENT ON COLUMN reissue.reason IS 'Why';
COMMENT ON COLUMN reissue.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN reissue.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE draft (
    office integer NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    owner uuid NOT NULL,
    content text NOT NULL,
    changed bigint NOT NULL,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, owner) REFERENCES account (office, id)
);
CREATE INDEX draft_by_owner ON draft (office, owner, kind);
COMMENT ON TABLE draft IS 'What is being typed and was not submitted yet; mutable, unjournaled, gone once submitted';
COMMENT ON COLUMN draft.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN draft.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN draft.kind IS 'Of what it is a draft, such as decision';
COMMENT ON COLUMN draft.owner IS 'The account that types it';
COMMENT ON COLUMN draft.content IS 'What was typed, as JSON';
COMMENT ON COLUMN draft.changed IS 'The instant of the last change, in milliseconds since 1970-01-01 UTC; later than the one before';

CREATE INDEX person_by_name_folded ON person (office, name_folded);
CREATE INDEX decision_end_by_day ON decision_end (office, day);
