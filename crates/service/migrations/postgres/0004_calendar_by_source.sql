-- A user may have calendars in several sources. What is stored stays.
ALTER TABLE calendar RENAME COLUMN link TO cursor;
ALTER TABLE calendar DROP CONSTRAINT calendar_pkey;
ALTER TABLE calendar ADD PRIMARY KEY (guid, source);
