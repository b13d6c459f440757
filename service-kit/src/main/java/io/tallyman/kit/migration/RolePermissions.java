package io.tallyman.kit.migration;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Gives a role that owns no table the permissions that the service needs, after each migration. It
 * can read and change the rows of all tables, but it can only add rows to {@code audit_event}.
 */
final class RolePermissions extends BaseCallback {
  private static final String PARAMETERS =
      """
      SELECT set_config('tallyman.role', ?, true), set_config('tallyman.kept_seconds', ?, true)
      """;

  /**
   * Rows reach a partition through the table, so a partition needs no permissions. The lock is that
   * of {@code keep_audit_partitions}: PostgreSQL refuses concurrent changes of the permissions of a
   * table.
   */
  private static final String GRANTS =
      """
      DO $$
      DECLARE
        here text := quote_ident(current_schema());
        role text := quote_ident(current_setting('tallyman.role'));
        part regclass;
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('keep_audit_partitions'));
        EXECUTE format(
          'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %s TO %s', here, role);
        EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %s TO %s', here, role);
        EXECUTE format(
          'REVOKE INSERT, UPDATE, DELETE ON flyway_schema_history, audit_retention FROM %s', role);
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit_event FROM %s', role);
        FOR part IN SELECT inhrelid FROM pg_inherits WHERE inhparent = 'audit_event'::regclass LOOP
          EXECUTE format('REVOKE ALL ON %s FROM %s', part, role);
        END LOOP;
        UPDATE audit_retention
        SET least = make_interval(secs => current_setting('tallyman.kept_seconds')::float8);
      END $$
      """;

  private final String role;
  private final Duration retention;

  /**
   * @param retention the role can have no events deleted that are younger
   */
  RolePermissions(String role, Duration retention) {
    this.role = role;
    this.retention = retention;
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.AFTER_MIGRATE;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try (PreparedStatement parameters = context.getConnection().prepareStatement(PARAMETERS);
        Statement grants = context.getConnection().createStatement()) {
      parameters.setString(1, role);
      parameters.setString(2, Long.toString(retention.toSeconds()));
      parameters.execute();
      grants.execute(GRANTS);
    } catch (SQLException failure) {
      throw new FlywayException("The role " + role + " cannot be given its permissions", failure);
    }
  }
}
