-- The limit that holds for the rows of a file and for the API. Rows that are stored already are not checked, so that no
-- stored value can keep the service from starting.
ALTER TABLE vendor ADD CONSTRAINT vendor_account_number_length CHECK (length(account_number) <= 200) NOT VALID;
