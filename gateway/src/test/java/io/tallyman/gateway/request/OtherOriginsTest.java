package io.tallyman.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
@Property(
    name = "tallyman.cors.allowed-origins",
    value = "https://app.example,http://localhost:3000")
final class OtherOriginsTest extends GatewayTest {
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  @Inject Client client;

  @ParameterizedTest
  @CsvSource({
    "https://app.example, POST, /api/v1/tasks",
    "http://localhost:3000, POST, /api/v1/imports",
    "https://app.example, PATCH, /api/v1/vendors/7",
    "https://app.example, GET, /api/v1/payables"
  })
  void preflightOfAnAllowedOriginIsAnswered(String origin, String method, String path) {
    HttpResponse<String> answer = client.send(preflight(origin, method, path));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue(ALLOW_ORIGIN)).hasValue(origin);
    assertThat(answer.headers().allValues("Access-Control-Allow-Methods")).contains(method);
    assertThat(String.join(",", answer.headers().allValues("Access-Control-Allow-Headers")))
        .containsIgnoringCase("content-type")
        .containsIgnoringCase("idempotency-key");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://elsewhere.example", "http://app.example", "null"})
  void preflightOfAnotherOriginAllowsNothing(String origin) {
    HttpResponse<String> answer = client.send(preflight(origin, "POST", "/api/v1/tasks"));

    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(answer.headers().firstValue(ALLOW_ORIGIN)).isEmpty();
  }

  @Test
  void pageOfAnAllowedOriginReadsTheAnswerAndItsHeaders() {
    billing.answerJson("GET /tasks", 200, "{\"data\": [], \"next_cursor\": null}");

    HttpResponse<String> answer =
        client.send(client.request("/api/v1/tasks").header("Origin", "https://app.example"));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue(ALLOW_ORIGIN)).hasValue("https://app.example");
    assertThat(answer.headers().allValues("Vary")).contains("Origin");
    assertThat(String.join(",", answer.headers().allValues("Access-Control-Expose-Headers")))
        .contains("X-Request-Id", "Location", "Retry-After", "RateLimit", "RateLimit-Policy");
  }

  @Test
  void pageOfAnAllowedOriginReadsProblemsToo() {
    HttpResponse<String> answer =
        client.send(client.request("/api/v1/tasks?limit=").header("Origin", "https://app.example"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.headers().firstValue(ALLOW_ORIGIN)).hasValue("https://app.example");
  }

  @Test
  void pageOfAnAllowedOriginReadsThatItNeedsAToken() {
    HttpResponse<String> answer =
        client.send(client.anonymous("/api/v1/tasks").header("Origin", "https://app.example"));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue(ALLOW_ORIGIN)).hasValue("https://app.example");
  }

  @Test
  void pageOfAnotherOriginIsStillRefused() {
    HttpResponse<String> answer =
        client.send(
            client
                .request("/api/v1/tasks")
                .header("Origin", "https://elsewhere.example")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue(ALLOW_ORIGIN)).isEmpty();
  }

  private HttpRequest.Builder preflight(String origin, String method, String path) {
    return client
        .anonymous(path)
        .header("Origin", origin)
        .header("Access-Control-Request-Method", method)
        .header("Access-Control-Request-Headers", "content-type,idempotency-key")
        .method("OPTIONS", BodyPublishers.noBody());
  }
}
