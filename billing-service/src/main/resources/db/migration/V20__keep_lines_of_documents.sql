-- Billings of a vendor that share a reference are lines of one document. The ordinal is the place of a line in its
-- document. Until now a document had one line, with the ordinal 1, so the stored billings keep their identity.
DROP INDEX billing_reference;
CREATE UNIQUE INDEX billing_reference ON billing (vendor_id, reference, ordinal) WHERE reference IS NOT NULL;

-- Staged rows that are lines of documents which exist already, with the billing that each repeats.
CREATE TABLE staged_duplicate (
  task_id uuid NOT NULL,
  attempt integer NOT NULL,
  line bigint NOT NULL,
  billing_id bigint NOT NULL,
  PRIMARY KEY (task_id, attempt, line)
);

-- The rows of imports whose billings existed before, with these billings. They are kept as long as the import's task.
CREATE TABLE import_duplicate (
  import_id uuid NOT NULL,
  line bigint NOT NULL,
  billing_id bigint NOT NULL,
  PRIMARY KEY (import_id, line)
);
