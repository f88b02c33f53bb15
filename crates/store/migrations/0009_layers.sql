-- Regulations laid over the nation's law: drafts, submissions, decisions and withdrawals; statements that begin with COMMENT are for PostgreSQL alone.

CREATE TABLE layer_draft (
    office integer NOT NULL,
    id uuid NOT NULL,
    unit uuid,
    content text NOT NULL,
    cases text NOT NULL,
    author uuid NOT NULL,
    changed bigint NOT NULL,
    returned uuid,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, unit) REFERENCES unit (office, id),
    FOREIGN KEY (office, author) REFERENCES account (office, id)
);
COMMENT ON TABLE layer_draft IS 'A regulation being written; mutable and unjournaled until it is submitted';
COMMENT ON COLUMN layer_draft.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN layer_draft.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN layer_draft.unit IS 'The unit whose regulation it is; absent for the whole office';
COMMENT ON COLUMN layer_draft.content IS 'TOML in the grammar of a layer of the law';
COMMENT ON COLUMN layer_draft.cases IS 'TOML in the grammar of the cases of the law';
COMMENT ON COLUMN layer_draft.author IS 'The account that wrote it last';
COMMENT ON COLUMN layer_draft.changed IS 'When it was last changed, in milliseconds since 1970-01-01 UTC, so that two writers do not overwrite each other';
COMMENT ON COLUMN layer_draft.returned IS 'The submission that was returned and is being mended here';

CREATE TABLE layer (
    office integer NOT NULL,
    id uuid NOT NULL,
    code text NOT NULL,
    tier text NOT NULL CHECK (tier IN ('unit', 'office', 'nation')),
    unit uuid,
    name text NOT NULL,
    name_en text NOT NULL,
    from_day date NOT NULL,
    content text NOT NULL,
    cases text NOT NULL,
    author uuid NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, unit) REFERENCES unit (office, id),
    FOREIGN KEY (office, author) REFERENCES account (office, id),
    CHECK ((tier = 'unit') = (unit IS NOT NULL))
);
COMMENT ON TABLE layer IS 'That a regulation was submitted, with its text as it then stood';
COMMENT ON COLUMN layer.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN layer.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN layer.code IS 'The id by which its text and the findings name it';
COMMENT ON COLUMN layer.tier IS 'Whose it is: a unit''s, the office''s, or a text of the nation that the office loaded';
COMMENT ON COLUMN layer.unit IS 'The unit to whose people, and those below it, it applies; absent for the whole office';
COMMENT ON COLUMN layer.name IS 'Its name in Vietnamese';
COMMENT ON COLUMN layer.name_en IS 'Its name in English';
COMMENT ON COLUMN layer.from_day IS 'The day from which it holds, once confirmed';
COMMENT ON COLUMN layer.content IS 'TOML in the grammar of a layer of the law';
COMMENT ON COLUMN layer.cases IS 'TOML in the grammar of the cases of the law';
COMMENT ON COLUMN layer.author IS 'The account that wrote it last; neither that account nor the one that submitted it may confirm it';
COMMENT ON COLUMN layer.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN layer.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE layer_decision (
    office integer NOT NULL,
    id uuid NOT NULL,
    layer uuid NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('xac-nhan', 'tra-lai')),
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, layer) REFERENCES layer (office, id),
    UNIQUE (office, layer)
);
COMMENT ON TABLE layer_decision IS 'That a second person confirmed a submitted regulation or returned it; one submission is decided once';
COMMENT ON COLUMN layer_decision.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN layer_decision.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN layer_decision.layer IS 'The submission';
COMMENT ON COLUMN layer_decision.outcome IS 'Confirmed or returned; the step says why';
COMMENT ON COLUMN layer_decision.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN layer_decision.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE layer_withdrawal (
    office integer NOT NULL,
    id uuid NOT NULL,
    layer uuid NOT NULL,
    from_day date NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, layer) REFERENCES layer (office, id),
    UNIQUE (office, layer)
);
COMMENT ON TABLE layer_withdrawal IS 'That a confirmed regulation no longer holds from a day on';
COMMENT ON COLUMN layer_withdrawal.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN layer_withdrawal.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN layer_withdrawal.layer IS 'The regulation';
COMMENT ON COLUMN layer_withdrawal.from_day IS 'The first day on which it does not hold';
COMMENT ON COLUMN layer_withdrawal.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN layer_withdrawal.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';
