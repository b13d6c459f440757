package io.tallyman.worker.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tallyman.testkit.ServiceCredential;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More files than the worker inspects at once: the further ones are to be sent again later. */
final class InspectionPlacesTest {
  private static final String PATH = "/internal/inspections?complete=true";

  private final String gateway = ServiceCredential.authorization("gateway", "worker");

  @AutoClose private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path store;
  private EmbeddedServer worker;

  @BeforeEach
  void start() {
    worker =
        ApplicationContext.run(
            EmbeddedServer.class,
            Map.of("micronaut.server.port", -1, "tallyman.store.directory", store));
  }

  @AfterEach
  void stop() {
    worker.close();
  }

  @Test
  void furtherFileIsToBeSentAgainUntilAPlaceIsFree() throws IOException {
    Socket first = halfAFile();
    Socket second = halfAFile();
    try (first;
        second) {
      await()
          .untilAsserted(
              () -> {
                HttpResponse<String> refused = inspect();
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.body())
                    .contains("urn:tallyman:problem:inspections-busy", "Try again");
              });
    }

    await().untilAsserted(() -> assertThat(inspect().statusCode()).isEqualTo(200));
  }

  private Socket halfAFile() throws IOException {
    Socket socket = new Socket(worker.getHost(), worker.getPort());
    socket
        .getOutputStream()
        .write(
            """
            POST %s HTTP/1.1\r
            Host: %s:%d\r
            Authorization: %s\r
            Content-Type: application/octet-stream\r
            Content-Length: 1000\r
            \r
            date_billed,\
            """
                .formatted(PATH, worker.getHost(), worker.getPort(), gateway)
                .getBytes(ISO_8859_1));
    return socket;
  }

  private HttpResponse<String> inspect() throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(worker.getURL() + PATH))
            .header("Authorization", gateway)
            .header("Content-Type", "application/octet-stream")
            .POST(
                BodyPublishers.ofString(
                    "date_billed,account_name,payable,currency\n2031-03-01,Oak,1.50,GBP\n"))
            .build(),
        BodyHandlers.ofString());
  }
}
