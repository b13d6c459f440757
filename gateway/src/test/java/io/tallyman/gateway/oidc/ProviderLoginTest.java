package io.tallyman.gateway.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.context.annotation.Property;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.testkit.TestAuthority;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins at a provider with a certificate of the configured authority, and attacks on them. */
@MicronautTest
@Property(name = "tallyman.hosts", value = "tally.example")
@Property(name = "tallyman.cors.allowed-origins", value = "https://app.example")
final class ProviderLoginTest extends GatewayTest {
  private static final String PATH = "/api/v1/auth/provider";
  private static final String SESSIONS = "POST /internal/provider-sessions";
  private static final String SESSION =
      "AZejwm8AcACAAAAAAAAAAZq3n0RmGxkVd0m2Wv7oKQpV3Ew9hM5bT1yUcJ8sLfAI";
  private static final String PAGE = "&page=%2Ftasks%3Fstatus%3DFAILURE";

  private final TestAuthority authority = new TestAuthority();
  private final FakeProvider provider = new FakeProvider(authority);

  @Inject Client client;
  @Inject JsonMapper json;

  /**
   * @param cookie the header {@code Cookie} of the browser that began the login
   */
  private record Begun(URI address, String cookie) {
    String state() {
      return requireNonNull(query(address).get("state"));
    }
  }

  @Override
  public Map<String, String> getProperties() {
    Map<String, String> properties = new HashMap<>(super.getProperties());
    properties.put("tallyman.tls.ca", authority.certificate().toString());
    properties.put("tallyman.oidc.issuer", provider.issuer());
    properties.put("tallyman.oidc.client-id", FakeProvider.CLIENT);
    properties.put("tallyman.oidc.client-secret", FakeProvider.SECRET);
    properties.put("tallyman.oidc.role-claim", "groups.tally");
    properties.put("tallyman.oidc.roles", "bosses=admin, staff=clerk");
    return properties;
  }

  @BeforeEach
  void everythingIsRight() {
    provider.reset();
    users.answerJson(SESSIONS, 200, sample("user-service", "new-session"));
  }

  @AfterAll
  void stopProvider() {
    provider.stop();
  }

  @Test
  void loginPageLearnsOfTheProvider() {
    assertThat(client.getAnonymously(PATH).body())
        .isEqualTo("{\"name\":\"127.0.0.1\",\"role_claim\":\"groups.tally\"}");
  }

  @Test
  void loginBeginsWithTheCodeFlowAndPkce() {
    Begun begun = begin();

    assertThat(begun.address().toString()).startsWith(provider.issuer() + "/login?");
    assertThat(query(begun.address()))
        .containsEntry("response_type", "code")
        .containsEntry("client_id", FakeProvider.CLIENT)
        .containsEntry("redirect_uri", origin() + "/login/callback")
        .containsEntry("scope", "openid profile email")
        .containsEntry("code_challenge_method", "S256")
        .containsKeys("state", "nonce", "code_challenge");
    assertThat(begun.address().toString()).doesNotContain("code_verifier");
  }

