package io.tallyman.kit.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
final class CredentialTest {
  private static final String SECRET = "the secret of the service caller";
  private static final String OTHER_SECRET = "the secret of the service named other";
  private static final String MONITORING_SECRET = "the-secret-of-the-monitoring-program";
  private static final Duration TWO_HOURS = Duration.ofHours(2);
  private static final Duration JUST_TOO_MUCH =
      CallerCheck.CLOCK_DIFFERENCE.plus(Credentials.LIFE).plusSeconds(1);

  @Inject io.tallyman.kit.Client client;
  @Inject EmbeddedServer server;
  @Inject InsideController inside;

  @Client(id = "test", path = "/internal/things/7")
  interface Things {
    @Get
    String thing();
  }

  @Test
  void callOfAServiceIsAccepted() {
    try (ApplicationContext caller = ApplicationContext.run(caller(server.getURI().toString()))) {
      assertThat(caller.getBean(Things.class).thing()).isEqualTo("7");

      Credentials credentials = caller.getBean(Credentials.class);
      String made = credentials.authorization("test");
      assertThat(get("/internal/things/8", made).body()).isEqualTo("8");
      assertThat(credentials.authorization("test")).isEqualTo(made);
      assertThat(credentials.authorization("another")).isNotEqualTo(made);
    }
  }

