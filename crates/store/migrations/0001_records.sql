-- The records, one statement list for both databases; statements that begin with COMMENT are for PostgreSQL alone.

CREATE TABLE step (
    office integer NOT NULL,
    id uuid NOT NULL,
    at bigint NOT NULL,
    actor uuid,
    why text NOT NULL,
    PRIMARY KEY (office, id)
);
COMMENT ON TABLE step IS 'One act of writing: everything entered together, by one actor, for one reason';
COMMENT ON COLUMN step.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN step.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN step.at IS 'The instant, in milliseconds since 1970-01-01 UTC';
COMMENT ON COLUMN step.actor IS 'The account that acted; absent where the program itself acts';
COMMENT ON COLUMN step.why IS 'The reason, in words';

CREATE TABLE office (
    office integer NOT NULL,
    id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    name_en text,
    illustrative boolean NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office),
    FOREIGN KEY (office, step) REFERENCES step (office, id)
);
COMMENT ON TABLE office IS 'A ministry-level body or a province with all that lies under it: the tenant';
COMMENT ON COLUMN office.office IS 'The number that stands in every key';
COMMENT ON COLUMN office.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN office.illustrative IS 'Whether its records only illustrate: such records carry the notice on every page and may be opened by the demonstration';
COMMENT ON COLUMN office.code IS 'The letters by which its documents know it, such as VPCP';
COMMENT ON COLUMN office.name IS 'Its name in Vietnamese';
COMMENT ON COLUMN office.name_en IS 'Its name in English';
COMMENT ON COLUMN office.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN office.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE ending (
    office integer NOT NULL,
    id uuid NOT NULL,
    noun text NOT NULL,
    record uuid NOT NULL,
    to_day date NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    UNIQUE (office, noun, record)
);
COMMENT ON TABLE ending IS 'That a record open until now ended on a day; the record''s to_day repeats it';
COMMENT ON COLUMN ending.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN ending.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN ending.noun IS 'The table of the record that ended';
COMMENT ON COLUMN ending.record IS 'The record that ended';
COMMENT ON COLUMN ending.to_day IS 'Its last day, itself included';
COMMENT ON COLUMN ending.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN ending.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE unit (
    office integer NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    fictitious boolean NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id)
);
COMMENT ON TABLE unit IS 'A unit of the office, the same through all its names';
COMMENT ON COLUMN unit.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN unit.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN unit.kind IS 'What sort of unit it is, such as vu, cuc, phong or doan-the';
COMMENT ON COLUMN unit.fictitious IS 'Made up for demonstration or training';
COMMENT ON COLUMN unit.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN unit.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE unit_name (
    office integer NOT NULL,
    id uuid NOT NULL,
    unit uuid NOT NULL,
    name text NOT NULL,
    name_en text,
    code text NOT NULL,
    parent uuid,
    cluster text,
    position integer NOT NULL,
    basis text,
    certainty text NOT NULL CHECK (certainty IN ('da-doi-chieu', 'can-doi-chieu', 'minh-hoa')),
    from_day date NOT NULL,
    to_day date,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, unit) REFERENCES unit (office, id),
    FOREIGN KEY (office, parent) REFERENCES unit (office, id),
    CHECK (to_day IS NULL OR to_day >= from_day)
);
CREATE UNIQUE INDEX unit_name_by_unit_from_day ON unit_name (office, unit, from_day);
CREATE INDEX unit_name_by_parent ON unit_name (office, parent);
CREATE INDEX unit_name_by_code ON unit_name (office, code);
COMMENT ON TABLE unit_name IS 'The names, parent, cluster, order and code of a unit during a time';
COMMENT ON COLUMN unit_name.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN unit_name.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN unit_name.unit IS 'The unit';
COMMENT ON COLUMN unit_name.name IS 'The name in Vietnamese';
COMMENT ON COLUMN unit_name.name_en IS 'The name in English';
COMMENT ON COLUMN unit_name.code IS 'The letters by which documents know it, such as TCCB';
COMMENT ON COLUMN unit_name.parent IS 'The unit above; absent at the top of the office';
COMMENT ON COLUMN unit_name.cluster IS 'The emulation cluster (cụm, khối) in which it is compared';
COMMENT ON COLUMN unit_name.position IS 'Its place in the order of the decree';
COMMENT ON COLUMN unit_name.basis IS 'The text that gives the name, such as a decree';
COMMENT ON COLUMN unit_name.certainty IS 'Whether the name was checked against that text, is to be checked, or only illustrates';
COMMENT ON COLUMN unit_name.from_day IS 'The first day';
COMMENT ON COLUMN unit_name.to_day IS 'The last day, itself included; absent while it lasts';
COMMENT ON COLUMN unit_name.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN unit_name.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE unit_lineage (
    office integer NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('doi-ten', 'sap-nhap', 'chia-tach', 'chuyen')),
    predecessor uuid NOT NULL,
    successor uuid NOT NULL,
    day date NOT NULL,
    keeps_honours boolean NOT NULL,
    document text,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, predecessor) REFERENCES unit (office, id),
    FOREIGN KEY (office, successor) REFERENCES unit (office, id)
);
CREATE INDEX unit_lineage_by_predecessor ON unit_lineage (office, predecessor);
CREATE INDEX unit_lineage_by_successor ON unit_lineage (office, successor);
COMMENT ON TABLE unit_lineage IS 'That a unit went on as, joined, left or moved to another on a day';
COMMENT ON COLUMN unit_lineage.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN unit_lineage.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN unit_lineage.kind IS 'Renamed, merged, split or moved';
COMMENT ON COLUMN unit_lineage.predecessor IS 'The unit before that day';
COMMENT ON COLUMN unit_lineage.successor IS 'The unit from that day';
COMMENT ON COLUMN unit_lineage.day IS 'The first day of the successor';
COMMENT ON COLUMN unit_lineage.keeps_honours IS 'Whether the honours of the predecessor count for the successor';
COMMENT ON COLUMN unit_lineage.document IS 'The document that ordered it';
COMMENT ON COLUMN unit_lineage.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN unit_lineage.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE person (
    office integer NOT NULL,
    id uuid NOT NULL,
    full_name text NOT NULL,
    name_folded text NOT NULL,
    sort_key bytea NOT NULL,
    sort_version integer NOT NULL,
    sex text CHECK (sex IN ('nam', 'nu')),
    born date,
    recruited date,
    staff_group text,
    fictitious boolean NOT NULL,
    quotation text,
    excluded_from_roster boolean NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id)
);
CREATE UNIQUE INDEX person_by_sort_key_id ON person (office, sort_key, id);
COMMENT ON TABLE person IS 'A person whom the office knows';
COMMENT ON COLUMN person.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN person.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN person.full_name IS 'The name exactly as written';
COMMENT ON COLUMN person.name_folded IS 'The name in lower case without marks, đ as d';
COMMENT ON COLUMN person.sort_key IS 'The key by which lists order it: given name, surname, middle names';
COMMENT ON COLUMN person.sort_version IS 'The version of the rule that made the sort key';
COMMENT ON COLUMN person.sex IS 'Absent where unknown';
COMMENT ON COLUMN person.born IS 'The day of birth; absent where unknown';
COMMENT ON COLUMN person.recruited IS 'The day of recruitment; absent where unknown';
COMMENT ON COLUMN person.staff_group IS 'The group of staff, such as cong-chuc; absent where unknown';
COMMENT ON COLUMN person.fictitious IS 'Made up for demonstration or training';
COMMENT ON COLUMN person.quotation IS 'The words of the source that names the person, where the source is all that is known';
COMMENT ON COLUMN person.excluded_from_roster IS 'Stands in no roster and in no count';
COMMENT ON COLUMN person.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN person.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE membership (
    office integer NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    unit uuid NOT NULL,
    review_unit uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('chinh', 'biet-phai')),
    from_day date NOT NULL,
    to_day date,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, person) REFERENCES person (office, id),
    FOREIGN KEY (office, unit) REFERENCES unit (office, id),
    FOREIGN KEY (office, review_unit) REFERENCES unit (office, id),
    CHECK (to_day IS NULL OR to_day >= from_day)
);
CREATE UNIQUE INDEX membership_by_person_from_day ON membership (office, person, from_day);
CREATE INDEX membership_by_unit ON membership (office, unit);
CREATE INDEX membership_by_review_unit ON membership (office, review_unit);
COMMENT ON TABLE membership IS 'That a person sat in one unit during a time';
COMMENT ON COLUMN membership.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN membership.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN membership.person IS 'The person';
COMMENT ON COLUMN membership.unit IS 'The unit of work (đơn vị công tác)';
COMMENT ON COLUMN membership.review_unit IS 'The unit that reviews and proposes (đơn vị bình xét), mostly the same';
COMMENT ON COLUMN membership.kind IS 'On the unit''s own staff or seconded to it';
COMMENT ON COLUMN membership.from_day IS 'The first day';
COMMENT ON COLUMN membership.to_day IS 'The last day, itself included; absent while it lasts';
COMMENT ON COLUMN membership.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN membership.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE post (
    office integer NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    unit uuid,
    label text NOT NULL,
    post text,
    side text NOT NULL CHECK (side IN ('chinh-quyen', 'dang', 'doan-the')),
    level text NOT NULL CHECK (level IN ('lanh-dao-vu', 'lanh-dao-phong', 'truc-tiep')),
    form text NOT NULL CHECK (form IN ('chinh-thuc', 'phu-trach', 'quyen', 'ham')),
    position integer NOT NULL,
    from_day date NOT NULL,
    to_day date,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, person) REFERENCES person (office, id),
    FOREIGN KEY (office, unit) REFERENCES unit (office, id),
    CHECK (to_day IS NULL OR to_day >= from_day)
);
CREATE INDEX post_by_person ON post (office, person);
CREATE INDEX post_by_unit ON post (office, unit);
CREATE INDEX post_by_level ON post (office, level, from_day);
COMMENT ON TABLE post IS 'That a person held a post during a time';
COMMENT ON COLUMN post.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN post.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN post.person IS 'The person';
COMMENT ON COLUMN post.unit IS 'The unit in which it is held';
COMMENT ON COLUMN post.label IS 'The post as printed';
COMMENT ON COLUMN post.post IS 'The id by which posts are taken as equal, such as vu-truong';
COMMENT ON COLUMN post.side IS 'State, Party or mass organisation';
COMMENT ON COLUMN post.level IS 'Leader of a department, leader of a division, or staff';
COMMENT ON COLUMN post.form IS 'Full, in charge, acting, or in rank only';
COMMENT ON COLUMN post.position IS 'Its place when the posts of one person are printed together';
COMMENT ON COLUMN post.from_day IS 'The first day';
COMMENT ON COLUMN post.to_day IS 'The last day, itself included; absent while it lasts';
COMMENT ON COLUMN post.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN post.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE grade (
    office integer NOT NULL,
    id uuid NOT NULL,
    person uuid,
    collective uuid,
    year integer NOT NULL,
    grade text NOT NULL CHECK (grade IN ('khong-hoan-thanh', 'hoan-thanh', 'tot', 'xuat-sac')),
    decided date,
    number text,
    issuer text,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    CHECK ((person IS NULL) <> (collective IS NULL)),
    FOREIGN KEY (office, person) REFERENCES person (office, id),
    FOREIGN KEY (office, collective) REFERENCES unit (office, id)
);
CREATE UNIQUE INDEX grade_by_person_year ON grade (office, person, year);
CREATE UNIQUE INDEX grade_by_collective_year ON grade (office, collective, year);
COMMENT ON TABLE grade IS 'The yearly degree of task completion of a person or collective';
COMMENT ON COLUMN grade.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN grade.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN grade.person IS 'The person concerned; absent for a collective';
COMMENT ON COLUMN grade.collective IS 'The collective concerned; absent for a person';
COMMENT ON COLUMN grade.year IS 'The year judged';
COMMENT ON COLUMN grade.grade IS 'The degree';
COMMENT ON COLUMN grade.decided IS 'The day of decision; absent where unknown';
COMMENT ON COLUMN grade.number IS 'The number of the decision as printed';
COMMENT ON COLUMN grade.issuer IS 'The body that decided';
COMMENT ON COLUMN grade.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN grade.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE decision (
    office integer NOT NULL,
    id uuid NOT NULL,
    issuer text NOT NULL,
    symbol text NOT NULL,
    number text NOT NULL,
    year integer NOT NULL,
    day date NOT NULL,
    summary text NOT NULL,
    authority text NOT NULL,
    series text,
    illustrative boolean NOT NULL,
    signer text,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    UNIQUE (office, issuer, symbol, number, year),
    UNIQUE (office, id, day)
);
CREATE UNIQUE INDEX decision_by_day_id ON decision (office, day, id);
COMMENT ON TABLE decision IS 'A decision that confers titles or commendations';
COMMENT ON COLUMN decision.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN decision.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN decision.issuer IS 'The body that issued it, such as VPCP';
COMMENT ON COLUMN decision.symbol IS 'The letters after the number, such as QĐ-VPCP';
COMMENT ON COLUMN decision.number IS 'The number in its year, without the symbol';
COMMENT ON COLUMN decision.year IS 'The year of numbering';
COMMENT ON COLUMN decision.day IS 'The day of the decision';
COMMENT ON COLUMN decision.summary IS 'What it is about (trích yếu)';
COMMENT ON COLUMN decision.authority IS 'The post or body that decides, such as Thủ tướng Chính phủ';
COMMENT ON COLUMN decision.series IS 'The reserved series of numbers to which it belongs, such as MH';
COMMENT ON COLUMN decision.illustrative IS 'Made up for demonstration, without legal value';
COMMENT ON COLUMN decision.signer IS 'The signer as printed';
COMMENT ON COLUMN decision.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN decision.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE conferral (
    office integer NOT NULL,
    id uuid NOT NULL,
    decision uuid NOT NULL,
    decided date NOT NULL,
    person uuid,
    collective uuid,
    award text NOT NULL,
    title_year integer,
    period_from integer,
    period_to integer,
    kind text CHECK (kind IN ('cong-trang', 'dot-xuat', 'phong-trao', 'cong-hien', 'nien-han', 'doi-ngoai')),
    post_printed text,
    level text CHECK (level IN ('lanh-dao-vu', 'lanh-dao-phong', 'truc-tiep')),
    unit uuid,
    unit_printed text,
    position integer NOT NULL,
    own_body boolean NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    CHECK ((person IS NULL) <> (collective IS NULL)),
    FOREIGN KEY (office, person) REFERENCES person (office, id),
    FOREIGN KEY (office, collective) REFERENCES unit (office, id),
    FOREIGN KEY (office, unit) REFERENCES unit (office, id),
    FOREIGN KEY (office, decision, decided) REFERENCES decision (office, id, day),
    CHECK ((period_from IS NULL) = (period_to IS NULL))
);
CREATE INDEX conferral_by_decision_position ON conferral (office, decision, position);
CREATE INDEX conferral_by_person ON conferral (office, person);
CREATE INDEX conferral_by_collective ON conferral (office, collective);
CREATE INDEX conferral_by_unit_decided ON conferral (office, unit, decided);
CREATE INDEX conferral_by_decided ON conferral (office, decided);
CREATE INDEX conferral_by_award_decided ON conferral (office, award, decided);
CREATE INDEX conferral_by_title_year ON conferral (office, title_year);
COMMENT ON TABLE conferral IS 'One line of a decision: an award to a person or collective';
COMMENT ON COLUMN conferral.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN conferral.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN conferral.decision IS 'The decision';
COMMENT ON COLUMN conferral.decided IS 'The day of the decision, held to it by a foreign key';
COMMENT ON COLUMN conferral.person IS 'The person concerned; absent for a collective';
COMMENT ON COLUMN conferral.collective IS 'The collective concerned; absent for a person';
COMMENT ON COLUMN conferral.award IS 'The id of the award in the catalogue';
COMMENT ON COLUMN conferral.title_year IS 'The year of a title or flag; absent for a commendation';
COMMENT ON COLUMN conferral.period_from IS 'The first year of the achievement';
COMMENT ON COLUMN conferral.period_to IS 'The last year of the achievement';
COMMENT ON COLUMN conferral.kind IS 'For what it was given';
COMMENT ON COLUMN conferral.post_printed IS 'The post as printed on the decision';
COMMENT ON COLUMN conferral.level IS 'The level of the post held then; absent for a collective';
COMMENT ON COLUMN conferral.unit IS 'The unit of the subject at that time; a collective stands for itself';
COMMENT ON COLUMN conferral.unit_printed IS 'The unit as printed on the decision';
COMMENT ON COLUMN conferral.position IS 'Its place on the list of the decision';
COMMENT ON COLUMN conferral.own_body IS 'Proposed by this office; false for an honour given by way of another body';
COMMENT ON COLUMN conferral.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN conferral.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE decision_end (
    office integer NOT NULL,
    id uuid NOT NULL,
    decision uuid NOT NULL,
    conferral uuid,
    kind text NOT NULL CHECK (kind IN ('thu-hoi', 'huy-bo')),
    day date NOT NULL,
    document text NOT NULL,
    reason text NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, decision) REFERENCES decision (office, id),
    FOREIGN KEY (office, conferral) REFERENCES conferral (office, id)
);
CREATE INDEX decision_end_by_decision ON decision_end (office, decision);
CREATE INDEX decision_end_by_conferral ON decision_end (office, conferral);
COMMENT ON TABLE decision_end IS 'That a decision, or one line of it, was revoked';
COMMENT ON COLUMN decision_end.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN decision_end.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN decision_end.decision IS 'The decision';
COMMENT ON COLUMN decision_end.conferral IS 'The one line that ends; absent where the whole decision ends';
COMMENT ON COLUMN decision_end.kind IS 'Withdrawn or annulled';
COMMENT ON COLUMN decision_end.day IS 'The day from which it no longer counts';
COMMENT ON COLUMN decision_end.document IS 'The document that ended it, as printed';
COMMENT ON COLUMN decision_end.reason IS 'Why';
COMMENT ON COLUMN decision_end.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN decision_end.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE initiative (
    office integer NOT NULL,
    id uuid NOT NULL,
    person uuid,
    collective uuid,
    name text NOT NULL,
    sort text NOT NULL CHECK (sort IN ('sang-kien', 'de-tai')),
    scope text NOT NULL CHECK (scope IN ('co-so', 'bo', 'toan-quoc')),
    year integer NOT NULL,
    decided date,
    number text,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    CHECK ((person IS NULL) <> (collective IS NULL)),
    FOREIGN KEY (office, person) REFERENCES person (office, id),
    FOREIGN KEY (office, collective) REFERENCES unit (office, id)
);
CREATE INDEX initiative_by_person ON initiative (office, person);
CREATE INDEX initiative_by_collective ON initiative (office, collective);
COMMENT ON TABLE initiative IS 'A recognised initiative or scientific subject';
COMMENT ON COLUMN initiative.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN initiative.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN initiative.person IS 'The person concerned; absent for a collective';
COMMENT ON COLUMN initiative.collective IS 'The collective concerned; absent for a person';
COMMENT ON COLUMN initiative.name IS 'Its name';
COMMENT ON COLUMN initiative.sort IS 'Initiative or subject of research';
COMMENT ON COLUMN initiative.scope IS 'How far its use reaches';
COMMENT ON COLUMN initiative.year IS 'The year for which it is recognised';
COMMENT ON COLUMN initiative.decided IS 'The day of recognition';
COMMENT ON COLUMN initiative.number IS 'The number of the recognition as printed';
COMMENT ON COLUMN initiative.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN initiative.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE initiative_use (
    office integer NOT NULL,
    id uuid NOT NULL,
    initiative uuid NOT NULL,
    award text NOT NULL,
    year integer NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, initiative) REFERENCES initiative (office, id)
);
CREATE INDEX initiative_use_by_initiative ON initiative_use (office, initiative);
COMMENT ON TABLE initiative_use IS 'That an initiative has served for an award';
COMMENT ON COLUMN initiative_use.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN initiative_use.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN initiative_use.initiative IS 'The initiative';
COMMENT ON COLUMN initiative_use.award IS 'The id of the award';
COMMENT ON COLUMN initiative_use.year IS 'The year of the award';
COMMENT ON COLUMN initiative_use.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN initiative_use.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE discipline (
    office integer NOT NULL,
    id uuid NOT NULL,
    person uuid,
    collective uuid,
    kind text NOT NULL CHECK (kind IN ('khien-trach', 'canh-cao', 'ha-bac-luong', 'giang-chuc', 'cach-chuc', 'bai-nhiem', 'buoc-thoi-viec', 'khai-tru')),
    number text,
    from_day date NOT NULL,
    to_day date,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    CHECK ((person IS NULL) <> (collective IS NULL)),
    FOREIGN KEY (office, person) REFERENCES person (office, id),
    FOREIGN KEY (office, collective) REFERENCES unit (office, id),
    CHECK (to_day IS NULL OR to_day >= from_day)
);
CREATE INDEX discipline_by_person ON discipline (office, person);
CREATE INDEX discipline_by_collective ON discipline (office, collective);
COMMENT ON TABLE discipline IS 'A disciplinary measure';
COMMENT ON COLUMN discipline.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN discipline.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN discipline.person IS 'The person concerned; absent for a collective';
COMMENT ON COLUMN discipline.collective IS 'The collective concerned; absent for a person';
COMMENT ON COLUMN discipline.kind IS 'The measure';
COMMENT ON COLUMN discipline.number IS 'The number of the decision as printed';
COMMENT ON COLUMN discipline.from_day IS 'The first day';
COMMENT ON COLUMN discipline.to_day IS 'The last day, itself included; absent while it lasts';
COMMENT ON COLUMN discipline.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN discipline.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE hold (
    office integer NOT NULL,
    id uuid NOT NULL,
    person uuid,
    collective uuid,
    kind text NOT NULL CHECK (kind IN ('ky-luat', 'dieu-tra', 'thanh-tra', 'kiem-toan', 'khieu-nai', 'bao-chi')),
    document text,
    from_day date NOT NULL,
    to_day date,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    CHECK ((person IS NULL) <> (collective IS NULL)),
    FOREIGN KEY (office, person) REFERENCES person (office, id),
    FOREIGN KEY (office, collective) REFERENCES unit (office, id),
    CHECK (to_day IS NULL OR to_day >= from_day)
);
CREATE INDEX hold_by_person ON hold (office, person);
CREATE INDEX hold_by_collective ON hold (office, collective);
COMMENT ON TABLE hold IS 'A matter under examination that holds an award back';
COMMENT ON COLUMN hold.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN hold.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN hold.person IS 'The person concerned; absent for a collective';
COMMENT ON COLUMN hold.collective IS 'The collective concerned; absent for a person';
COMMENT ON COLUMN hold.kind IS 'The matter';
COMMENT ON COLUMN hold.document IS 'The document that shows it';
COMMENT ON COLUMN hold.from_day IS 'The first day';
COMMENT ON COLUMN hold.to_day IS 'The last day, itself included; absent while it lasts';
COMMENT ON COLUMN hold.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN hold.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE roster_exception (
    office integer NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    year integer NOT NULL,
    reason text NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, person) REFERENCES person (office, id)
);
CREATE UNIQUE INDEX roster_exception_by_person_year ON roster_exception (office, person, year);
COMMENT ON TABLE roster_exception IS 'That a person on the roster was not considered in a year';
COMMENT ON COLUMN roster_exception.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN roster_exception.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN roster_exception.person IS 'The person';
COMMENT ON COLUMN roster_exception.year IS 'The year';
COMMENT ON COLUMN roster_exception.reason IS 'Why, in words';
COMMENT ON COLUMN roster_exception.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN roster_exception.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE leave (
    office integer NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('thai-san', 'dao-tao', 'cuu-nguoi', 'om', 'khong-luong', 'biet-phai', 'khac')),
    from_day date NOT NULL,
    to_day date,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, person) REFERENCES person (office, id),
    CHECK (to_day IS NULL OR to_day >= from_day)
);
CREATE INDEX leave_by_person ON leave (office, person);
COMMENT ON TABLE leave IS 'A time away from work';
COMMENT ON COLUMN leave.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN leave.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN leave.person IS 'The person';
COMMENT ON COLUMN leave.kind IS 'The ground';
COMMENT ON COLUMN leave.from_day IS 'The first day';
COMMENT ON COLUMN leave.to_day IS 'The last day, itself included; absent while it lasts';
COMMENT ON COLUMN leave.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN leave.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE registration (
    office integer NOT NULL,
    id uuid NOT NULL,
    person uuid,
    collective uuid,
    year integer NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    CHECK ((person IS NULL) <> (collective IS NULL)),
    FOREIGN KEY (office, person) REFERENCES person (office, id),
    FOREIGN KEY (office, collective) REFERENCES unit (office, id)
);
CREATE UNIQUE INDEX registration_by_person_year ON registration (office, person, year);
CREATE UNIQUE INDEX registration_by_collective_year ON registration (office, collective, year);
COMMENT ON TABLE registration IS 'That a subject registered to take part in emulation in a year';
COMMENT ON COLUMN registration.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN registration.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN registration.person IS 'The person concerned; absent for a collective';
COMMENT ON COLUMN registration.collective IS 'The collective concerned; absent for a person';
COMMENT ON COLUMN registration.year IS 'The year';
COMMENT ON COLUMN registration.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN registration.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE complete_range (
    office integer NOT NULL,
    id uuid NOT NULL,
    person uuid,
    collective uuid,
    kind text NOT NULL CHECK (kind IN ('grades', 'titles', 'awards', 'initiatives', 'disciplines', 'holds', 'posts', 'leave', 'registrations', 'members')),
    from_year integer NOT NULL,
    to_year integer NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    CHECK ((person IS NULL) <> (collective IS NULL)),
    FOREIGN KEY (office, person) REFERENCES person (office, id),
    FOREIGN KEY (office, collective) REFERENCES unit (office, id),
    CHECK (to_year >= from_year)
);
CREATE INDEX complete_range_by_person ON complete_range (office, person);
CREATE INDEX complete_range_by_collective ON complete_range (office, collective);
COMMENT ON TABLE complete_range IS 'Years in which one kind of record of a subject is whole, so that no record means none';
COMMENT ON COLUMN complete_range.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN complete_range.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN complete_range.person IS 'The person concerned; absent for a collective';
COMMENT ON COLUMN complete_range.collective IS 'The collective concerned; absent for a person';
COMMENT ON COLUMN complete_range.kind IS 'The kind of record';
COMMENT ON COLUMN complete_range.from_year IS 'The first year';
COMMENT ON COLUMN complete_range.to_year IS 'The last year, itself included';
COMMENT ON COLUMN complete_range.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN complete_range.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE attestation (
    office integer NOT NULL,
    id uuid NOT NULL,
    person uuid,
    collective uuid,
    condition text NOT NULL,
    value boolean NOT NULL,
    on_day date NOT NULL,
    by_whom text,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    CHECK ((person IS NULL) <> (collective IS NULL)),
    FOREIGN KEY (office, person) REFERENCES person (office, id),
    FOREIGN KEY (office, collective) REFERENCES unit (office, id)
);
CREATE INDEX attestation_by_person ON attestation (office, person);
CREATE INDEX attestation_by_collective ON attestation (office, collective);
COMMENT ON TABLE attestation IS 'A dated confirmation of one condition of an award';
COMMENT ON COLUMN attestation.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN attestation.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN attestation.person IS 'The person concerned; absent for a collective';
COMMENT ON COLUMN attestation.collective IS 'The collective concerned; absent for a person';
COMMENT ON COLUMN attestation.condition IS 'AWARD/STANDARD/LEAF';
COMMENT ON COLUMN attestation.value IS 'Whether the condition holds';
COMMENT ON COLUMN attestation.on_day IS 'The day of the confirmation';
COMMENT ON COLUMN attestation.by_whom IS 'Who confirmed';
COMMENT ON COLUMN attestation.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN attestation.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE account (
    office integer NOT NULL,
    id uuid NOT NULL,
    login text NOT NULL,
    display_name text NOT NULL,
    person uuid,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    UNIQUE (office, login),
    FOREIGN KEY (office, person) REFERENCES person (office, id)
);
CREATE INDEX account_by_person ON account (office, person);
COMMENT ON TABLE account IS 'A means of signing in';
COMMENT ON COLUMN account.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN account.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN account.login IS 'The name typed to sign in, in lower case';
COMMENT ON COLUMN account.display_name IS 'The name by which the program greets';
COMMENT ON COLUMN account.person IS 'The person behind it; absent for a duty account';
COMMENT ON COLUMN account.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN account.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE password (
    office integer NOT NULL,
    id uuid NOT NULL,
    account uuid NOT NULL,
    argon2 text NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, account) REFERENCES account (office, id)
);
CREATE INDEX password_by_account ON password (office, account);
COMMENT ON TABLE password IS 'A password set for an account; the last one counts';
COMMENT ON COLUMN password.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN password.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN password.account IS 'The account';
COMMENT ON COLUMN password.argon2 IS 'Argon2id hash in PHC form';
COMMENT ON COLUMN password.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN password.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE account_state (
    office integer NOT NULL,
    id uuid NOT NULL,
    account uuid NOT NULL,
    active boolean NOT NULL,
    from_day date NOT NULL,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, account) REFERENCES account (office, id)
);
CREATE INDEX account_state_by_account ON account_state (office, account);
COMMENT ON TABLE account_state IS 'That an account was opened or closed from a day';
COMMENT ON COLUMN account_state.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN account_state.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN account_state.account IS 'The account';
COMMENT ON COLUMN account_state.active IS 'Whether it may sign in';
COMMENT ON COLUMN account_state.from_day IS 'The first day of that state';
COMMENT ON COLUMN account_state.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN account_state.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE role_grant (
    office integer NOT NULL,
    id uuid NOT NULL,
    account uuid NOT NULL,
    role text NOT NULL,
    unit uuid,
    from_day date NOT NULL,
    to_day date,
    step uuid NOT NULL,
    salt bytea,
    PRIMARY KEY (office, id),
    FOREIGN KEY (office, step) REFERENCES step (office, id),
    FOREIGN KEY (office, account) REFERENCES account (office, id),
    FOREIGN KEY (office, unit) REFERENCES unit (office, id),
    CHECK (to_day IS NULL OR to_day >= from_day)
);
CREATE INDEX role_grant_by_account ON role_grant (office, account);
COMMENT ON TABLE role_grant IS 'That an account had a role during a time';
COMMENT ON COLUMN role_grant.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN role_grant.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN role_grant.account IS 'The account';
COMMENT ON COLUMN role_grant.role IS 'The role';
COMMENT ON COLUMN role_grant.unit IS 'The unit in which it holds, with its sub-units; absent for the whole office';
COMMENT ON COLUMN role_grant.from_day IS 'The first day';
COMMENT ON COLUMN role_grant.to_day IS 'The last day, itself included; absent while it lasts';
COMMENT ON COLUMN role_grant.step IS 'The step that entered the record: who, when and why';
COMMENT ON COLUMN role_grant.salt IS '16 random bytes hashed with the content for the journal; erased together with personal data';

