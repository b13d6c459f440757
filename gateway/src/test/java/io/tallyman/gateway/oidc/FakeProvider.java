package io.tallyman.gateway.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tallyman.testkit.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * An OpenID provider of the tests. It checks what it is sent as a real one does: the client, the
 * callback, the verifier, and that a code is used once. A test can have it issue bad tokens.
 */
final class FakeProvider {
  static final String CLIENT = "tallyman";
  static final String SECRET = "the secret: of the client";

  private final HttpServer server;
  private final Map<String, Map<String, List<String>>> logins = new ConcurrentHashMap<>();

  RSAKey key = key();
  UnaryOperator<JWTClaimsSet.Builder> claims = UnaryOperator.identity();
  Function<JWTClaimsSet, JWT> signature = this::signed;
  int tokenStatus = 200;
  String secret = SECRET;

  /**
   * @param authority issues its certificate
   */
  FakeProvider(TestAuthority authority) {
    try {
      HttpsServer secure =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
      secure.setHttpsConfigurator(
          new HttpsConfigurator(authority.issue("provider", "127.0.0.1").context()));
      // A handshake blocks its thread, and would block all other connections without an executor.
      secure.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server = secure;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/.well-known/openid-configuration", exchange -> answer(exchange, 200, metadata()));
    server.createContext(
        "/keys", exchange -> answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
    server.createContext("/token", this::token);
    server.start();
  }

  String issuer() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  void stop() {
    server.stop(0);
  }

  /** Everything is as it should be again. */
  void reset() {
    claims = UnaryOperator.identity();
    signature = this::signed;
    tokenStatus = 200;
    secret = SECRET;
    logins.clear();
  }

  /** A user logs in. Returns the code that the provider sends to the callback. */
  String logIn(URI address) {
    String code = UUID.randomUUID().toString();
    logins.put(code, URLUtils.parseParameters(address.getRawQuery()));
    return code;
  }

  static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  SignedJWT signed(JWTClaimsSet token) {
    return signed(token, key);
  }

  static SignedJWT signed(JWTClaimsSet token, RSAKey key) {
    SignedJWT signed =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), token);
    try {
      signed.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return signed;
  }

  private String metadata() {
    return """
    {"issuer": "%1$s", "authorization_endpoint": "%1$s/login", "token_endpoint": "%1$s/token",
     "jwks_uri": "%1$s/keys", "subject_types_supported": ["public"],
     "response_types_supported": ["code"], "id_token_signing_alg_values_supported": ["RS256"]}
    """
        .formatted(issuer());
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, List<String>> sent =
        URLUtils.parseParameters(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    if (tokenStatus != 200) {
      answer(exchange, tokenStatus, "{}");
      return;
    }
    if (!isTheClient(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, 401, "{\"error\": \"invalid_client\"}");
      return;
    }
    Map<String, List<String>> begun = logins.remove(first(sent, "code"));
    if (begun == null
        || !first(begun, "redirect_uri").equals(first(sent, "redirect_uri"))
        || !first(begun, "code_challenge")
            .equals(
                CodeChallenge.compute(
                        CodeChallengeMethod.S256, new CodeVerifier(first(sent, "code_verifier")))
                    .getValue())) {
      answer(exchange, 400, "{\"error\": \"invalid_grant\"}");
      return;
    }
    Instant now = Instant.now();
    JWTClaimsSet.Builder token =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .audience(CLIENT)
            .subject("a-subject")
            .claim("nonce", first(begun, "nonce"))
            .claim("preferred_username", "ada.okafor")
            .claim("name", "Ada Okafor")
            .claim("email", "ada@example.org")
            .claim("groups", Map.of("tally", List.of("bosses", "unknown")))
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(300)));
    answer(
        exchange,
        200,
        """
        {"access_token": "of-no-use", "token_type": "Bearer", "id_token": "%s"}
        """
            .formatted(signature.apply(claims.apply(token).build()).serialize()));
  }

  private static String first(Map<String, List<String>> parameters, String name) {
    return requireNonNull(parameters.get(name)).getFirst();
  }

  private boolean isTheClient(String authorization) {
    String[] sent =
        new String(Base64.getDecoder().decode(authorization.substring("Basic ".length())), UTF_8)
            .split(":", 2);
    return sent[0].equals(CLIENT) && URLDecoder.decode(sent[1], UTF_8).equals(secret);
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    try (exchange) {
      byte[] body = json.getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
