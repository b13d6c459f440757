package io.tallyman.user.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.user.RealDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of events in PostgreSQL. The service has made its partitions at the start. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AuditTableTest implements RealDatabase {
  private static final String KEEP = "SELECT keep_audit_partitions('400 days')";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_event SET what = 'other'",
        "UPDATE %s SET what = 'other'",
        "DELETE FROM audit_event",
        "DELETE FROM %s",
        "TRUNCATE audit_event",
        "TRUNCATE %s",
      })
  void changeOfAnEventIsRefusedEvenToTheOwner(String change) {
    String partition = partitionOfNewEvent();

    assertThatThrownBy(() -> RealDatabase.execute(change.formatted(partition)))
        .hasMessageContaining("audit_event is append-only");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_event SET what = 'other'",
        "UPDATE %s SET what = 'other'",
        "DELETE FROM audit_event",
        "DELETE FROM %s",
        "TRUNCATE audit_event",
        "TRUNCATE %s",
        "DROP TABLE audit_event",
        "DROP TABLE %s",
        "ALTER TABLE audit_event DETACH PARTITION %s",
        "ALTER TABLE audit_event DISABLE TRIGGER ALL",
        "ALTER TABLE %s DISABLE TRIGGER ALL",
        "ALTER TABLE audit_event OWNER TO users",
        "DROP TRIGGER audit_event_append_only ON audit_event",
        "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql"
            + " AS 'BEGIN RETURN NULL; END'",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION keep_audit_partitions(retention interval) RETURNS integer"
            + " LANGUAGE sql AS 'SELECT 0'",
        "UPDATE audit_retention SET least = '1 day'",
        "DELETE FROM audit_retention",
        "SELECT keep_audit_partitions_for('1 day')",
        "DELETE FROM flyway_schema_history",
        "CREATE TABLE audit_event_2 (id bigint)",
        "CREATE TEMPORARY TABLE audit_event (id bigint)",
        "SET ROLE users_owner"
      })
  void roleOfTheServiceCanOnlyAddEvents(String change) {
    String partition = partitionOfNewEvent();

    assertThatThrownBy(() -> RealDatabase.execute(change.formatted(partition), "users"))
        .hasMessageMatching("(?s).*(permission denied|must be owner of).*");
  }

  private static String partitionOfNewEvent() {
    RealDatabase.execute(
        "INSERT INTO audit_event (what, kind) VALUES ('test.happened', 'test')", "users");
    return RealDatabase.value(
        "SELECT tableoid::regclass FROM audit_event ORDER BY id DESC LIMIT 1");
  }

  @Test
  void thisAndTheNextMonthHaveTheirPartitions() {
    assertThat(
            RealDatabase.value(
                """
                SELECT bool_and(to_regclass('audit_event_' || to_char(
                  date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => number),
                  'YYYYMM')) IS NOT NULL)
                FROM generate_series(0, 1) AS number
                """))
        .isEqualTo("t");
  }

  @Test
  void partitionIsDroppedWhenItsLastEventIsTooOld() {
    String young = partition(13);
    String old = partition(15);

    assertThat(RealDatabase.value(KEEP)).isEqualTo("1");

    assertThat(RealDatabase.value("SELECT to_regclass('%s') IS NULL".formatted(old)))
        .isEqualTo("t");
    assertThat(events(young)).isEqualTo("1");
    RealDatabase.execute("DROP TABLE " + young);
  }

  @Test
  void serviceCannotHaveEventsDroppedThatAreYoungerThanTheRetentionOfTheOwner() {
    String young = partition(13);

    assertThat(RealDatabase.value("SELECT keep_audit_partitions('1 day')")).isEqualTo("0");

    assertThat(events(young)).isEqualTo("1");
    RealDatabase.execute("DROP TABLE " + young);
  }

  @Test
  void severalInstancesMakeAPartitionOnce() throws Exception {
    String next =
        RealDatabase.value(
            """
            SELECT 'audit_event_' || to_char(
              date_trunc('month', now() AT TIME ZONE 'UTC') + interval '1 month', 'YYYYMM')
            """);
    RealDatabase.execute("DROP TABLE " + next);

    try (ExecutorService instances = Executors.newFixedThreadPool(4)) {
      List<Future<?>> kept = new ArrayList<>();
      for (int instance = 0; instance < 4; instance++) {
        kept.add(instances.submit(() -> RealDatabase.value(KEEP)));
      }
      for (Future<?> each : kept) {
        each.get();
      }
    }

    assertThat(events(next)).isEqualTo("0");
  }

  /** Somebody who reads the table must not stop those who write. */
  @Test
  void partitionIsMadeWhileOthersReadAndWrite() throws SQLException {
    String next =
        RealDatabase.value(
            """
            SELECT 'audit_event_' || to_char(
              date_trunc('month', now() AT TIME ZONE 'UTC') + interval '1 month', 'YYYYMM')
            """);
    RealDatabase.execute("DROP TABLE " + next);
    try (Connection other = RealDatabase.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("INSERT INTO audit_event (what, kind) VALUES ('test.happened', 'test')");
      statement.execute("SELECT count(*) FROM audit_event");

      assertThat(RealDatabase.value(KEEP)).isEqualTo("0");
      other.rollback();
    }
    assertThat(events(next)).isEqualTo("0");
  }

  private static String events(String partition) {
    return RealDatabase.value(
        "SELECT count(*) FROM audit_event WHERE tableoid = '%s'::regclass".formatted(partition));
  }

  /** A partition with one event, of a month that began so many months ago. */
  private static String partition(int months) {
    String month =
        RealDatabase.value(
            "SELECT date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => %d)"
                .formatted(months));
    String name = RealDatabase.value("SELECT to_char(timestamp '%s', 'YYYYMM')".formatted(month));
    RealDatabase.execute(
        """
        CREATE TABLE audit_event_%1$s PARTITION OF audit_event
          FOR VALUES FROM ('%2$s+00') TO (timestamptz '%2$s+00' + interval '1 month');
        INSERT INTO audit_event (at, what, kind) VALUES ('%2$s+00', 'test.happened', 'test')
        """
            .formatted(name, month));
    return "audit_event_" + name;
  }
}
