-- The imports whose file is the sheet of refused rows of another import.
CREATE INDEX task_corrects ON task ((parameters ->> 'corrects'))
  WHERE task = 'billing.import' AND parameters ->> 'corrects' IS NOT NULL;

-- Whether a billing is a duplicate of a row.
CREATE INDEX import_duplicate_billing ON import_duplicate (billing_id);
