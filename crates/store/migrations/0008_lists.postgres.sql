
-- Whose the removed records are, read out of what they said.
CREATE INDEX removal_by_person ON removal (office, (content::jsonb ->> 'person'));
CREATE INDEX removal_by_collective ON removal (office, (content::jsonb ->> 'collective'));
CREATE INDEX removal_by_decision ON removal (office, (content::jsonb ->> 'decision'));
