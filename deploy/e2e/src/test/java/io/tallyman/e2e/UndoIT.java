package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An import can be undone exactly, and only once. */
@OnOneStack
@OnSharedStack
final class UndoIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String HEADER = "date_billed,account_name,payable,currency\r\n";

  private final Gateway gateway = RunningStack.SHARED.gateway();
  private final BillingDatabase database = new BillingDatabase(RunningStack.SHARED.get());

  @Test
  void undoTakesBackWhatTheImportBroughtAndNothingElse() throws Exception {
    String first =
        imported("2066-01-01,Undone alone,1.00,GBP\r\n2066-01-01,Undone and shared,2.00,GBP\r\n");
    String second =
        imported("2066-01-01,Undone and shared,3.00,GBP\r\n2066-01-01,Other,4.00,GBP\r\n");

    String undo = gateway.postAccepted(undoOf(first));
    JsonNode result = gateway.awaitSuccess(undo, PATIENCE);

    assertThat(gateway.task(undo).get("task").asString()).isEqualTo("billing.undo_import");
    assertThat(result.get("billings_removed").asLong()).isEqualTo(2);
    assertThat(result.get("vendors_removed").asLong()).isEqualTo(1);
    assertThat(database.billingsOf(first)).isZero();
    assertThat(database.billingsOf(second)).isEqualTo(2);
    assertThat(database.vendorsNamed("Undone alone")).isZero();
    assertThat(database.vendorsNamed("Undone and shared")).isEqualTo(1);
    assertThat(gateway.billingsOf("2066-01-01").stream().map(row -> row.getField("payable")))
        .containsExactlyInAnyOrder("3.00", "4.00");
  }

  @Test
  void whatIsUndoneCanBeImportedAgain() throws Exception {
    String rows = "2066-02-01,Back again,1.00,GBP\r\n".repeat(3);
    String first = imported(rows);
    gateway.awaitSuccess(gateway.postAccepted(undoOf(first)), PATIENCE);

    JsonNode again = gateway.awaitSuccess(gateway.importCsv(HEADER + rows, ""), PATIENCE);

    assertThat(again.get("imported").asLong()).isEqualTo(3);
    assertThat(again.get("duplicates").asLong()).isZero();
    assertThat(again.get("vendors_created").asLong()).isEqualTo(1);
    assertThat(gateway.billingsOf("2066-02-01")).hasSize(3);
  }

  @Test
  void duplicatesBelongToTheImportThatBroughtThem() throws Exception {
    String rows = "2066-03-01,Brought once,1.00,GBP\r\n";
    String first = imported(rows);
    String second = imported(rows);

    JsonNode result = gateway.awaitSuccess(gateway.postAccepted(undoOf(second)), PATIENCE);

    assertThat(result.get("billings_removed").asLong()).isZero();
    assertThat(result.get("vendors_removed").asLong()).isZero();
    assertThat(database.billingsOf(first)).isEqualTo(1);
  }

  @Test
  void secondUndoIsRefusedAndNamesTheFirst() {
    String id = imported("2066-04-01,Undone once,1.00,GBP\r\n");
    String undo = gateway.postAccepted(undoOf(id));

    assertRefused(gateway.post(undoOf(id)), 409, "already-undone", undo);
    gateway.awaitSuccess(undo, PATIENCE);
    assertRefused(gateway.post(undoOf(id)), 409, "already-undone", undo);
  }

  @Test
  void ofManyUndosAtOnceOneWins() throws Exception {
    String id = imported("2066-05-01,Undone by many,1.00,GBP\r\n");
    List<Integer> answers = new ArrayList<>();

    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> undos = new ArrayList<>();
      for (int count = 0; count < 8; count++) {
        undos.add(many.submit(() -> gateway.post(undoOf(id)).status()));
      }
      for (Future<Integer> undo : undos) {
        answers.add(undo.get());
      }
    }

    assertThat(answers).containsOnlyOnce(202).containsOnly(202, 409);
  }

  @Test
  void onlyAnImportThatStoredSomethingCanBeUndone() {
    String csv = HEADER + "2066-06-01,Never stored,1.00,GBP\r\n";
    String validated = gateway.importCsv(csv, "?mode=validate");
    gateway.awaitSuccess(validated, PATIENCE);
    String failed = gateway.importCsv("no header\r\n", "");
    gateway.awaitFailure(failed, PATIENCE);
    String sheet = gateway.submit("billing.sheet", Map.of("billing_date", "2066-06-01"));
    gateway.awaitSuccess(sheet, PATIENCE);

    assertRefused(gateway.post(undoOf(validated)), 409, "not-undoable", "");
    assertRefused(gateway.post(undoOf(failed)), 409, "not-undoable", "");
    assertRefused(gateway.post(undoOf(sheet)), 409, "not-undoable", "");
    assertThat(gateway.post(undoOf(UUID.randomUUID().toString())).status()).isEqualTo(404);
  }

  private String imported(String rows) {
    String id = gateway.importCsv(HEADER + rows, "");
    gateway.awaitSuccess(id, PATIENCE);
    return id;
  }

  private static String undoOf(String task) {
    return "/api/v1/imports/" + task + "/undo";
  }

  private static void assertRefused(Gateway.Answer answer, int status, String type, String named) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
    assertThat(answer.body().get("type").asString()).isEqualTo("urn:tallyman:problem:" + type);
    assertThat(answer.body().get("detail").asString()).contains(named);
  }
}
