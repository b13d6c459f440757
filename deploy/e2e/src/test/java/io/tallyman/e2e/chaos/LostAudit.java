package io.tallyman.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.e2e.Gateway;
import io.tallyman.testing.TallymanStack;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks what holds for every accepted task, even if answers about it were lost. */
final class LostAudit {
  private static final Set<String> ENDS = Set.of("SUCCESS", "FAILURE", "REVOKED");

  private final Gateway gateway;
  private final BillingTables tables;
  private final Duration patience;

  LostAudit(Gateway gateway, TallymanStack stack, Duration patience) {
    this.gateway = gateway;
    this.tables = new BillingTables(stack);
    this.patience = patience;
  }

  /** Waits for the end of the task, and returns it. */
  JsonNode audit(String id) {
    JsonNode task =
        await("end of " + id)
            .atMost(patience)
            .pollInterval(Duration.ofMillis(50))
            .until(
                () -> gateway.get("/api/v1/tasks/" + id).body(),
                now -> ENDS.contains(now.path("status").asString("")));
    History history = History.told(gateway.get("/api/v1/tasks/" + id + "/events").body());
    assertThat(history.faults(task.get("status").asString())).as("%s", task).isEmpty();
    try {
      auditEffects(task);
    } catch (SQLException | NoSuchAlgorithmException failure) {
      throw new AssertionError(failure);
    }
    return task;
  }

  private void auditEffects(JsonNode task) throws SQLException, NoSuchAlgorithmException {
    String id = task.get("task_id").asString();
    JsonNode result = task.get("result");
    String sheet = sheet(result);
    assertThat(tables.manifests().getOrDefault(id, 0L))
        .as("manifests of %s", task)
        .isEqualTo(sheet.isEmpty() ? 0 : 1);
    if (!sheet.isEmpty()) {
      auditSheet(id, sheet);
    }
    if (task.get("task").asString().equals("billing.import")) {
      assertThat(tables.billings().getOrDefault(id, 0L))
          .as("billings of %s", task)
          .isEqualTo(result.path("imported").asLong(0));
    }
    if (task.get("task").asString().equals("billing.undo_import")) {
      String undone = task.at("/parameters/import_id").asString();
      assertThat(result.get("billings_removed").asLong()).as("%s", task).isPositive();
      assertThat(tables.billings()).doesNotContainKey(undone);
    }
  }

  private void auditSheet(String task, String sheet) throws NoSuchAlgorithmException {
    JsonNode manifest = gateway.get("/api/v1/sheets/" + sheet).body();
    byte[] content = gateway.content(sheet, "GET").body();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
    assertThat(manifest.get("sha256").asString()).isEqualTo(HexFormat.of().formatHex(digest));
    assertThat(manifest.get("task_id").asString()).isEqualTo(task);
  }

  /** The sheet of the result or, for an import, of its refused rows; empty if there is none. */
  private static String sheet(JsonNode result) {
    String sheet = result.path("sheet_id").asString("");
    return sheet.isEmpty() ? result.path("error_sheet_id").asString("") : sheet;
  }
}
