-- What users have chosen for themselves, and since when the PBX does not list them any more.
CREATE TABLE choice (
    guid TEXT PRIMARY KEY NOT NULL,
    choices TEXT NOT NULL,
    absent_since BIGINT
);
