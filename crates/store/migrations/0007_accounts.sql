-- Links, second factors, delegations and refusals; statements that begin with COMMENT are for PostgreSQL alone.

CREATE TABLE account_link (
    office integer NOT NULL,
    id uuid NOT NULL,
    account uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('moi', 'dat-lai')),
    token_hash text NOT NULL,
    expires bigint NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, account) REFERENCES account (office, id),
    UNIQUE (office, token_hash)
);
CREATE INDEX account_link_by_account ON account_link (office, account);
COMMENT ON TABLE account_link IS 'That a link was given out with which an account sets its password once';
COMMENT ON COLUMN account_link.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN account_link.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN account_link.account IS 'The account';
COMMENT ON COLUMN account_link.kind IS 'Invitation or reset';
COMMENT ON COLUMN account_link.token_hash IS 'SHA-256 of the token in the link, in hexadecimal digits';
COMMENT ON COLUMN account_link.expires IS 'The instant from which it opens nothing, in milliseconds since 1970-01-01 UTC';
COMMENT ON COLUMN account_link.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN account_link.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE account_link_end (
    office integer NOT NULL,
    id uuid NOT NULL,
    link uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('da-dung', 'thu-hoi')),
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, link) REFERENCES account_link (office, id),
    UNIQUE (office, link)
);
COMMENT ON TABLE account_link_end IS 'That a link was used or revoked; one link ends once';
COMMENT ON COLUMN account_link_end.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN account_link_end.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN account_link_end.link IS 'The link';
COMMENT ON COLUMN account_link_end.kind IS 'Used or revoked';
COMMENT ON COLUMN account_link_end.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN account_link_end.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE second_factor (
    office integer NOT NULL,
    id uuid NOT NULL,
    account uuid NOT NULL,
    active boolean NOT NULL,
    sealed_hash text,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, account) REFERENCES account (office, id)
);
CREATE INDEX second_factor_by_account ON second_factor (office, account);
COMMENT ON TABLE second_factor IS 'That an account took a second factor or gave it up; the last counts';
COMMENT ON COLUMN second_factor.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN second_factor.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN second_factor.account IS 'The account';
COMMENT ON COLUMN second_factor.active IS 'Whether it was taken';
COMMENT ON COLUMN second_factor.sealed_hash IS 'SHA-256 of the sealed secret, in hexadecimal digits; absent where it was given up';
COMMENT ON COLUMN second_factor.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN second_factor.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE second_factor_rule (
    office integer NOT NULL,
    id uuid NOT NULL,
    role text NOT NULL,
    required boolean NOT NULL,
    from_day date NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id)
);
COMMENT ON TABLE second_factor_rule IS 'Whether accounts in a role must have a second factor, from a day on';
COMMENT ON COLUMN second_factor_rule.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN second_factor_rule.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN second_factor_rule.role IS 'The role';
COMMENT ON COLUMN second_factor_rule.required IS 'Whether it is required';
COMMENT ON COLUMN second_factor_rule.from_day IS 'The first day';
COMMENT ON COLUMN second_factor_rule.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN second_factor_rule.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE delegation (
    office integer NOT NULL,
    id uuid NOT NULL,
    role_grant uuid NOT NULL,
    account uuid NOT NULL,
    document text NOT NULL,
    from_day date NOT NULL,
    to_day date NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, account) REFERENCES account (office, id),
    FOREIGN KEY (office, role_grant) REFERENCES role_grant (office, id),
    CHECK (to_day >= from_day)
);
CREATE INDEX delegation_by_account ON delegation (office, account);
CREATE INDEX delegation_by_grant ON delegation (office, role_grant);
COMMENT ON TABLE delegation IS 'That the holder of a role let another account act in it for a time';
COMMENT ON COLUMN delegation.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN delegation.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN delegation.role_grant IS 'The role that is lent';
COMMENT ON COLUMN delegation.account IS 'The account that acts';
COMMENT ON COLUMN delegation.document IS 'The document or the reason';
COMMENT ON COLUMN delegation.from_day IS 'The first day';
COMMENT ON COLUMN delegation.to_day IS 'The last day, itself included';
COMMENT ON COLUMN delegation.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN delegation.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE delegation_end (
    office integer NOT NULL,
    id uuid NOT NULL,
    delegation uuid NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, delegation) REFERENCES delegation (office, id),
    UNIQUE (office, delegation)
);
COMMENT ON TABLE delegation_end IS 'That a delegation was withdrawn before its last day; at once, and one delegation once';
COMMENT ON COLUMN delegation_end.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN delegation_end.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN delegation_end.delegation IS 'The delegation';
COMMENT ON COLUMN delegation_end.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN delegation_end.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE representation (
    office integer NOT NULL,
    id uuid NOT NULL,
    delegation uuid NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, delegation) REFERENCES delegation (office, id),
    UNIQUE (office, step)
);
COMMENT ON TABLE representation IS 'That the actor of a step acted in a role lent by another';
COMMENT ON COLUMN representation.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN representation.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN representation.delegation IS 'The delegation under which the step was made';
COMMENT ON COLUMN representation.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN representation.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE refusal (
    office integer NOT NULL,
    id uuid NOT NULL,
    role text NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    event text NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id)
);
COMMENT ON TABLE refusal IS 'That someone signed in was refused a page or a record';
COMMENT ON COLUMN refusal.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN refusal.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN refusal.role IS 'The role in use';
COMMENT ON COLUMN refusal.method IS 'What was asked to be done: the method of the request';
COMMENT ON COLUMN refusal.path IS 'The address asked for, without its query';
COMMENT ON COLUMN refusal.event IS 'Why it was refused, as an id';
COMMENT ON COLUMN refusal.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN refusal.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE second_secret (
    office integer NOT NULL,
    account uuid NOT NULL,
    sealed text NOT NULL,
    last_slot bigint NOT NULL,
    PRIMARY KEY (office, account),
    FOREIGN KEY (office, account) REFERENCES account (office, id)
);
COMMENT ON TABLE second_secret IS 'The secret of a second factor in use; mutable, unjournaled, deleted when given up';
COMMENT ON COLUMN second_secret.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN second_secret.account IS 'The account';
COMMENT ON COLUMN second_secret.sealed IS 'The secret, sealed with a key that the database does not hold';
COMMENT ON COLUMN second_secret.last_slot IS 'The last time slot whose code was used, so that none is used twice';

CREATE TABLE recovery_code (
    office integer NOT NULL,
    account uuid NOT NULL,
    code_hash text NOT NULL,
    PRIMARY KEY (office, account, code_hash),
    FOREIGN KEY (office, account) REFERENCES account (office, id)
);
COMMENT ON TABLE recovery_code IS 'Codes that stand in for the second factor once each; mutable, unjournaled, deleted when used';
COMMENT ON COLUMN recovery_code.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN recovery_code.account IS 'The account';
COMMENT ON COLUMN recovery_code.code_hash IS 'Keyed hash of the code, in hexadecimal digits';

ALTER TABLE session ADD COLUMN last_seen bigint;
COMMENT ON COLUMN session.last_seen IS 'The last instant at which it asked for a page, to the minute, in milliseconds since 1970-01-01 UTC';
ALTER TABLE session ADD COLUMN address text;
COMMENT ON COLUMN session.address IS 'The network address at sign-in';
ALTER TABLE session ADD COLUMN agent text;
COMMENT ON COLUMN session.agent IS 'What the browser calls itself';
ALTER TABLE session ADD COLUMN stage text;
COMMENT ON COLUMN session.stage IS 'Absent once signed in; cho-ma while the code is awaited, can-ma while a second factor must still be taken';
