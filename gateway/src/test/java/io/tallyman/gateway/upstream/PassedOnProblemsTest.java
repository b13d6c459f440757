package io.tallyman.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON routes and streams pass a service's errors on to the client in the same way. */
@MicronautTest
final class PassedOnProblemsTest extends GatewayTest {
  private static final String ID = "0197a3c2-7a00-7000-8000-000000000001";
  private static final String SHEET = "/sheets/0197a3c2-7a00-7000-8000-000000000002";

  @Inject Client client;

  @ParameterizedTest
  @ValueSource(strings = {SHEET, SHEET + "/content"})
  void problemPassesUnchangedButForThePathAndTheRequestId(String path) {
    billing.answerProblem("GET " + path, 404, "unknown-sheet");

    HttpResponse<String> refused =
        client.send(client.request("/api/v1" + path).header("X-Request-Id", "my-request"));

    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(refused.headers().firstValue("X-Request-Id")).hasValue("my-request");
    assertThat(refused.body())
        .isEqualTo(
            "{\"type\":\"urn:tallyman:problem:unknown-sheet\",\"title\":\"No\",\"status\":404,"
                + "\"detail\":\"Because.\",\"instance\":\"/api/v1%s\",\"request_id\":\"my-request\","
                    .formatted(path)
                + "\"errors\":[{\"pointer\":\"/a\",\"detail\":\"is wrong\"}]}");
    assertThat(billing.received().getFirst().headers().getFirst("X-Request-Id"))
        .isEqualTo("my-request");
  }

  @ParameterizedTest
  @ValueSource(strings = {SHEET, SHEET + "/content"})
  void failureInsideAServiceIsNotTold(String path) {
    billing.answerProblem("GET " + path, 500, "database-on-fire");

    HttpResponse<String> failed = client.get("/api/v1" + path);

    assertThat(failed.statusCode()).isEqualTo(502);
    assertThat(failed.body())
        .contains("\"type\":\"urn:tallyman:problem:bad-gateway\"", "billing-service failed")
        .doesNotContain("database-on-fire", "Because.");
  }

  @ParameterizedTest
  @ValueSource(strings = {SHEET, SHEET + "/content"})
  void errorThatIsNoProblemIsAFailureOfTheService(String path) {
    billing.answer(
        "GET " + path,
        400,
        Map.of("Content-Type", "text/html"),
        "<h1>Whoops</h1>".getBytes(StandardCharsets.UTF_8));

    HttpResponse<String> failed = client.get("/api/v1" + path);

    assertThat(failed.statusCode()).isEqualTo(502);
    assertThat(failed.body()).doesNotContain("Whoops");
  }

  @ParameterizedTest
  @CsvSource({
    "200, ''",
    "200, []",
    "200, nonsense",
    "200, {",
    "200, {}",
    "200, {} {}",
    "404, []",
    "404, {}",
    "404, no"
  })
  void answerThatMakesNoSenseIsAFailureOfTheService(int status, String body) {
    billing.answerJson("GET " + SHEET, status, body);

    HttpResponse<String> failed = client.get("/api/v1" + SHEET);

    assertThat(failed.statusCode()).isEqualTo(502);
    assertThat(failed.body()).contains("\"type\":\"urn:tallyman:problem:bad-gateway\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {SHEET, SHEET + "/content"})
  void serviceThatCannotAnswerNowIsToBeTriedAgain(String path) {
    billing.answerProblem("GET " + path, 503, "streams-in-use");

    assertToBeTriedAgain(client.get("/api/v1" + path));
  }

  @ParameterizedTest
  @CsvSource({
    "/imports, text/csv, tasks-full",
    "/imports, text/csv, store-full",
    "/tasks/" + ID + "/retry, application/json, tasks-full"
  })
  void serviceThatIsFullIsToBeTriedAgainAndSaysWhy(String path, String type, String slug) {
    billing.answerProblem("POST " + path, 503, slug);

    HttpResponse<String> refused =
        client.send(
            client
                .request("/api/v1" + path)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("")));

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().allValues("Retry-After")).containsExactly("2");
    assertThat(refused.body())
        .contains("\"type\":\"urn:tallyman:problem:" + slug + "\"", "\"Because.\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sums-busy", "inspections-busy", "query-timeout"})
  void serviceThatHasNoTimeNowSaysWhy(String slug) {
    billing.answerProblem("GET /payables", 503, slug);

    HttpResponse<String> refused = client.get("/api/v1/payables?year=2026");

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().allValues("Retry-After")).containsExactly("2");
    assertThat(refused.body()).contains("urn:tallyman:problem:" + slug);
  }

  @ParameterizedTest
  @ValueSource(strings = {SHEET, SHEET + "/content"})
  void answerOfAnotherServiceThatGotTheAddressIsToBeTriedAgain(String path) {
    billing.answerProblem("GET " + path, 421, "misdirected-request");

    assertToBeTriedAgain(client.get("/api/v1" + path));
  }

  @Test
  void answerOfAnotherServiceIsToBeTriedAgainWhereOnlyItsHeadIsAskedFor() {
    billing.answer("HEAD " + SHEET + "/content", 421, Map.of(), new byte[0]);

    HttpResponse<String> refused =
        client.send(
            client.request("/api/v1" + SHEET + "/content").method("HEAD", BodyPublishers.noBody()));

    assertThat(refused.statusCode()).isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(strings = {SHEET, SHEET + "/content"})
  void olderServiceThatHasNotTheRouteIsToBeTriedAgain(String path) {
    billing.answerProblem("GET " + path, 404, "not-found");

    assertToBeTriedAgain(client.get("/api/v1" + path));
  }

  private static void assertToBeTriedAgain(HttpResponse<String> refused) {
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(refused.body()).contains("\"type\":\"urn:tallyman:problem:service-unavailable\"");
  }
}
