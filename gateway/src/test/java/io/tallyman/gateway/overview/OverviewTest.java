package io.tallyman.gateway.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.FakeService.Received;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
final class OverviewTest extends GatewayTest {
  private static final String USER = compact(sample("user-service", "user"));
  private static final String VENDOR = compact(sample("billing-service", "vendor"));
  private static final String TOTALS =
      "[{\"currency\":\"EUR\",\"payable\":\"-12.00\"},"
          + "{\"currency\":\"GBP\",\"payable\":\"1234.50\"}]";

  @Inject Client client;

  @BeforeEach
  void answerEverything() {
    users.answerJson("GET /users/3", 200, USER);
    billing.answerJson("GET /vendors", 200, vendors("null"));
    billing.answerJson(
        "GET /managers/3/payables", 200, sample("billing-service", "managed-payables"));
  }

  @Test
  void userIsShownWithVendorsAndPayables() {
    HttpResponse<String> shown = client.get("/api/v1/users/3/overview");

    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(compact(shown.body()))
        .isEqualTo(
            compact(
                "{\"user\":%s,\"vendors\":[%s],\"vendors_next\":null,\"payables\":%s,\"unavailable\":[]}"
                    .formatted(USER, VENDOR, TOTALS)));
  }

  @Test
  void vendorsBeyondTheFirstTwoHundredAreLinked() {
    billing.answerJson("GET /vendors", 200, vendors("\"a-b_c\""));

    assertThat(client.get("/api/v1/users/3/overview").body())
        .contains("\"vendors_next\":\"/api/v1/vendors?manager_id=3&limit=200&cursor=a-b_c\"");
    assertThat(billing.received())
        .extracting(Received::request)
        .anyMatch(request -> request.contains("manager_id=3") && request.contains("limit=200"));
  }

  @Test
  void servicesAreAskedUnderTheIdOfTheRequest() {
    client.send(client.request("/api/v1/users/3/overview").header("X-Request-Id", "my-request"));

    assertThat(Stream.concat(users.received().stream(), billing.received().stream()))
        .hasSize(3)
        .allMatch(asked -> "my-request".equals(asked.headers().getFirst("X-Request-Id")));
  }

  @Test
  void unknownUserIsNotFound() {
    users.answerProblem("GET /users/3", 404, "unknown-user");

    HttpResponse<String> refused = client.get("/api/v1/users/3/overview");

    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(refused.body())
        .contains("urn:tallyman:problem:unknown-user", "/api/v1/users/3/overview");
  }

  @Test
  void partThatFailsIsNullAndNamed() {
    billing.answerProblem("GET /managers/3/payables", 500, "broken");

    HttpResponse<String> shown = client.get("/api/v1/users/3/overview");

    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.body())
        .contains("\"user\":{", "\"vendors\":[{", "\"payables\":null")
        .contains("\"unavailable\":[\"payables\"]");
  }

  /** An unexpected failure of one part does not affect the other parts. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "200, ``",
        "200, null",
        "200, []",
        "200, nonsense",
        "204, ``",
        "301, ``",
        "404, {}",
        "422, {}"
      })
  void partThatMakesNoSenseIsNullAndNamed(int status, String body) {
    for (String part : List.of("GET /vendors", "GET /managers/3/payables")) {
      answerEverything();
      billing.answerJson(part, status, body);

      HttpResponse<String> shown = client.get("/api/v1/users/3/overview");

      String name = part.endsWith("vendors") ? "vendors" : "payables";
      assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
      assertThat(shown.body())
          .contains("\"" + name + "\":null", "\"unavailable\":[\"" + name + "\"]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "nonsense"})
  void userThatMakesNoSenseIsNullAndNamed(String body) {
    users.answerJson("GET /users/3", 200, body);

    HttpResponse<String> shown = client.get("/api/v1/users/3/overview");

    assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
    assertThat(shown.body())
        .contains("\"user\":null", "\"vendors\":[{", "\"unavailable\":[\"user\"]");
  }

  @Test
  void userIsNullAndNamedWhereUserServiceIsAway() {
    users.answerProblem("GET /users/3", 503, "down");

    HttpResponse<String> shown = client.get("/api/v1/users/3/overview");

    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.body())
        .contains("\"user\":null", "\"vendors\":[{", "\"unavailable\":[\"user\"]");
  }

  private static String vendors(String cursor) {
    return "{\"data\": [" + VENDOR + "], \"next_cursor\": " + cursor + "}";
  }

  /** Removes all spaces, also those inside values. */
  private static String compact(String json) {
    return json.replaceAll("\\s", "");
  }
}
