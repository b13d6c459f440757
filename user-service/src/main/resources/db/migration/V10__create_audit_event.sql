-- Who did what. Rows are added and never changed. They leave the database only with the partition of their month.
CREATE SEQUENCE audit_event_id;

CREATE TABLE audit_event (
  id         bigint      NOT NULL DEFAULT nextval('audit_event_id'),
  at         timestamptz NOT NULL DEFAULT now(),
  -- The id of the user who did it, and the username at that time. Null if nobody proved who it was.
  who        bigint,
  who_name   text,
  what       text        NOT NULL,
  -- The object, such as user 7.
  kind       text        NOT NULL,
  which      text,
  address    text,
  request_id text,
  details    jsonb       NOT NULL DEFAULT '{}',
  PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);

CREATE INDEX audit_event_who ON audit_event (who, at, id);
CREATE INDEX audit_event_what ON audit_event (what, at, id);
CREATE INDEX audit_event_which ON audit_event (which, at, id);

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_event is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

-- Each partition gets a copy of this trigger.
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON audit_event
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();

CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- Makes the partitions of this and the next month (UTC), and drops those whose last event is older than the retention.
-- Returns how many were dropped. The partitions belong to the owner of this function, so for the service, a role that may
-- only call it, INSERT and SELECT is enough. ATTACH does not wait for readers and writers of the table. DROP waits for
-- them, for a second at most; if that is too short, the next call tries again.
CREATE FUNCTION keep_audit_partitions(retention interval) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET timezone = 'UTC' SET lock_timeout = '1min'
AS $$
DECLARE
  starts timestamptz;
  part text;
  dropped integer := 0;
BEGIN
  -- One instance at a time.
  PERFORM pg_advisory_xact_lock(hashtext('keep_audit_partitions'));
  FOR ahead IN 0..1 LOOP
    starts := date_trunc('month', now()) + make_interval(months => ahead);
    part := 'audit_event_' || to_char(starts, 'YYYYMM');
    IF to_regclass(part) IS NULL THEN
      EXECUTE format('CREATE TABLE %I (LIKE audit_event INCLUDING DEFAULTS)', part);
      EXECUTE format('ALTER TABLE audit_event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
        part, starts, starts + interval '1 month');
      EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I'
        ' FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()', part);
    END IF;
  END LOOP;
  PERFORM set_config('lock_timeout', '1s', true);
  FOR part IN
    SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent = 'audit_event'::regclass AND relname ~ '^audit_event_[0-9]{6}$'
      AND to_date(right(relname, 6), 'YYYYMM') + interval '1 month' <= now() - retention
  LOOP
    BEGIN
      EXECUTE format('DROP TABLE %I', part);
      dropped := dropped + 1;
    EXCEPTION WHEN lock_not_available THEN
      NULL;
    END;
  END LOOP;
  RETURN dropped;
END $$;

SELECT keep_audit_partitions('400 days');
