-- The index of words on SQLite: rows lie in the order of sort keys, so the first found are the first in the list.

CREATE VIRTUAL TABLE search_text USING fts5 (
    scope,
    exact,
    folded,
    subject UNINDEXED,
    tokenize = 'unicode61 remove_diacritics 0',
    prefix = '1 2 3',
    columnsize = 0,
    detail = 'column'
);
