-- Households, entered as people are: statements that begin with COMMENT are for PostgreSQL alone.

CREATE TABLE household (
    office integer NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    address text,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, person) REFERENCES person (office, id)
);
CREATE UNIQUE INDEX household_by_person ON household (office, person);
COMMENT ON TABLE household IS 'That who is entered as a person is a household (hộ gia đình)';
COMMENT ON COLUMN household.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN household.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN household.person IS 'Who is the household: its name, its unit and its honours are kept as those of a person';
COMMENT ON COLUMN household.address IS 'Where it lives, as its dossiers write it; absent where unknown';
COMMENT ON COLUMN household.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN household.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';
