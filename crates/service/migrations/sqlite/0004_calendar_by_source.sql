-- A user may have calendars in several sources. What is stored stays. SQLite cannot change a primary key in place.
CREATE TABLE calendar_by_source (
    guid     TEXT NOT NULL,
    source   TEXT NOT NULL,
    cursor   TEXT NOT NULL,
    renew_at INTEGER NOT NULL,
    sealed   BLOB NOT NULL,
    PRIMARY KEY (guid, source)
) STRICT;

INSERT INTO calendar_by_source (guid, source, cursor, renew_at, sealed)
SELECT guid, source, link, renew_at, sealed FROM calendar;

DROP TABLE calendar;

ALTER TABLE calendar_by_source RENAME TO calendar;