CREATE TABLE session (
    office integer NOT NULL,
    token_hash bytea NOT NULL,
    account uuid NOT NULL,
    csrf text NOT NULL,
    begun bigint NOT NULL,
    expires bigint NOT NULL,
    PRIMARY KEY (office, token_hash),
    FOREIGN KEY (office, account) REFERENCES account (office, id)
);
CREATE INDEX session_by_expires ON session (office, expires);
CREATE INDEX session_by_account ON session (office, account);
COMMENT ON TABLE session IS 'A sign-in that lasts; mutable, unjournaled, deleted when over';
COMMENT ON COLUMN session.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN session.token_hash IS 'SHA-256 of the token in the cookie';
COMMENT ON COLUMN session.account IS 'The account';
COMMENT ON COLUMN session.csrf IS 'The token that every form of the session carries';
COMMENT ON COLUMN session.begun IS 'The instant of sign-in, in milliseconds since 1970-01-01 UTC';
COMMENT ON COLUMN session.expires IS 'The instant from which it is over, in milliseconds since 1970-01-01 UTC';

CREATE TABLE security_log (
    office integer NOT NULL,
    id uuid NOT NULL,
    at bigint NOT NULL,
    event text NOT NULL,
    account uuid,
    address text,
    detail text,
    PRIMARY KEY (office, id)
);
CREATE INDEX security_log_by_at ON security_log (office, at);
COMMENT ON TABLE security_log IS 'Events of access by those not signed in; unjournaled';
COMMENT ON COLUMN security_log.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN security_log.id IS 'UUIDv7 made by the program';
COMMENT ON COLUMN security_log.at IS 'The instant, in milliseconds since 1970-01-01 UTC';
COMMENT ON COLUMN security_log.event IS 'What happened, as an id';
COMMENT ON COLUMN security_log.account IS 'The account concerned, where known';
COMMENT ON COLUMN security_log.address IS 'The network address it came from';
COMMENT ON COLUMN security_log.detail IS 'More, in words';

