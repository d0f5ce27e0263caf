-- Only items that differ from their default have a row; the value is the JSON of the Config API.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- Passwords of the settings under the names of their items, and the instance password; encrypted.
CREATE TABLE secret (
    name   TEXT PRIMARY KEY,
    sealed BYTEA NOT NULL
);

-- One row. The revision grows with every write of the settings.
CREATE TABLE state (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    revision BIGINT NOT NULL
);

INSERT INTO state (id, revision) VALUES (1, 1);