  @Test
  void callbackBeginsASessionAndLeadsToThePage() throws IOException {
    Begun begun = begin();

    HttpResponse<String> ended = callback(begun, provider.logIn(begun.address()));

    assertThat(location(ended)).isEqualTo("/#/tasks?status=FAILURE");
    assertThat(ended.headers().allValues("Set-Cookie"))
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .startsWith("tallyman-session=" + SESSION + ";")
                    .contains("HTTPOnly", "SameSite=Lax", "Path=/")
                    .doesNotContain("Secure"))
        .anySatisfy(
            cookie -> assertThat(cookie).startsWith("tallyman-login=;").contains("Max-Age=0"));
    assertThat(json.readValue(users.received().getFirst().text(), JsonNode.class))
        .isEqualTo(
            json.readValue(
                sample("user-service", "provider-login")
                    .replace("https://login.example.org/realms/tally", provider.issuer())
                    .replaceAll("\"subject\": \"[^\"]+\"", "\"subject\": \"a-subject\"")
                    .replaceAll("\"roles\": .*", "\"roles\": [\"admin\"]"),
                JsonNode.class));
  }

  /** What is wrong with an ID token. */
  @SuppressWarnings("ImmutableEnumChecker") // no operator has a state
  enum Attack {
    NO_SIGNATURE(claims -> claims) {
      @Override
      JWT sign(JWTClaimsSet token, FakeProvider provider) {
        return new PlainJWT(token);
      }
    },
    SIGNED_WITH_ANOTHER_KEY(claims -> claims) {
      @Override
      JWT sign(JWTClaimsSet token, FakeProvider provider) {
        return FakeProvider.signed(token, FakeProvider.key());
      }
    },
    SIGNED_WITH_THE_CLIENT_SECRET(claims -> claims) {
      @Override
      JWT sign(JWTClaimsSet token, FakeProvider provider) {
        return mac(token, (FakeProvider.SECRET + FakeProvider.SECRET).getBytes(UTF_8));
      }
    },
    OF_ANOTHER_CLIENT(claims -> claims.audience("another-client")),
    OF_NO_CLIENT(claims -> claims.audience(List.of())),
    OF_ANOTHER_CLIENT_FOR_THIS_ONE(claims -> claims.claim("azp", "another-client")),
    OF_SEVERAL_CLIENTS(claims -> claims.audience(List.of(FakeProvider.CLIENT, "another-client"))),
    OF_ANOTHER_ISSUER(claims -> claims.issuer("https://elsewhere.example")),
    OF_ANOTHER_LOGIN(claims -> claims.claim("nonce", "another")),
    OF_NO_LOGIN(claims -> claims.claim("nonce", null)),
    EXPIRED(claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(120)))),
    FROM_THE_FUTURE(claims -> claims.issueTime(Date.from(Instant.now().plusSeconds(120)))),
    WITHOUT_AN_END(claims -> claims.expirationTime(null)),
    WITHOUT_A_SUBJECT(claims -> claims.subject(null));

    private final UnaryOperator<JWTClaimsSet.Builder> claims;

    Attack(UnaryOperator<JWTClaimsSet.Builder> claims) {
      this.claims = claims;
    }

    JWT sign(JWTClaimsSet token, FakeProvider provider) {
      return provider.signed(token);
    }
  }

  @ParameterizedTest
  @EnumSource
  void badIdTokenBeginsNoSession(Attack attack) {
    provider.claims = attack.claims;
    provider.signature = token -> attack.sign(token, provider);
    Begun begun = begin();

    assertRefused(callback(begun, provider.logIn(begun.address())), "provider-failed" + PAGE);
    assertThat(users.received()).isEmpty();
  }

  @Test
  void callbackWithoutTheCookieOfTheBrowserBeginsNoSession() {
    Begun begun = begin();
    String code = provider.logIn(begun.address());

    assertRefused(callback(new Begun(begun.address(), ""), code), "login-expired");
    assertRefused(
        callback(new Begun(begun.address(), begin().cookie()), code), "login-expired" + PAGE);
    assertThat(users.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?code=CODE",
        "?code=CODE&state=",
        "?code=CODE&state=another",
        "?state=STATE",
        "?code=&state=STATE",
        ""
      })
  void incompleteCallbackBeginsNoSession(String query) {
    Begun begun = begin();
    String code = provider.logIn(begun.address());

    HttpResponse<String> ended =
        callback(query.replace("CODE", code).replace("STATE", begun.state()), begun.cookie());

    assertThat(location(ended)).startsWith("/#/login?problem=");
    assertThat(users.received()).isEmpty();
  }

  @Test
  void repeatedCallbackBeginsNoSecondSession() {
    Begun begun = begin();
    String code = provider.logIn(begun.address());
    assertThat(location(callback(begun, code))).isEqualTo("/#/tasks?status=FAILURE");

    // The browser has forgotten the cookie. A thief may have kept it.
    assertRefused(callback(new Begun(begun.address(), ""), code), "login-expired");
    assertRefused(callback(begun, code), "login-expired" + PAGE);
    assertThat(users.received()).hasSize(1);
  }

  @Test
  void codeOfAnotherLoginBeginsNoSession() {
    String stolen = provider.logIn(begin().address());

    assertRefused(callback(begin(), stolen), "login-expired" + PAGE);
  }

  @Test
  void changedCookieBeginsNoSession() {
    Begun begun = begin();
    String code = provider.logIn(begun.address());
    String[] parts = begun.cookie().split("\\.", -1);

    for (String cookie :
        List.of(
            parts[0] + '.' + parts[1] + ".AAAA",
            "tallyman-login=eyJhbGciOiJub25lIn0." + parts[1] + '.',
            "tallyman-login=" + mac(claims(begun, Duration.ofMinutes(5)), new byte[32]).serialize(),
            "tallyman-login=" + provider.signed(claims(begun, Duration.ofMinutes(5))).serialize(),
            "tallyman-login=" + mac(claims(begun, Duration.ofSeconds(-1)), key()).serialize())) {
      assertRefused(callback(new Begun(begun.address(), cookie), code), "login-expired");
    }

    String made = "tallyman-login=" + mac(claims(begun, Duration.ofMinutes(5)), key()).serialize();
    assertThat(location(callback(new Begun(begun.address(), made), code)))
        .isEqualTo("/#/tasks?status=FAILURE");
  }

  @Test
  void answerOfAnotherProviderBeginsNoSession() {
    Begun begun = begin();
    String answer =
        "?code=" + provider.logIn(begun.address()) + "&state=" + begun.state() + "&iss=";

    assertRefused(
        callback(answer + "https%3A%2F%2Felsewhere.example", begun.cookie()),
        "provider-failed" + PAGE);
    assertThat(
            location(
                callback(answer + URLEncoder.encode(provider.issuer(), UTF_8), begun.cookie())))
        .isEqualTo("/#/tasks?status=FAILURE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elsewhere.example",
        "\\\\elsewhere.example",
        "javascript:alert(1)",
        "",
        "/a\\r\\nSet-Cookie: x=1",
        "/a b",
        "/\\u5f20"
      })
  void pageElsewhereIsRefused(String page) {
    assertThat(begin("{\"page\": \"" + page.replace("\\\\", "\\\\\\\\") + "\"}").statusCode())
        .isEqualTo(422);
  }

  @Test
  void pageAfterTheLoginIsAlwaysOfThisServer() {
    Begun begun = begun(begin("{\"page\": \"//elsewhere.example/@x:y\"}"));

    assertThat(location(callback(begun, provider.logIn(begun.address()))))
        .isEqualTo("/#//elsewhere.example/@x:y");
  }

  @ParameterizedTest
  @CsvSource({
    "access_denied, login-denied",
    "server_error, provider-unavailable",
    "temporarily_unavailable, provider-unavailable",
    "invalid_scope, provider-failed"
  })
  void errorOfTheProviderLeadsToThePageThatTellsIt(String error, String problem) {
    Begun begun = begin();

    assertRefused(
        callback("?error=" + error + "&state=" + begun.state(), begun.cookie()), problem + PAGE);
  }

  @ParameterizedTest
  @CsvSource({
    "500, provider-unavailable",
    "503, provider-unavailable",
    "404, provider-failed",
    "302, provider-failed"
  })
  void failureOfTheTokenEndpointBeginsNoSession(int status, String problem) {
    provider.tokenStatus = status;
    Begun begun = begin();

    assertRefused(callback(begun, provider.logIn(begun.address())), problem + PAGE);
  }

  @Test
  void secretThatTheProviderDoesNotAcceptBeginsNoSession() {
    provider.secret = "another secret";
    Begun begun = begin();

    assertRefused(callback(begun, provider.logIn(begun.address())), "provider-failed" + PAGE);
  }

  @Test
  void newKeyOfTheProviderIsFound() {
    Begun before = begin();
    assertThat(location(callback(before, provider.logIn(before.address()))))
        .isEqualTo("/#/tasks?status=FAILURE");
    provider.key = FakeProvider.key();
    Begun after = begin();

    assertThat(location(callback(after, provider.logIn(after.address()))))
        .isEqualTo("/#/tasks?status=FAILURE");
  }

  @Test
  void userWithoutAMappedRoleIsToldToUserServiceAndRefused() {
    users.answerProblem(SESSIONS, 403, "no-role-at-provider");
    provider.claims = claims -> claims.claim("groups", Map.of("tally", List.of("admin", "others")));
    Begun begun = begin();

    assertRefused(callback(begun, provider.logIn(begun.address())), "no-role-at-provider" + PAGE);
    assertThat(users.received().getFirst().text()).contains("\"roles\":[]");
  }

  @Test
  void userWithoutAnEmailIsRefused() {
    provider.claims = claims -> claims.claim("email", null);
    Begun begun = begin();

    assertRefused(
        callback(begun, provider.logIn(begun.address())), "provider-claims-missing" + PAGE);
  }

  @ParameterizedTest
  @CsvSource({"422, invalid-fields, provider-claims-missing", "503, query-timeout, query-timeout"})
  void refusalOfUserServiceIsTold(int status, String refusal, String problem) {
    users.answerProblem(SESSIONS, status, refusal);
    Begun begun = begin();

    assertRefused(callback(begun, provider.logIn(begun.address())), problem + PAGE);
  }

  /** The provider is another site, and its answer is a link. */
  @Test
  void callbackIsALinkOfAnotherSiteAndNothingElse() {
    Begun begun = begin();
    String code = provider.logIn(begun.address());
    HttpRequest.Builder embedded =
        client
            .anonymous("/login/callback?code=" + code + "&state=" + begun.state())
            .header("Cookie", begun.cookie())
            .header("Sec-Fetch-Site", "cross-site");

    for (String[] fetch :
        new String[][] {{"no-cors", "image"}, {"navigate", "iframe"}, {"cors", "empty"}}) {
      assertThat(
              client
                  .send(
                      embedded
                          .copy()
                          .header("Sec-Fetch-Mode", fetch[0])
                          .header("Sec-Fetch-Dest", fetch[1]))
                  .statusCode())
          .isEqualTo(403);
    }
    assertThat(
            location(
                client.send(
                    embedded
                        .header("Sec-Fetch-Mode", "navigate")
                        .header("Sec-Fetch-Dest", "document"))))
        .isEqualTo("/#/tasks?status=FAILURE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://elsewhere.example", "https://app.example"})
  void pageOfAnotherOriginBeginsNoLogin(String origin) {
    assertThat(client.send(request("{}").setHeader("Origin", origin)).statusCode()).isEqualTo(403);
  }

  @Test
  void loginOverHttpsHasSecureCookiesAndComesBackToTheSameOrigin() {
    String answer = beginAt("https://tally.example");
    Matcher cookie =
        Pattern.compile("set-cookie: (__Host-tallyman-login=[^;]+);(.*)", Pattern.CASE_INSENSITIVE)
            .matcher(answer);
    assertThat(cookie.find()).as(answer).isTrue();
    Begun begun =
        new Begun(
            URI.create(answer.replaceFirst("(?s).*\"location\":\"([^\"]+)\".*", "$1")),
            cookie.group(1));

    assertThat(query(begun.address()))
        .containsEntry("redirect_uri", "https://tally.example/login/callback");
    assertThat(cookie.group(2)).contains("Secure", "HTTPOnly", "SameSite=Lax", "Max-Age=600");
    assertThat(callback(begun, provider.logIn(begun.address())).headers().allValues("Set-Cookie"))
        .anySatisfy(
            set ->
                assertThat(set)
                    .startsWith("__Host-tallyman-session=" + SESSION)
                    .contains("Secure"));
  }

  @Test
  void loginOverPlainHttpFromAnotherMachineIsRefused() {
    assertThat(beginAt("http://tally.example"))
        .startsWith("HTTP/1.1 403 ")
        .contains("problem:needs-https");
  }

  private String beginAt(String origin) {
    return client.raw(
        """
        POST %s HTTP/1.1
        Host: tally.example
        Origin: %s
        Content-Type: application/json
        Content-Length: 2
        Connection: close

        """
            .formatted(PATH, origin)
            .replace("\n", "\r\n"),
        "{}");
  }

  private Begun begin() {
    return begun(begin("{\"page\": \"/tasks?status=FAILURE\"}"));
  }

  private HttpResponse<String> begin(String body) {
    return client.send(request(body));
  }

  private HttpRequest.Builder request(String body) {
    return client
        .anonymous(PATH)
        .header("Content-Type", "application/json")
        .header("Origin", origin())
        .POST(BodyPublishers.ofString(body));
  }

  private String origin() {
    URI gateway = client.anonymous("/").build().uri();
    return "http://" + gateway.getAuthority();
  }

  private Begun begun(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try {
      JsonNode body = requireNonNull(json.readValue(answer.body(), JsonNode.class));
      return new Begun(
          URI.create(requireNonNull(body.get("location")).getStringValue()),
          answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", -1)[0]);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private HttpResponse<String> callback(Begun begun, String code) {
    return callback(
        "?code=" + code + "&state=" + begun.state() + "&session_state=x", begun.cookie());
  }

  private HttpResponse<String> callback(String query, String cookie) {
    HttpRequest.Builder request = client.anonymous("/login/callback" + query);
    return client.send(cookie.isEmpty() ? request : request.header("Cookie", cookie));
  }

  private static String location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private static void assertRefused(HttpResponse<String> answer, String problem) {
    assertThat(location(answer)).isEqualTo("/#/login?problem=" + problem);
    assertThat(answer.headers().allValues("Set-Cookie"))
        .allSatisfy(cookie -> assertThat(cookie).startsWith("tallyman-login=;"));
  }

  private JWTClaimsSet claims(Begun begun, Duration life) {
    try {
      return new JWTClaimsSet.Builder(
              SignedJWT.parse(begun.cookie().split("=", 2)[1]).getJWTClaimsSet())
          .expirationTime(Date.from(Instant.now().plus(life)))
          .build();
    } catch (ParseException failure) {
      throw new AssertionError(failure);
    }
  }

  private static SignedJWT mac(JWTClaimsSet claims, byte[] key) {
    SignedJWT signed = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    try {
      signed.sign(new MACSigner(key));
    } catch (JOSEException failure) {
      throw new AssertionError(failure);
    }
    return signed;
  }

  /** The key of the cookies, which follows from the client secret. */
  private static byte[] key() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(FakeProvider.SECRET.getBytes(UTF_8), "HmacSHA256"));
      return mac.doFinal("tallyman pending login".getBytes(UTF_8));
    } catch (GeneralSecurityException failure) {
      throw new AssertionError(failure);
    }
  }

  private static Map<String, String> query(URI address) {
    return Arrays.stream(address.getRawQuery().split("&", -1))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
  }
}
