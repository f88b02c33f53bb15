-- Files brought in: what was sent, its rows while an officer looks at them, and the batch that was entered.

CREATE TABLE import_batch (
    office integer NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    file_name text NOT NULL,
    sha256 text NOT NULL,
    written integer NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id)
);
COMMENT ON TABLE import_batch IS 'That the rows of a file were entered, all in the step of this record';
COMMENT ON COLUMN import_batch.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN import_batch.id IS 'The id of the file among those brought in';
COMMENT ON COLUMN import_batch.kind IS 'What the rows are, as an id';
COMMENT ON COLUMN import_batch.file_name IS 'The name under which the file came';
COMMENT ON COLUMN import_batch.sha256 IS 'Of its bytes, in hexadecimal digits';
COMMENT ON COLUMN import_batch.written IS 'How many of its rows were entered';
COMMENT ON COLUMN import_batch.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN import_batch.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE import_file (
    office integer NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    state text NOT NULL CHECK (state IN ('moi', 'dang-doc', 'xem-truoc', 'dang-ghi', 'da-ghi', 'dang-hoan-tac', 'da-hoan-tac', 'bo')),
    file_name text NOT NULL,
    sha256 text NOT NULL,
    size bigint NOT NULL,
    stored_as text NOT NULL,
    account uuid NOT NULL,
    unit uuid,
    made bigint NOT NULL,
    choices text NOT NULL,
    job uuid,
    step uuid,
    PRIMARY KEY (office, id)
);
CREATE INDEX import_file_by_sha256 ON import_file (office, sha256);
COMMENT ON TABLE import_file IS 'A file that someone brings in; mutable, unjournaled';
COMMENT ON COLUMN import_file.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN import_file.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN import_file.kind IS 'What its rows are, as an id';
COMMENT ON COLUMN import_file.state IS 'New, being read, looked at, being entered, entered, being undone, undone or left';
COMMENT ON COLUMN import_file.file_name IS 'The name under which it came';
COMMENT ON COLUMN import_file.sha256 IS 'Of its bytes, in hexadecimal digits';
COMMENT ON COLUMN import_file.size IS 'In bytes';
COMMENT ON COLUMN import_file.stored_as IS 'The random name in the folder of files';
COMMENT ON COLUMN import_file.account IS 'The account that brought it in';
COMMENT ON COLUMN import_file.unit IS 'The unit of rows that name none; absent where there is no such unit';
COMMENT ON COLUMN import_file.made IS 'The instant it came, in milliseconds since 1970-01-01 UTC';
COMMENT ON COLUMN import_file.choices IS 'Sheet, head rows and columns, as JSON';
COMMENT ON COLUMN import_file.job IS 'The last work on it; absent before';
COMMENT ON COLUMN import_file.step IS 'The step that entered its rows; absent until then';

CREATE TABLE import_row (
    office integer NOT NULL,
    file uuid NOT NULL,
    n bigint NOT NULL,
    state text NOT NULL CHECK (state IN ('san-sang', 'moi', 'nghi-van', 'xung-dot', 'da-co', 'loi', 'bo-qua', 'da-ghi')),
    content text NOT NULL,
    problems text NOT NULL,
    candidates text NOT NULL,
    person uuid,
    existing text,
    correct boolean NOT NULL,
    PRIMARY KEY (office, file, n),
    FOREIGN KEY (office, file) REFERENCES import_file (office, id)
);
CREATE INDEX import_row_by_state ON import_row (office, file, state, n);
COMMENT ON TABLE import_row IS 'A row of a file, as read and as matched; mutable, unjournaled';
COMMENT ON COLUMN import_row.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN import_row.file IS 'The file';
COMMENT ON COLUMN import_row.n IS 'The number of the row in its sheet, from 1';
COMMENT ON COLUMN import_row.state IS 'Ready, new, doubtful, in conflict, already there, wrong, left out or entered';
COMMENT ON COLUMN import_row.content IS 'What was read in it, as JSON';
COMMENT ON COLUMN import_row.problems IS 'What is wrong with it, as JSON';
COMMENT ON COLUMN import_row.candidates IS 'The known people who may be meant, as JSON';
COMMENT ON COLUMN import_row.person IS 'The person who is meant; absent for a new one and for a collective';
COMMENT ON COLUMN import_row.existing IS 'The record that already says this or something else, as JSON';
COMMENT ON COLUMN import_row.correct IS 'Whether that record is to be corrected by the row';

CREATE TABLE import_choice (
    office integer NOT NULL,
    kind text NOT NULL,
    fingerprint text NOT NULL,
    choices text NOT NULL,
    used bigint NOT NULL,
    PRIMARY KEY (office, kind, fingerprint)
);
COMMENT ON TABLE import_choice IS 'How a file of one shape was read the last time; mutable, unjournaled';
COMMENT ON COLUMN import_choice.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN import_choice.kind IS 'What the rows are, as an id';
COMMENT ON COLUMN import_choice.fingerprint IS 'The shape of the file: its sheets and heads, hashed';
COMMENT ON COLUMN import_choice.choices IS 'Sheet, head rows and columns, as JSON';
COMMENT ON COLUMN import_choice.used IS 'The instant of the last use, in milliseconds since 1970-01-01 UTC';
