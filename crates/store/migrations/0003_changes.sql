-- What happens to records after they were entered, sealed numbers, files and long work; statements that begin with COMMENT are for PostgreSQL alone.

CREATE TABLE correction (
    office integer NOT NULL,
    id uuid NOT NULL,
    noun text NOT NULL,
    record uuid NOT NULL,
    ordinal integer NOT NULL,
    before text NOT NULL,
    after text NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    UNIQUE (office, noun, record, ordinal)
);
COMMENT ON TABLE correction IS 'That fields of a record were corrected; the row of the record holds what they are now';
COMMENT ON COLUMN correction.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN correction.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN correction.noun IS 'The table of the corrected record';
COMMENT ON COLUMN correction.record IS 'The corrected record';
COMMENT ON COLUMN correction.ordinal IS 'Which correction of that record it is, from 1';
COMMENT ON COLUMN correction.before IS 'The corrected fields as they stood, as canonical JSON';
COMMENT ON COLUMN correction.after IS 'The same fields as they stand from then on';
COMMENT ON COLUMN correction.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN correction.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE removal (
    office integer NOT NULL,
    id uuid NOT NULL,
    noun text NOT NULL,
    record uuid NOT NULL,
    content text NOT NULL,
    entered uuid NOT NULL,
    record_salt text,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    UNIQUE (office, noun, record)
);
CREATE INDEX removal_by_entered ON removal (office, entered);
COMMENT ON TABLE removal IS 'A record entered by mistake, taken out of its table and kept whole';
COMMENT ON COLUMN removal.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN removal.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN removal.noun IS 'The table from which it was taken';
COMMENT ON COLUMN removal.record IS 'The record that was taken out';
COMMENT ON COLUMN removal.content IS 'Its content as it last stood, as canonical JSON';
COMMENT ON COLUMN removal.entered IS 'The step that had entered it';
COMMENT ON COLUMN removal.record_salt IS 'The salt hashed with its content, in hexadecimal digits; absent where erased';
COMMENT ON COLUMN removal.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN removal.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE identity (
    office integer NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('cccd', 'cmnd', 'so-hieu')),
    sealed text NOT NULL,
    lookup text NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, person) REFERENCES person (office, id),
    UNIQUE (office, kind, lookup)
);
CREATE INDEX identity_by_person ON identity (office, person);
COMMENT ON TABLE identity IS 'A number by which the State knows a person, sealed with a key that the database does not hold';
COMMENT ON COLUMN identity.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN identity.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN identity.person IS 'The person';
COMMENT ON COLUMN identity.kind IS 'Which number it is';
COMMENT ON COLUMN identity.sealed IS 'Nonce and AES-GCM ciphertext, in base64';
COMMENT ON COLUMN identity.lookup IS 'The keyed hash by which equal numbers are found, in hexadecimal digits';
COMMENT ON COLUMN identity.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN identity.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE attachment (
    office integer NOT NULL,
    id uuid NOT NULL,
    noun text NOT NULL,
    record uuid NOT NULL,
    title text NOT NULL,
    file_name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    stored_as text NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    UNIQUE (office, stored_as)
);
CREATE INDEX attachment_by_record ON attachment (office, record);
COMMENT ON TABLE attachment IS 'A file that belongs to a record; its bytes lie in the folder of files';
COMMENT ON COLUMN attachment.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN attachment.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN attachment.noun IS 'The table of the record to which it belongs';
COMMENT ON COLUMN attachment.record IS 'The record to which it belongs';
COMMENT ON COLUMN attachment.title IS 'What it is, such as the signed original';
COMMENT ON COLUMN attachment.file_name IS 'The name under which it came';
COMMENT ON COLUMN attachment.media_type IS 'Its type, found from its content';
COMMENT ON COLUMN attachment.size IS 'In bytes';
COMMENT ON COLUMN attachment.sha256 IS 'Of the bytes, in hexadecimal digits';
COMMENT ON COLUMN attachment.stored_as IS 'The random name in the folder of files';
COMMENT ON COLUMN attachment.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN attachment.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE job (
    office integer NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    state text NOT NULL CHECK (state IN ('cho', 'dang-chay', 'xong', 'loi', 'da-huy')),
    actor uuid,
    made bigint NOT NULL,
    beat bigint NOT NULL,
    ended bigint,
    total bigint NOT NULL,
    done bigint NOT NULL,
    cancel boolean NOT NULL,
    asked text NOT NULL,
    outcome text,
    PRIMARY KEY (office, id)
);
CREATE INDEX job_by_state ON job (office, state);
COMMENT ON TABLE job IS 'Long work with progress, cancel and restart; mutable, unjournaled';
COMMENT ON COLUMN job.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN job.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN job.kind IS 'What is done, as an id';
COMMENT ON COLUMN job.state IS 'Waiting, running, done, failed or cancelled';
COMMENT ON COLUMN job.actor IS 'The account that asked for it; absent where the program itself did';
COMMENT ON COLUMN job.made IS 'The instant it was asked for, in milliseconds since 1970-01-01 UTC';
COMMENT ON COLUMN job.beat IS 'The last instant at which it was seen running, in milliseconds since 1970-01-01 UTC';
COMMENT ON COLUMN job.ended IS 'The instant it ended, in milliseconds since 1970-01-01 UTC; absent until then';
COMMENT ON COLUMN job.total IS 'How many parts it has';
COMMENT ON COLUMN job.done IS 'How many of them are done';
COMMENT ON COLUMN job.cancel IS 'Whether it was asked to stop';
COMMENT ON COLUMN job.asked IS 'What was asked for, as JSON';
COMMENT ON COLUMN job.outcome IS 'What came of it, as JSON; absent until it ended';
