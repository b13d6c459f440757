-- The service calls keep_audit_partitions with its retention. If another role owns the tables, the service must not be able
-- to have younger events deleted. So the owner stores the retention here after each migration, and the longer one counts.
CREATE TABLE audit_retention (least interval NOT NULL);
INSERT INTO audit_retention VALUES ('1 day');

ALTER FUNCTION keep_audit_partitions(interval) RENAME TO keep_audit_partitions_for;
REVOKE EXECUTE ON FUNCTION keep_audit_partitions_for(interval) FROM PUBLIC;

CREATE FUNCTION keep_audit_partitions(retention interval) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
AS $$
BEGIN
  RETURN keep_audit_partitions_for(greatest(retention, (SELECT least FROM audit_retention)));
END $$;
