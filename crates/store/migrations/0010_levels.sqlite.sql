
-- What the planner takes for the shape of an office, as in 0008.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('conferral', 'conferral_by_person_award', '13950000 5001 17 8'),
    ('unit_name', 'unit_name_by_parent_days', '9800 9800 96 96 96 1');
