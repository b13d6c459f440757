package io.tallyman.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tallyman.standalone.client.GatewayTask.SheetResult;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GatewayClientTest {
  private static final String CSV = "date_billed,payable\r\n2025-03-31,\"1,5\"\r\n2025-03-31,2\r\n";
  private static final String SHA_256 =
      "bd2592cbe3a402a583f2108109fa1c3e03f11649aa1931dd3c784c3cdafdeec1";

  @TempDir private Path directory;
  private HttpServer server;
  private GatewayClient client;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    client = new GatewayClient(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void aTaskIsReadWithWhatIsNotKnownLeftOut() {
    answer(
        "/api/v1/tasks/7",
        200,
        """
        {"task_id": "7", "task": "billing.sheet", "status": "SUCCESS", "priority": 4,
         "progress": {"phase": "writing", "unit": "rows", "done": 412, "total": 742},
         "result": {"sheet_id": "9", "file_name": "a.csv", "rows": 2, "bytes": 60, "sha256": "x",
                    "totals": [{"currency": "GBP", "payable": "1234.50"}]},
         "error": null}
        """);

    GatewayTask task = client.task("7");

    assertThat(task.hasSucceeded()).isTrue();
    assertThat(task.describe()).isEqualTo("SUCCESS writing 412 of 742 rows (55%)");
    SheetResult sheet = GatewayClient.result(task, SheetResult.class);
    assertThat(sheet.totals())
        .containsExactly(new GatewayTask.Total("GBP", new BigDecimal("1234.50")));
  }

  @Test
  void requestsAfterTheLoginHaveItsToken() {
    answer(
        "/api/v1/auth/login",
        200,
        "{\"access_token\": \"access\", \"refresh_token\": \"refresh\"}");
    answer("/api/v1/auth/logout", 204, "");
    List<String> sent = new CopyOnWriteArrayList<>();
    server.createContext(
        "/api/v1/users",
        exchange -> {
          sent.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("{\"data\": []}".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    client.users();
    assertThatThrownBy(client::token).isInstanceOf(IllegalStateException.class);

    client.logIn("admin", "password");
    client.users();

    assertThat(client.token()).isEqualTo("access");
    assertThat(sent).containsExactly("Bearer access");
  }

  @Test
  void aRefusalIsTheGatewaysFailure() {
    answer("/api/v1/imports", 503, "{\"title\": \"Unavailable\"}");

    assertThatThrownBy(() -> client.importBillings(new byte[0]))
        .isInstanceOf(TaskFailure.class)
        .hasMessage("gateway answered 503: {\"title\": \"Unavailable\"}");
  }

  @Test
  void aSheetIsCheckedAgainstItsTask() {
    answer("/api/v1/sheets/9/content", 200, CSV);
    DownloadedSheet sheet = new DownloadedSheet(directory.resolve("a.csv"));

    client.download("9", sheet.file());

    sheet.check(promise(2, SHA_256));
    assertThat(sheet.firstLines(1)).containsExactly("date_billed,payable");
    assertThatThrownBy(() -> sheet.check(promise(3, SHA_256)))
        .hasMessage("gateway sent a sheet of 2 rows, not 3");
    assertThatThrownBy(() -> sheet.check(promise(2, "00")))
        .hasMessageContaining("gateway sent a sheet with SHA-256 " + SHA_256);
  }

  @Test
  void aSheetThatIsGoneIsAFailure() {
    answer("/api/v1/sheets/9/content", 410, "{}");

    assertThatThrownBy(() -> client.download("9", directory.resolve("a.csv")))
        .hasMessage("gateway answered 410 for a sheet");
  }

  private static SheetResult promise(long rows, String sha256) {
    return new SheetResult("9", "a.csv", rows, List.of(), CSV.length(), sha256);
  }

  private void answer(String path, int status, String body) {
    server.createContext(
        path,
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }
}
