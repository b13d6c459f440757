-- What an import brought can be taken back exactly: its billings, and the vendors that it made.
ALTER TABLE vendor ADD COLUMN import_id uuid;
CREATE INDEX vendor_import ON vendor (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX billing_import ON billing (import_id) WHERE import_id IS NOT NULL;
-- Whether a vendor has billings, and which.
CREATE INDEX billing_vendor ON billing (vendor_id, date_billed, id);

-- An import is undone once: another try is possible only where the one before came to nothing.
CREATE UNIQUE INDEX task_undo ON task ((parameters ->> 'import_id'))
  WHERE task = 'billing.undo_import' AND status NOT IN ('FAILURE', 'REVOKED');

-- A row may leave its currency to its vendor.
ALTER TABLE staged_billing ALTER COLUMN currency DROP NOT NULL;

-- The staged rows that the vendors there are rule out.
CREATE TABLE staged_refusal (
  task_id uuid NOT NULL,
  attempt integer NOT NULL,
  line bigint NOT NULL,
  -- Our name of the column at fault.
  field text NOT NULL,
  code text NOT NULL,
  message text NOT NULL,
  PRIMARY KEY (task_id, attempt, line)
);
