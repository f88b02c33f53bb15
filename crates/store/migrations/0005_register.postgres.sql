
-- The day of a decision is corrected together with its lines, so this key is looked at when a step asks for it, at its end.
ALTER TABLE conferral ALTER CONSTRAINT conferral_office_decision_decided_fkey DEFERRABLE INITIALLY IMMEDIATE;
