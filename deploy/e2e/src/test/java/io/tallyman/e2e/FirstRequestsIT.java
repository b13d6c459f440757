package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.standalone.stack.DataDirectory;
import io.tallyman.standalone.stack.Stack;
import io.tallyman.standalone.stack.StackOptions;
import io.tallyman.testing.RoleTokens;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first requests succeed as soon as the gateway is ready. */
final class FirstRequestsIT {
  private static final Path HOME = Path.of(System.getProperty("tallyman.home"));
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private Path directory;

  @Test
  void theFirstRequestsAreAnsweredOnceTheGatewayIsReady() throws IOException {
    int port = freePort();
    StackOptions options = new StackOptions(HOME, directory, port, 1, Map.of());
    CompletableFuture<Stack> start = CompletableFuture.supplyAsync(() -> Stack.start(options));
    try {
      await()
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofMillis(10))
          .until(() -> status(port, "/health/readiness", "") == 200 || start.isDone());

      URI gateway = URI.create("http://127.0.0.1:" + port);
      RoleTokens tokens =
          new RoleTokens(() -> gateway, () -> new DataDirectory(directory).adminPassword());
      String token = "Bearer " + tokens.token("admin");
      assertThat(
              List.of(
                  status(port, "/api/v1/users", token),
                  status(port, "/api/v1/vendors", token),
                  status(port, "/api/v1/tasks", token)))
          .containsOnly(200);
    } finally {
      start.join().close();
    }
  }

  private static int status(int port, String path, String authorization) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", authorization)
            .build();
    try {
      return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException refused) {
      return 0;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stop);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
