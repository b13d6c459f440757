CREATE TABLE vendor (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_name text NOT NULL CHECK (length(account_name) BETWEEN 1 AND 200),
  account_number text CONSTRAINT vendor_account_number UNIQUE,
  currency text CHECK (currency ~ '^[A-Z]{3}$'),
  manager_id bigint,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX vendor_account_name ON vendor (account_name);

CREATE TABLE billing (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  vendor_id bigint NOT NULL REFERENCES vendor,
  date_billed date NOT NULL,
  -- Has as many decimals as its currency, so that it reads the same wherever it is shown or summed.
  payable numeric NOT NULL CHECK (abs(payable) < 1e15 AND scale(payable) <= 4),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  total_issues integer NOT NULL CHECK (total_issues >= 0),
  reference text,
  -- Which of the identical billings without a reference this is, from 1: real files hold the same row several times.
  ordinal integer NOT NULL,
  import_id uuid,
  line bigint
);

-- The two identities of a billing: its reference where it has one, else its content.
CREATE UNIQUE INDEX billing_reference ON billing (vendor_id, reference) WHERE reference IS NOT NULL;
CREATE UNIQUE INDEX billing_content
  ON billing (vendor_id, date_billed, payable, currency, total_issues, ordinal) WHERE reference IS NULL;

-- The order of a sheet.
CREATE INDEX billing_date ON billing (date_billed, vendor_id, id);
