-- Who may use the Calendar API: name, rights and mailboxes are sealed. Of a token there is its SHA-256, of others nothing.
CREATE TABLE caller (
    id        TEXT PRIMARY KEY,
    token     BLOB NOT NULL,
    last_used INTEGER NOT NULL,
    sealed    BLOB NOT NULL
) STRICT;

-- Appointments that callers have written, or begun to write: the row is there before anything is sent. The key goes
-- after 90 days, the number names the appointment and is never used again.
CREATE TABLE appointment (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    caller TEXT NOT NULL,
    key    TEXT,
    at     INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX appointment_key ON appointment (caller, key);

-- Who wrote what, and what became of it. No titles, places or notes.
CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at     INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;

CREATE INDEX audit_at ON audit (at);
