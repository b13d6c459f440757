package io.tallyman.standalone.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tallyman.standalone.client.GatewayClient;
import io.tallyman.standalone.client.TaskFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With a fake gateway that has one of the sample users already. */
final class SampleManagersTest {
  private final List<JsonNode> users = new CopyOnWriteArrayList<>();
  private final List<JsonNode> vendors = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private SampleManagers managers;
  private volatile int answerToVendors = 201;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/users", this::users);
    server.createContext("/api/v1/vendors", this::vendors);
    server.start();
    managers =
        new SampleManagers(
            new GatewayClient(URI.create("http://127.0.0.1:" + server.getAddress().getPort())));
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void everyUserManagesVendorsThatTheSamplesBillFor() {
    managers.add();

    assertThat(users)
        .extracting(user -> user.get("username").asString())
        .containsExactly("amara.okafor", "jonas.weber", "priya.nair", "sofia.rossi");
    assertThat(vendors).hasSize(SampleManagers.MANAGED_VENDORS);
    assertThat(vendors)
        .extracting(vendor -> vendor.get("manager_id").asInt())
        .containsOnly(7, 100, 101, 102, 103);
    Map<String, String> samples =
        SampleBillings.vendors().stream()
            .collect(Collectors.toMap(SampleVendor::number, SampleVendor::name, (one, _) -> one));
    assertThat(vendors)
        .allSatisfy(
            vendor ->
                assertThat(vendor.get("account_name").asString())
                    .isEqualTo(samples.get(vendor.get("account_number").asString())))
        .extracting(vendor -> vendor.get("account_number").asString())
        .doesNotHaveDuplicates()
        .doesNotContain("");
  }

  @Test
  void vendorsThatAnEarlierRunAddedAreLeftAlone() {
    answerToVendors = 409;

    managers.add();

    assertThat(vendors).hasSize(SampleManagers.MANAGED_VENDORS);
  }

  @Test
  void otherRefusalsAreFailures() {
    answerToVendors = 503;

    assertThatThrownBy(managers::add)
        .isInstanceOf(TaskFailure.class)
        .hasMessage("gateway answered 503: {}");
  }

  private void users(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("GET")) {
      answer(
          exchange,
          200,
          "{\"data\": [{\"id\": 7, \"username\": \"li.wei\", \"roles\": []}], \"next_cursor\":"
              + " null}");
      return;
    }
    users.add(JsonMapper.shared().readTree(exchange.getRequestBody()));
    answer(exchange, 201, "{\"id\": %d, \"created_at\": \"now\"}".formatted(99 + users.size()));
  }

  private void vendors(HttpExchange exchange) throws IOException {
    vendors.add(JsonMapper.shared().readTree(exchange.getRequestBody()));
    answer(exchange, answerToVendors, "{}");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
