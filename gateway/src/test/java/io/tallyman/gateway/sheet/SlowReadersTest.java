package io.tallyman.gateway.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tallyman.gateway.access.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Clients that read endless sheets. A client must read 1,000,000 bytes per second here, on average
 * over one second, and may have three downloads.
 */
final class SlowReadersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST = 3;

  @AutoClose
  private final ScheduledExecutorService dripper = Executors.newSingleThreadScheduledExecutor();

  private final List<Socket> clients = new ArrayList<>();
  private EndlessService billing;
  private EmbeddedServer gateway;

  @BeforeEach
  void start() throws IOException {
    billing = new EndlessService();
    gateway =
        ApplicationContext.run(
            EmbeddedServer.class,
            Map.of(
                "micronaut.server.port",
                -1,
                "tallyman.billing-service.url",
                billing.url(),
                "tallyman.transfers.min-rate",
                1_000_000,
                "tallyman.transfers.window",
                "1s",
                "tallyman.transfers.per-user",
                MOST),
            "test");
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    gateway.getApplicationContext().close();
    billing.close();
  }

  @Test
  void downloadsOfSlowReadersAreCut() throws IOException {
    for (int client = 0; client < MOST; client++) {
      InputStream sheet = begin("3");
      assertThat(status(sheet)).contains(" 200 ");
      var _ = dripper.scheduleAtFixedRate(() -> read(sheet, 400), 100, 100, TimeUnit.MILLISECONDS);
    }
    assertThat(billing.connections()).isEqualTo(MOST);

    await().atMost(PATIENCE).until(() -> billing.connections() == 0);

    assertThat(status(begin("3"))).contains(" 200 ");
  }

  @Test
  void fastReaderIsNotCut() throws IOException {
    InputStream sheet = begin("3");
    long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();

    while (System.nanoTime() < end) {
      assertThat(sheet.readNBytes(100_000)).hasSize(100_000);
    }

    assertThat(billing.connections()).isEqualTo(1);
  }

  @Test
  void oneUserDoesNotTakeTheSlotsOfAll() throws IOException {
    for (int client = 0; client < MOST; client++) {
      InputStream sheet = begin("3");
      assertThat(status(sheet)).contains(" 200 ");
      var _ =
          dripper.scheduleAtFixedRate(
              () -> read(sheet, 4_000_000), 100, 100, TimeUnit.MILLISECONDS);
    }

    InputStream refused = begin("3");
    assertThat(status(refused)).contains(" 429 ");
    String rest = new String(refused.readNBytes(1_000), StandardCharsets.ISO_8859_1);
    assertThat(rest)
        .contains("urn:tallyman:problem:too-many-transfers")
        .containsIgnoringCase("retry-after: 2");
    assertThat(status(begin("4"))).contains(" 200 ");

    clients.getFirst().close();

    await().atMost(PATIENCE).until(() -> status(begin("3")).contains(" 200 "));
  }

  /** Requests a sheet, with a small buffer for the answer. */
  private InputStream begin(String user) throws IOException {
    Socket client = new Socket();
    clients.add(client);
    client.setReceiveBufferSize(4_096);
    client.setSoTimeout((int) PATIENCE.toMillis());
    client.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
    client
        .getOutputStream()
        .write(
            """
            GET /api/v1/sheets/0197a3c2-7a00-7000-8000-000000000002/content HTTP/1.1\r
            Host: gateway\r
            Connection: close\r
            Authorization: Bearer %s\r
            \r
            """
                .formatted(Tokens.SHARED.issue(user, 600, "viewer"))
                .getBytes(StandardCharsets.ISO_8859_1));
    return client.getInputStream();
  }

  private static String status(InputStream answer) throws IOException {
    return new String(answer.readNBytes(16), StandardCharsets.ISO_8859_1);
  }

  private static void read(InputStream sheet, int bytes) {
    try {
      sheet.skipNBytes(bytes);
    } catch (IOException cut) {
      throw new UncheckedIOException(cut);
    }
  }
}
