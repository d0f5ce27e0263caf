-- Who may use the Calendar API: name, rights and mailboxes are sealed. Of a token there is its SHA-256, of others nothing.
CREATE TABLE caller (
    id        TEXT PRIMARY KEY,
    token     BYTEA NOT NULL,
    last_used BIGINT NOT NULL,
    sealed    BYTEA NOT NULL
);

-- Appointments that callers have written, or begun to write: the row is there before anything is sent. The key goes
-- after 90 days, the number names the appointment and is never used again.
CREATE TABLE appointment (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    caller TEXT NOT NULL,
    key    TEXT,
    at     BIGINT NOT NULL,
    sealed BYTEA NOT NULL
);

CREATE UNIQUE INDEX appointment_key ON appointment (caller, key);

-- Who wrote what, and what became of it. No titles, places or notes.
CREATE TABLE audit (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at     BIGINT NOT NULL,
    sealed BYTEA NOT NULL
);

CREATE INDEX audit_at ON audit (at);