  static Stream<Arguments> invalid() throws JOSEException {
    Instant now = Instant.now();
    JWTClaimsSet claims = claims(now).build();
    String valid = sign(claims, SECRET);
    String[] parts = valid.split("\\.", -1);
    return Stream.of(
        Arguments.of("no token", "Bearer"),
        Arguments.of("an empty token", "Bearer "),
        Arguments.of("another scheme", "Basic Y2FsbGVyOnNlY3JldA=="),
        Arguments.of("no scheme", valid),
        Arguments.of("two tokens", "Bearer " + valid + " " + valid),
        Arguments.of("no JWT", "Bearer abc"),
        Arguments.of("broken JSON", "Bearer " + base64("{") + "." + parts[1] + "." + parts[2]),
        Arguments.of("no claims", "Bearer " + parts[0] + "." + base64("[]") + "." + parts[2]),
        Arguments.of("the secret itself", "Bearer " + SECRET.replace(' ', '-')),
        Arguments.of("no signature", "Bearer " + parts[0] + "." + parts[1] + "."),
        Arguments.of("alg none", "Bearer " + new PlainJWT(claims).serialize()),
        Arguments.of(
            "alg none with a signature",
            "Bearer " + base64("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2]),
        Arguments.of(
            "another algorithm", "Bearer " + sign(claims, SECRET.repeat(2), JWSAlgorithm.HS512)),
        Arguments.of("a forged signature", "Bearer " + sign(claims, OTHER_SECRET)),
        Arguments.of(
            "other claims under the signature",
            "Bearer "
                + parts[0]
                + "."
                + base64(claims.toString().replace("caller", "other"))
                + "."
                + parts[2]),
        Arguments.of("an unknown service", bearer(claims(now).issuer("unknown"))),
        Arguments.of("no service", bearer(claims(now).issuer(null))),
        Arguments.of("another called service", bearer(claims(now).audience("another"))),
        Arguments.of("many called services", bearer(claims(now).audience(List.of("test", "b")))),
        Arguments.of("no called service", bearer(claims(now).audience((String) null))),
        Arguments.of("no time of issue", bearer(claims(now).issueTime(null))),
        Arguments.of("no expiry", bearer(claims(now).expirationTime(null))),
        Arguments.of(
            "a long life", bearer(claims(now).expirationTime(Date.from(now.plusSeconds(62))))),
        Arguments.of("an expired credential", bearer(claims(now.minus(JUST_TOO_MUCH)))),
        Arguments.of("a credential of the future", bearer(claims(now.plus(JUST_TOO_MUCH)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void callWithAnInvalidCredentialIsRefusedAndNothingIsDone(String what, String authorization) {
    int before = inside.calls.get();

    HttpResponse<String> read = get("/internal/things/7", authorization);
    HttpResponse<String> written =
        client.send(
            client
                .request("/internal/things")
                .header("Authorization", authorization)
                .POST(BodyPublishers.ofString("a thing")));

    assertThat(List.of(read, written))
        .allSatisfy(refused -> assertRefused(refused, 401, "unknown-caller"))
        .allSatisfy(
            refused ->
                assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer"));
    assertThat(read.body() + written.body()).doesNotContain(authorization);
    assertThat(inside.calls).hasValue(before);
  }

  @Test
  void callWithoutACredentialIsRefused() {
    assertRefused(client.get("/internal/things/7"), 401, "unknown-caller");
  }

  @Test
  void callWithTwoCredentialsIsRefused() throws JOSEException {
    String valid = bearer(claims(Instant.now()));
    HttpRequest.Builder twice =
        client
            .request("/internal/things/7")
            .header("Authorization", valid)
            .header("Authorization", valid);

    assertRefused(client.send(twice), 401, "unknown-caller");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -1})
  void clocksMayDifferByTwoHours(long sign) throws JOSEException {
    Instant there = Instant.now().plus(TWO_HOURS.multipliedBy(sign));

    assertThat(get("/internal/things/7", bearer(claims(there))).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/internal/parts", "/internal/figures", "/internal/forgotten"})
  void knownServiceCanUseOnlyItsOwnRoutes(String path) throws JOSEException {
    assertRefused(get(path, bearer(claims(Instant.now()))), 403, "caller-not-allowed");
  }

  @Test
  void monitoringSendsItsSecretAndCanUseOnlyItsOwnRoutes() {
    String authorization = "Bearer " + MONITORING_SECRET;

    assertThat(get("/internal/figures", authorization).body()).isEqualTo("figures");
    assertRefused(get("/internal/things/7", authorization), 403, "caller-not-allowed");
    assertRefused(get("/internal/figures", authorization + "s"), 401, "unknown-caller");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/internal/things/7",
        "/internal/things/7?a=b",
        "/internal/things/7/",
        "/internal/things/7;a=b",
        "/internal/things/%37",
        "/internal/things/7%2F8",
        "/%69nternal/things/7",
        "/internal%2Fthings/7",
        "/internal/things%2F7",
        "//internal/things/7",
        "/internal//things/7",
        "/./internal/things/7",
        "/outside/../internal/things/7",
        "/outside/%2e%2e/internal/things/7",
        "/INTERNAL/things/7",
        "/\\internal/things/7"
      })
  void noSpellingOfThePathLeadsPastTheCheck(String path) {
    int before = inside.calls.get();

    for (String method : List.of("GET", "HEAD")) {
      String answer =
          client.raw(
              method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

      assertThat(answer).as(method).containsPattern("^HTTP/1.1 (400|401|404) ");
    }
    assertThat(inside.calls).hasValue(before);
  }

  @Test
  void otherRoutesNeedNoCredential() {
    assertThat(client.get("/outside").body()).isEqualTo("outside");
    assertThat(client.get("/health/liveness").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> get(String path, String authorization) {
    return client.send(client.request(path).header("Authorization", authorization));
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String problem) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("\"type\":\"urn:tallyman:problem:" + problem + "\"");
  }

  static Map<String, Object> caller(String url) {
    return Map.of("micronaut.application.name", "caller", "micronaut.http.services.test.url", url);
  }

  private static JWTClaimsSet.Builder claims(Instant issued) {
    return new JWTClaimsSet.Builder()
        .issuer("caller")
        .audience("test")
        .issueTime(Date.from(issued))
        .expirationTime(Date.from(issued.plus(Credentials.LIFE)));
  }

  private static String bearer(JWTClaimsSet.Builder claims) throws JOSEException {
    return "Bearer " + sign(claims.build(), SECRET);
  }

  private static String sign(JWTClaimsSet claims, String secret) throws JOSEException {
    return sign(claims, secret, JWSAlgorithm.HS256);
  }

  private static String sign(JWTClaimsSet claims, String secret, JWSAlgorithm algorithm)
      throws JOSEException {
    SignedJWT signed = new SignedJWT(new JWSHeader(algorithm), claims);
    signed.sign(new MACSigner(secret));
    return signed.serialize();
  }

  private static String base64(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
