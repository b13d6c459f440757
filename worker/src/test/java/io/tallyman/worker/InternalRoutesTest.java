package io.tallyman.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tallyman.testkit.ServiceCredential;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only the gateway may have a worker inspect files. */
final class InternalRoutesTest {
  @TempDir private static Path store;
  @AutoClose private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @AutoClose
  private final EmbeddedServer worker =
      ApplicationContext.run(
          EmbeddedServer.class,
          Map.of("micronaut.server.port", -1, "tallyman.store.directory", store));

  @Test
  void gatewayCanInspectAFile() throws Exception {
    HttpResponse<String> inspected = inspect(ServiceCredential.authorization("gateway", "worker"));

    assertThat(inspected.statusCode()).as(inspected.body()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"gateway, billing-service, 401", "worker, worker, 403"})
  void nobodyElseCan(String caller, String called, int status) throws Exception {
    assertThat(inspect(ServiceCredential.authorization(caller, called)).statusCode())
        .isEqualTo(status);
  }

  @Test
  void nobodyCanWithoutACredential() throws Exception {
    assertThat(inspect("").statusCode()).isEqualTo(401);
  }

  private HttpResponse<String> inspect(String authorization) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(worker.getURI().resolve("/internal/inspections?complete=true"))
            .header("Authorization", authorization)
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofString("date_billed,payable\n2026-01-02,1.00\n"))
            .build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }
}
