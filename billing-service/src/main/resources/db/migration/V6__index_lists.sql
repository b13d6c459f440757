-- Each list is read in the order of an index: what it is filtered by, then what it is ordered by. (Billings
-- of one currency are read by date: an index for them would cost every import more than it gives.)
DROP INDEX vendor_account_name;
CREATE INDEX vendor_account_name ON vendor (account_name, id);
CREATE INDEX vendor_manager ON vendor (manager_id, id) WHERE manager_id IS NOT NULL;

-- No column that a heartbeat changes.
CREATE INDEX task_created ON task (created_at, id);
CREATE INDEX task_status ON task (status, created_at, id);
CREATE INDEX task_type ON task (task, created_at, id);
