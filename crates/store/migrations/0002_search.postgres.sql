-- The index of words on PostgreSQL, read in the order of sort keys for common words and by words for rare ones.

CREATE TABLE search_text (
    office integer NOT NULL,
    noun text NOT NULL,
    subject uuid NOT NULL,
    sort_key bytea NOT NULL,
    exact tsvector NOT NULL,
    folded tsvector NOT NULL,
    PRIMARY KEY (office, noun, subject)
);
CREATE INDEX search_text_by_noun_sort_key ON search_text (office, noun, sort_key);
CREATE INDEX search_text_by_exact ON search_text USING gin (exact);
CREATE INDEX search_text_by_folded ON search_text USING gin (folded);
COMMENT ON TABLE search_text IS 'The words by which a record is found';
COMMENT ON COLUMN search_text.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN search_text.noun IS 'The table of the record';
COMMENT ON COLUMN search_text.subject IS 'The record';
COMMENT ON COLUMN search_text.sort_key IS 'The place of the record among those found';
COMMENT ON COLUMN search_text.exact IS 'The words with their marks, the tone moved to the first vowel so that hòa and hoà are alike';
COMMENT ON COLUMN search_text.folded IS 'The words without marks, đ as d';
