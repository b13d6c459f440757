package io.tallyman.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * The checksums that Flyway has stored in the databases of earlier versions. It does not start on
 * such a database if a migration that was applied there has another checksum now. So a migration is
 * never edited: a change of the schema is a new migration, whose checksum is added here.
 */
final class MigrationsTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  @Test
  void databaseOfAnEarlierVersionHasTheSameMigrations() {
    List<String> checksums =
        SERVICE
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            SELECT version || ' ' || checksum FROM flyway_schema_history
                            ORDER BY installed_rank
                            """)
                        .mapTo(String.class)
                        .list());

    assertThat(checksums)
        .containsExactly(
            "1 1335996030",
            "2 -770550253",
            "3 27664738",
            "4 -1536975918",
            "5 -171182700",
            "6 -695303243",
            "7 207779734",
            "8 1638500797",
            "10 -673656436",
            "11 1672325043",
            "12 -1278467006",
            "13 1320897908",
            "14 1425827531",
            "15 -819199687",
            "16 -140699348",
            "17 696602146",
            "18 -1445376250",
            "20 1566986065",
            "21 -1039796366",
            "22 -513963408",
            "24 -1181954923",
            "25 1755500743",
            "26 -1719307550",
            "27 -1625509230",
            "28 -380862072",
            "29 -37265986",
            "30 542351412");
  }
}
