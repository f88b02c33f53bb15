
-- Whose the removed records are, read out of what they said.
CREATE INDEX removal_by_person ON removal (office, (content ->> '$.person'));
CREATE INDEX removal_by_collective ON removal (office, (content ->> '$.collective'));
CREATE INDEX removal_by_decision ON removal (office, (content ->> '$.decision'));

-- Prefixes as long as the longest syllable: with shorter ones the rows of every longer beginning were first gathered and
-- merged, 19 ms for a common surname among a million names where a prefix that is kept is read from its first row, 0.1 ms.
CREATE VIRTUAL TABLE search_words USING fts5 (
    scope,
    exact,
    folded,
    subject UNINDEXED,
    tokenize = 'unicode61 remove_diacritics 0',
    prefix = '1 2 3 4 5 6 7',
    columnsize = 0,
    detail = 'column'
);
INSERT INTO search_words (scope, exact, folded, subject) SELECT scope, exact, folded, subject FROM search_text ORDER BY rowid;
DROP TABLE search_text;
ALTER TABLE search_words RENAME TO search_text;

-- What the planner takes for the shape of an office: how many rows of each index are alike in its first columns, as a
-- sampled office of a million people has them. Without it a join begins at the wrong end, and one person is looked for
-- among all honours; to count it anew reads every index whole, which a file larger than memory does not bear.
ANALYZE office;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('complete_range', 'complete_range_by_person', '8924800 5001 9'),
    ('complete_range', 'sqlite_autoindex_complete_range_1', '8924800 5001 1'),
    ('conferral', 'conferral_by_award_decided', '13950000 5001 1251 77'),
    ('conferral', 'conferral_by_decided', '13950000 5001 1667'),
    ('conferral', 'conferral_by_decision_position', '13950000 5001 67 1'),
    ('conferral', 'conferral_by_person', '13950000 5001 17'),
    ('conferral', 'conferral_by_title_year', '13950000 5001 2501'),
    ('conferral', 'conferral_by_unit_decided', '13950000 5001 1667 26'),
    ('conferral', 'sqlite_autoindex_conferral_1', '13950000 5001 1'),
    ('decision', 'decision_by_authority', '226000 226000 75400'),
    ('decision', 'decision_by_day_id', '226000 226000 8 1'),
    ('decision', 'decision_by_signer', '226000 226000 226000'),
    ('decision', 'sqlite_autoindex_decision_1', '226000 226000 1'),
    ('decision', 'sqlite_autoindex_decision_2', '226000 226000 75400 75400 13 1'),
    ('decision', 'sqlite_autoindex_decision_3', '226000 226000 1 1'),
    ('grade', 'grade_by_person_year', '12033800 5001 15 1'),
    ('grade', 'sqlite_autoindex_grade_1', '12033800 5001 1'),
    ('initiative', 'initiative_by_person', '13563400 5001 18'),
    ('initiative', 'sqlite_autoindex_initiative_1', '13563400 5001 1'),
    ('initiative_use', 'initiative_use_by_initiative', '2924600 1000200 1'),
    ('initiative_use', 'sqlite_autoindex_initiative_use_1', '2924600 1000200 1'),
    ('journal_leaf', 'journal_leaf_by_id', '66278800 5001 1'),
    ('journal_leaf', 'sqlite_autoindex_journal_leaf_1', '66278800 5001 1'),
    ('leave', 'leave_by_person', '217000 217000 2'),
    ('leave', 'sqlite_autoindex_leave_1', '217000 217000 1'),
    ('membership', 'membership_by_days', '1000000 1000000 7 2 1'),
    ('membership', 'membership_by_person_from_day', '1000000 1000000 1 1'),
    ('membership', 'membership_by_review_unit_days', '1000000 1000000 105 3 1 1'),
    ('membership', 'membership_by_unit_days', '1000000 1000000 105 3 1 1'),
    ('membership', 'sqlite_autoindex_membership_1', '1000000 1000000 1'),
    ('person', 'person_by_name_folded', '1000000 1000000 2'),
    ('person', 'person_by_sort_key_id_name', '1000000 1000000 2 1 1'),
    ('person', 'sqlite_autoindex_person_1', '1000000 1000000 1'),
    ('post', 'post_by_level', '1155800 1000200 333400 2'),
    ('post', 'post_by_person', '1155800 1000200 2'),
    ('post', 'post_by_unit', '1155800 1000200 120'),
    ('post', 'sqlite_autoindex_post_1', '1155800 1000200 1'),
    ('registration', 'registration_by_person_year', '10986200 5001 14 1'),
    ('registration', 'sqlite_autoindex_registration_1', '10986200 5001 1'),
    ('roster_exception', 'roster_exception_by_person_year', '268400 268400 1 1'),
    ('roster_exception', 'sqlite_autoindex_roster_exception_1', '268400 268400 1'),
    ('unit', 'sqlite_autoindex_unit_1', '9800 9800 1'),
    ('unit_name', 'sqlite_autoindex_unit_name_1', '9800 9800 1'),
    ('unit_name', 'unit_name_by_code', '9800 9800 1'),
    ('unit_name', 'unit_name_by_parent', '9800 9800 5000'),
    ('unit_name', 'unit_name_by_unit_from_day', '9800 9800 1 1');
