-- The limit that holds for the rows of a file and for the API.
ALTER TABLE vendor ADD CONSTRAINT vendor_account_number_length
  CHECK (length(account_number) BETWEEN 1 AND 200);
