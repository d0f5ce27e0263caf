-- Appointments of a user and what was found out about the mailbox, encrypted in one. The link, from which the next
-- round of requests goes on, changes far more often than they do.
CREATE TABLE calendar (
    guid     TEXT PRIMARY KEY NOT NULL,
    source   TEXT NOT NULL,
    link     TEXT NOT NULL,
    renew_at INTEGER NOT NULL,
    sealed   BLOB NOT NULL
) STRICT;
