-- A small sheet is kept here, so its worker needs no file and no fsync: the commit that ends the task makes it durable.
-- Then there is no file. Sheets of earlier releases are files.
ALTER TABLE sheet ADD COLUMN content bytea;
ALTER TABLE sheet ALTER COLUMN file DROP NOT NULL;
ALTER TABLE sheet ADD CONSTRAINT sheet_place CHECK ((file IS NULL) <> (content IS NULL)) NOT VALID;
