-- Where a secret may be sent: the JSON of the settings, other than the defaults, that decide it. Secrets of before are
-- given the settings that the service finds when it starts.
ALTER TABLE secret ADD COLUMN destination TEXT;
