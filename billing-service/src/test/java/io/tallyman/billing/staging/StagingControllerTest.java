package io.tallyman.billing.staging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class StagingControllerTest {
  private static final String ROW = "2,Willow Park,,,2022-03-31,10.00,GBP,1\n";
  private static final String COPYING =
      "pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY staged_billing%'"
          + " AND state = 'active'";

  private static final String CHECKING =
      "pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
          + " AND query LIKE 'WITH staged%'";

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);
  private final UUID id = worker.submitImport();

  @Test
  void absentValuesAreNullAndEmptyOnesAreNot() {
    worker.claim(id);

    assertThat(
            worker.stage(id, 1, "2,\"Oak, \"\"the\"\" tree\",\"\",,2022-03-31,1.5,GBP,1\n").body())
        .isEqualTo("{\"rows\":1,\"refused\":0}");

    assertThat(
            SERVICE.count(
                "staged_billing WHERE task_id = ? AND account_name = 'Oak, \"the\" tree'"
                    + " AND account_number = '' AND reference IS NULL AND attempt = 1",
                id))
        .isOne();
  }

  @Test
  void fileWithoutGoodRowsStagesNothing() {
    worker.claim(id);
    worker.stage(id, 1, ROW);

    assertThat(worker.stage(id, 1, "").text("rows")).isEqualTo("0");

    assertThat(staged()).isZero();
  }

  @Test
  void repeatedStreamReplacesWhatStoodThere() {
    worker.claim(id);
    worker.stage(id, 1, ROW + ROW);

    assertThat(worker.stage(id, 1, ROW).text("rows")).isEqualTo("1");

    assertThat(staged()).isOne();
  }

  /** The check of the rows against the vendors may take longer than the stall timeout. */
  @Test
  void attemptWhoseRowsAreBeingCheckedMakesProgress() {
    worker.claim(id);
    CompletableFuture<Answer> staging =
        SERVICE
            .jdbi()
            .inTransaction(
                other -> {
                  other.execute("LOCK TABLE vendor IN ACCESS EXCLUSIVE MODE");
                  CompletableFuture<Answer> answer =
                      CompletableFuture.supplyAsync(() -> worker.stage(id, 1, ROW));
                  await().until(() -> SERVICE.count(CHECKING) == 1);
                  // Not on the connection of this transaction, which is not committed before the
                  // end.
                  SERVICE
                      .attempts()
                      .useHandle(
                          handle ->
                              handle.execute(
                                  """
                                  UPDATE task SET progressed_at = now() - interval '1 minute'
                                  WHERE id = ?
                                  """,
                                  id));

                  await()
                      .until(
                          () ->
                              SERVICE.count(
                                      "task WHERE id = ?"
                                          + " AND progressed_at > now() - interval '30 seconds'",
                                      id)
                                  == 1);
                  return answer;
                });

    assertThat(staging.join().text("rows")).isEqualTo("1");
  }

  @Test
  void deadAttemptStagesNothing() {
    worker.claim(id);
    worker.outcome(id, 1, TestWorker.RELEASED);

    Answer superseded = worker.stage(id, 1, ROW);
    worker.cancel(id);
    Answer revoked = worker.stage(id, 1, ROW);

    assertThat(superseded.status()).isEqualTo(409);
    assertThat(superseded.problem()).isEqualTo("superseded");
    assertThat(revoked.problem()).isEqualTo("revoked");
    assertThat(staged()).isZero();
  }

  @Test
  void streamThatBreaksInTheMiddleStagesNothing() {
    worker.claim(id);
    worker.stage(id, 1, ROW);

    assertThatThrownBy(() -> SERVICE.send(stream(new BreaksWhileItIsCopied())))
        .isInstanceOf(UncheckedIOException.class);

    await().untilAsserted(() -> assertThat(SERVICE.count(COPYING)).isZero());
    assertThat(staged()).isOne();
    assertThat(worker.stage(id, 1, ROW + ROW).text("rows")).isEqualTo("2");
  }

  @Test
  void malformedBodyStagesNothingAndIsNoFailureOfTheService() {
    worker.claim(id);
    worker.stage(id, 1, ROW);
    String head =
        "PUT /internal/tasks/"
            + id
            + "/attempts/1/staging HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
            + ("Authorization: " + SERVICE.authorization("/internal/tasks") + "\r\n")
            + "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n";
    String chunk = Integer.toHexString(ROW.length()) + "\r\n" + ROW + "\r\n";

    String answer = SERVICE.raw(head, chunk + "zz\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 400 ")
        .contains("urn:tallyman:problem:bad-request", "The body is incomplete");
    assertThat(staged()).isOne();
  }

  private HttpRequest.Builder stream(InputStream broken) {
    InputStream rows =
        new SequenceInputStream(
            new ByteArrayInputStream(ROW.repeat(10_000).getBytes(UTF_8)), broken);
    return HttpRequest.newBuilder(SERVICE.uri("/internal/tasks/" + id + "/attempts/1/staging"))
        .header("Content-Type", "text/csv")
        .PUT(BodyPublishers.ofInputStream(() -> rows));
  }

  private long staged() {
    return SERVICE.count("staged_billing WHERE task_id = ?", id);
  }

  private static final class BreaksWhileItIsCopied extends InputStream {
    @Override
    public int read() throws IOException {
      await().until(() -> SERVICE.count(COPYING) == 1);
      throw new IOException("The worker died");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return read();
    }
  }
}
