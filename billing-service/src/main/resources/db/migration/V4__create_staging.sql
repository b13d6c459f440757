-- The good rows of an import's file, until they are applied. Rows come by COPY, which cannot add values
-- of its own: whose they are is a setting of the transaction.
CREATE TABLE staged_billing (
  task_id uuid NOT NULL DEFAULT current_setting('tallyman.task_id')::uuid,
  attempt integer NOT NULL DEFAULT current_setting('tallyman.attempt')::integer,
  line bigint NOT NULL,
  account_name text,
  account_number text,
  reference text,
  date_billed date NOT NULL,
  payable numeric NOT NULL,
  currency text NOT NULL,
  total_issues integer NOT NULL
);

CREATE INDEX staged_billing_attempt ON staged_billing (task_id, attempt);
