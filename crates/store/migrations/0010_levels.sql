-- How many units lie under one on a day, read from the index alone.
CREATE INDEX unit_name_by_parent_days ON unit_name (office, parent, to_day, from_day, unit);
DROP INDEX unit_name_by_parent;

-- Whether a person holds an award, read from the index alone.
CREATE INDEX conferral_by_person_award ON conferral (office, person, award);
DROP INDEX conferral_by_person;
