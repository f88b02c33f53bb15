-- The index of words on PostgreSQL: rows lie in the order of sort keys, so the first found are the first in the list.

CREATE TABLE search_text (
    office integer NOT NULL,
    noun text NOT NULL,
    subject uuid NOT NULL,
    exact tsvector NOT NULL,
    folded tsvector NOT NULL,
    PRIMARY KEY (office, noun, subject)
);
CREATE INDEX search_text_by_exact ON search_text USING gin (exact);
CREATE INDEX search_text_by_folded ON search_text USING gin (folded);
COMMENT ON TABLE search_text IS 'The words by which a record is found';
COMMENT ON COLUMN search_text.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN search_text.noun IS 'The table of the record';
COMMENT ON COLUMN search_text.subject IS 'The record';
COMMENT ON COLUMN search_text.exact IS 'The words with their marks, the tone moved to the first vowel so that hòa and hoà are alike';
COMMENT ON COLUMN search_text.folded IS 'The words without marks, đ as d';
