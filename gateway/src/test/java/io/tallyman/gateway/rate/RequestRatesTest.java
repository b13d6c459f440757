package io.tallyman.gateway.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.access.Tokens;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every user may send ten requests at once and then one in a second; an address a few more, because
 * it counts for the first request with each token. Each test has its own users and addresses.
 */
@MicronautTest
@Property(name = "tallyman.rate.per-user", value = "1")
@Property(name = "tallyman.rate.per-address", value = "3")
@Property(name = "tallyman.trusted-proxies", value = "127.0.0.1,::1")
final class RequestRatesTest extends GatewayTest {
  private static final String ME = "/api/v1/me";
  private static final String KEY = "tally_" + "r".repeat(43);

  /** More requests than a client can send before its limit is reached. */
  private static final int MANY = 1_000;

  private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

  @Inject Client client;

  /** How many requests were answered before the last refusal. */
  private int passed;

  @Test
  void answerTellsHowManyRequestsAreLeft() {
    HttpResponse<String> first = client.send(of("10", "203.0.113.1"));
    HttpResponse<String> second = client.send(of("10", "203.0.113.1"));

    assertThat(first.headers().firstValue("RateLimit-Policy")).hasValue("\"user\";q=10;w=10");
    assertThat(first.headers().firstValue("RateLimit")).hasValue("\"user\";r=9;t=1");
    assertThat(second.headers().firstValue("RateLimit").orElseThrow())
        .matches("\"user\";r=[89];t=[12]");
  }

  @Test
  void userWhoSendsTooMuchIsRefusedUntilLaterAndOthersAreNot() {
    HttpResponse<String> refused = refused(_ -> of("11", "203.0.113.2"));

    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(refused.body()).contains("\"type\":\"urn:tallyman:problem:too-many-requests\"");
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(refused.headers().firstValue("RateLimit-Policy")).hasValue("\"user\";q=10;w=10");
    assertThat(refused.headers().firstValue("RateLimit")).hasValue("\"user\";r=0;t=10");
    assertThat(client.send(of("12", "203.0.113.2")).statusCode()).isNotEqualTo(429);
  }

  @Test
  void refusedRequestReachesNoService() {
    users.answerJson("GET /users/13", 200, sample("user-service", "user"));
    refused(_ -> of("13", "203.0.113.3"));
    int received = users.received().size();

    refused(_ -> of("13", "203.0.113.3"));

    assertThat(users.received()).hasSize(received + passed);
  }

  @Test
  void requestWithAnApiKeyCountsForItsOwner() {
    users.answerJson(
        "POST /auth/key-tokens",
        200,
        "{\"access_token\": \"%s\"}".formatted(Tokens.SHARED.issue("14", 600, "viewer")));
    refused(_ -> of("14", "203.0.113.4"));

    HttpResponse<String> refused =
        refused(_ -> from("203.0.113.4").header("Authorization", "Bearer " + KEY));

    assertThat(refused.headers().firstValue("RateLimit-Policy").orElseThrow())
        .startsWith("\"user\"");
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.5, 203.0.113.5, 203.0.113.6",
    "2001:db8::1, 2001:db8::ffff:1, 2001:db8:0:1::1"
  })
  void requestsWithoutATokenCountForTheirNetwork(String address, String same, String other) {
    HttpResponse<String> refused = refused(_ -> from(address));

    assertThat(refused.headers().firstValue("RateLimit-Policy")).hasValue("\"address\";q=30;w=10");
    assertThat(refused(_ -> from(same)).statusCode()).isEqualTo(429);
    assertThat(client.send(from(other)).statusCode()).isEqualTo(401);
    assertThat(client.send(from(other)).headers().firstValue("RateLimit").orElseThrow())
        .startsWith("\"address\";r=2");
  }

  @Test
  void loginsCountForTheAddressThoughTheyHaveAToken() {
    refused(_ -> of("15", "203.0.113.7", "/api/v1/auth/session"));
  }

  /** To find out that a token is made up costs a signature, or a request to user-service. */
  @Test
  void madeUpTokensCountForTheAddressAndAreNotCheckedAboveTheLimit() {
    users.answerProblem("POST /auth/key-tokens", 401, "invalid-token");
    IntFunction<HttpRequest.Builder> madeUp =
        number ->
            from("203.0.113.8")
                .header("Authorization", "Bearer tally_" + "%043d".formatted(number));
    refused(madeUp);
    int exchanged = users.received().size();

    refused(madeUp);

    assertThat(users.received()).hasSize(exchanged + passed);
  }

  @Test
  void userWhoseTokenIsKnownIsNotAffectedByOthersAtTheSameAddress() {
    assertThat(client.send(of("16", "203.0.113.10")).statusCode()).isNotEqualTo(429);
    refused(_ -> from("203.0.113.10"));

    assertThat(client.send(of("16", "203.0.113.10")).statusCode()).isNotEqualTo(429);
  }

  @Test
  void healthAndPagesDoNotCount() {
    for (int request = 0; request < 50; request++) {
      HttpRequest.Builder health =
          client.anonymous("/health/liveness").header("X-Forwarded-For", "203.0.113.11");
      HttpResponse<String> answer = client.send(health);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("RateLimit")).isEmpty();
    }
    assertThat(client.send(from("203.0.113.11")).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({"per-user, 0", "per-address, 1000001"})
  void badLimitStopsTheStart(String name, String value) {
    Map<String, Object> settings = Map.of("tallyman.rate." + name, value);

    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> ApplicationContext.run(settings).close())
        .withStackTraceContaining(name.equals("per-user") ? "perUser" : "perAddress");
  }

  /** Sends requests until one is refused. */
  private HttpResponse<String> refused(IntFunction<HttpRequest.Builder> requests) {
    for (int number = 0; number < MANY; number++) {
      HttpResponse<String> answer = client.send(requests.apply(number));
      if (answer.statusCode() == 429) {
        passed = number;
        return answer;
      }
    }
    throw new AssertionError("All requests were answered");
  }

  /** A request of a user. */
  private HttpRequest.Builder of(String id, String address) {
    return of(id, address, ME);
  }

  private HttpRequest.Builder of(String id, String address, String path) {
    return client
        .anonymous(path)
        .header("X-Forwarded-For", address)
        .header(
            "Authorization",
            "Bearer "
                + TOKENS.computeIfAbsent(id, each -> Tokens.SHARED.issue(each, 600, "viewer")));
  }

  /** A request without a token. */
  private HttpRequest.Builder from(String address) {
    return client.anonymous(ME).header("X-Forwarded-For", address);
  }
}
