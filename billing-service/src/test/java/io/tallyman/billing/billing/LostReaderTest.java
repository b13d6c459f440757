package io.tallyman.billing.billing;

import static org.awaitility.Awaitility.await;

import io.tallyman.billing.RunningService;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A worker disconnects while the query for its rows runs. */
final class LostReaderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String ROWS = "/internal/billings/rows?from=2031-01-01&to=2031-12-31";

  private static final String WAITING =
      "pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(Map.of("tallyman.database.stream-connections", 1));

  @Test
  void readerThatLeavesBeforeItsAnswerHoldsNoConnection() throws Exception {
    URI address = SERVICE.uri("/");
    try (Handle hold = SERVICE.jdbi().open()) {
      hold.begin();
      hold.execute("LOCK TABLE billing IN ACCESS EXCLUSIVE MODE");
      try (Socket reader = new Socket(address.getHost(), address.getPort())) {
        String request =
            "GET %s HTTP/1.1\r\nHost: billing-service\r\nAuthorization: %s\r\n\r\n"
                .formatted(ROWS, SERVICE.authorization(ROWS));
        reader.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        await().atMost(PATIENCE).until(() -> SERVICE.count(WAITING) == 1);
      }
      hold.rollback();
    }

    await("the next reader finds a connection")
        .atMost(PATIENCE)
        .until(() -> SERVICE.get(ROWS).status() == 200);
  }
}
