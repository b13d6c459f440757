package io.tallyman.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Issues access tokens and publishes its keys, as user-service does. Its clock stands still. */
public final class TokenIssuer implements AutoCloseable {
  private static final Instant NOW = Instant.parse("2031-08-05T12:00:00Z");
  private static final int LIFE_SECONDS = 600;

  private final ECKey key = newKey();
  private final HttpServer server;

  public TokenIssuer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    byte[] keys =
        new JWKSet(List.of(key.toPublicJWK()), Map.of("now", NOW.getEpochSecond()))
            .toString(true)
            .getBytes(UTF_8);
    server.createContext(
        "/auth/keys",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
          }
        });
    server.start();
  }

  /** The address that stands for the address of user-service. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The header {@code Authorization} of a user. */
  public String authorization(long user, String... roles) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID())
                .build(),
            new JWTClaimsSet.Builder()
                .issuer("urn:tallyman:issuer")
                .audience("tallyman")
                .subject(Long.toString(user))
                .claim("roles", List.of(roles))
                .claim("preferred_username", "user-" + user)
                .notBeforeTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(LIFE_SECONDS)))
                .build());
    try {
      token.sign(new ECDSASigner(key));
      return "Bearer " + token.serialize();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("of-tests").generate();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
