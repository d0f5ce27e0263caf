-- Appointments of a user and what was found out about the mailbox, encrypted in one. The link, from which the next
-- round of requests goes on, changes far more often than they do.
CREATE TABLE calendar (
    guid     TEXT PRIMARY KEY,
    source   TEXT NOT NULL,
    link     TEXT NOT NULL,
    renew_at BIGINT NOT NULL,
    sealed   BYTEA NOT NULL
);
