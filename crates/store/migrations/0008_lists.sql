-- Indexes for lists and figures over an office of a million people; one statement list for both databases.

-- Who is in a unit on a day, read from the index alone; the older two held the unit without the days.
CREATE INDEX membership_by_unit_days ON membership (office, unit, to_day, from_day, person);
DROP INDEX membership_by_unit;
CREATE INDEX membership_by_review_unit_days ON membership (office, review_unit, to_day, from_day, person);
DROP INDEX membership_by_review_unit;

-- How many are in some unit on a day: those without a last day stand together.
CREATE INDEX membership_by_days ON membership (office, to_day, from_day, person);

-- The order of lists together with the words of names, so that a common name is looked for along the list itself.
CREATE INDEX person_by_sort_key_id_name ON person (office, sort_key, id, name_folded);
DROP INDEX person_by_sort_key_id;

-- Who stands in no roster is few, and taken off those who are counted.
CREATE INDEX person_excluded ON person (office, id) WHERE excluded_from_roster;

-- What the first page says is waiting.
CREATE INDEX initiative_waiting ON initiative (office, person) WHERE decided IS NULL;
CREATE INDEX hold_by_days ON hold (office, to_day, from_day, person);

-- The different authorities and signers of decisions, found one after the other.
CREATE INDEX decision_by_authority ON decision (office, authority);
CREATE INDEX decision_by_signer ON decision (office, signer);

-- Of the records of a collective only those: with the many of people in it, all alike without a collective, the index
-- looked useless to the planner of SQLite, which read a whole table instead.
DROP INDEX grade_by_collective_year;
CREATE UNIQUE INDEX grade_by_collective_year ON grade (office, collective, year) WHERE collective IS NOT NULL;
DROP INDEX conferral_by_collective;
CREATE INDEX conferral_by_collective ON conferral (office, collective) WHERE collective IS NOT NULL;
DROP INDEX initiative_by_collective;
CREATE INDEX initiative_by_collective ON initiative (office, collective) WHERE collective IS NOT NULL;
DROP INDEX discipline_by_collective;
CREATE INDEX discipline_by_collective ON discipline (office, collective) WHERE collective IS NOT NULL;
DROP INDEX hold_by_collective;
CREATE INDEX hold_by_collective ON hold (office, collective) WHERE collective IS NOT NULL;
DROP INDEX registration_by_collective_year;
CREATE UNIQUE INDEX registration_by_collective_year ON registration (office, collective, year) WHERE collective IS NOT NULL;
DROP INDEX complete_range_by_collective;
CREATE INDEX complete_range_by_collective ON complete_range (office, collective) WHERE collective IS NOT NULL;
DROP INDEX attestation_by_collective;
CREATE INDEX attestation_by_collective ON attestation (office, collective) WHERE collective IS NOT NULL;