CREATE TABLE journal_head (
    office integer NOT NULL,
    size bigint NOT NULL,
    root bytea NOT NULL,
    edge bytea NOT NULL,
    PRIMARY KEY (office)
);
COMMENT ON TABLE journal_head IS 'The RFC 6962 tree of an office as it stands';
COMMENT ON COLUMN journal_head.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN journal_head.size IS 'The number of leaves';
COMMENT ON COLUMN journal_head.root IS 'The root hash';
COMMENT ON COLUMN journal_head.edge IS 'The hashes of the full subtrees at the right edge, from the left, 32 bytes each';

CREATE TABLE journal_leaf (
    office integer NOT NULL,
    n bigint NOT NULL,
    at bigint NOT NULL,
    actor uuid,
    verb text NOT NULL,
    noun text NOT NULL,
    id uuid NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (office, n)
);
CREATE INDEX journal_leaf_by_id ON journal_leaf (office, id);
COMMENT ON TABLE journal_leaf IS 'One leaf of the tree: one record entered';
COMMENT ON COLUMN journal_leaf.office IS 'The office, the tenant, of which this row is part';
COMMENT ON COLUMN journal_leaf.n IS 'Its place, from 0';
COMMENT ON COLUMN journal_leaf.at IS 'The instant of the step, in milliseconds since 1970-01-01 UTC';
COMMENT ON COLUMN journal_leaf.actor IS 'The account that acted; absent where the program itself acts';
COMMENT ON COLUMN journal_leaf.verb IS 'What was done';
COMMENT ON COLUMN journal_leaf.noun IS 'The table of the record';
COMMENT ON COLUMN journal_leaf.id IS 'The record';
COMMENT ON COLUMN journal_leaf.hash IS 'Salted SHA-256 of the record''s content';

COMMENT ON TABLE migration IS 'The migrations that this database has gone through';
COMMENT ON COLUMN migration.version IS 'The number of the migration';
COMMENT ON COLUMN migration.name IS 'Its name';
