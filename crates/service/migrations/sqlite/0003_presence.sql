-- Users for whom something of ours is or may be shown at a PBX, whose name is in lower case. A row comes before the
-- first presence is written and goes after it is cleared.
CREATE TABLE presence (
    pbx  TEXT NOT NULL,
    guid TEXT NOT NULL,
    PRIMARY KEY (pbx, guid)
) STRICT, WITHOUT ROWID;
