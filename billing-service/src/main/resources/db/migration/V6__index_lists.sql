-- Each list is read in the order of an index: what it is filtered by, then what it is ordered by.
DROP INDEX vendor_account_name;
CREATE INDEX vendor_account_name ON vendor (account_name, id);
CREATE INDEX vendor_manager ON vendor (manager_id, id) WHERE manager_id IS NOT NULL;

CREATE INDEX billing_currency ON billing (currency, date_billed, vendor_id, id);

-- No column that a heartbeat changes.
CREATE INDEX task_created ON task (created_at, id);
CREATE INDEX task_status ON task (status, created_at, id);
CREATE INDEX task_type ON task (task, created_at, id);
