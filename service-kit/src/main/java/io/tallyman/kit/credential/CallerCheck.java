package io.tallyman.kit.credential;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out who calls, by the credential of the request. */
@Singleton
final class CallerCheck {
  /**
   * The largest difference between the clocks of two services: each may be an hour off, in opposite
   * directions, with half an hour to spare. So a stolen credential is of use for this long. But who
   * can steal one inside of the stack can steal the next one too, and a credential is good for one
   * called service only.
   */
  static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(150);

  private static final Pattern BEARER = Pattern.compile("[Bb]earer ([A-Za-z0-9._~+/=-]+)");

  private final Secrets secrets;
  private final String name;

  CallerCheck(Secrets secrets, @Value("${micronaut.application.name}") String name) {
    this.secrets = secrets;
    this.name = name;
  }

  /**
   * The name of the caller.
   *
   * @throws UnknownCaller if the request has not exactly one credential, or if it is not valid
   */
  String caller(HttpRequest<?> request) {
    List<String> sent = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
    if (sent.size() != 1) {
      throw new UnknownCaller("The request has no credential, or more than one.");
    }
    Matcher bearer = BEARER.matcher(sent.getFirst());
    if (!bearer.matches()) {
      throw new UnknownCaller("The credential is not a bearer token.");
    }
    String token = bearer.group(1);
    return isSecretOfMonitoring(token) ? InternalCallers.MONITORING : issuer(token);
  }

  private boolean isSecretOfMonitoring(String token) {
    byte[] secret = secrets.of(InternalCallers.MONITORING);
    return secret != null && MessageDigest.isEqual(secret, token.getBytes(StandardCharsets.UTF_8));
  }

  private String issuer(String token) {
    try {
      SignedJWT credential = SignedJWT.parse(token);
      JWTClaimsSet claims = credential.getJWTClaimsSet();
      byte[] secret = claims.getIssuer() == null ? null : secrets.of(claims.getIssuer());
      if (secret == null
          || !credential.getHeader().getAlgorithm().equals(Credentials.ALGORITHM)
          || !credential.verify(new MACVerifier(secret))) {
        throw new UnknownCaller(
            "The credential is not signed by a service that may call this one.");
      }
      if (!claims.getAudience().equals(List.of(name))) {
        throw new UnknownCaller("The credential is for another service.");
      }
      requireCurrent(claims);
      return claims.getIssuer();
    } catch (ParseException | JOSEException unreadable) {
      throw new UnknownCaller("The credential cannot be read.");
    }
  }

  private static void requireCurrent(JWTClaimsSet claims) {
    if (claims.getIssueTime() == null || claims.getExpirationTime() == null) {
      throw new UnknownCaller("The credential does not expire.");
    }
    Instant issued = claims.getIssueTime().toInstant();
    Instant expires = claims.getExpirationTime().toInstant();
    if (Duration.between(issued, expires).compareTo(Credentials.LIFE) > 0) {
      throw new UnknownCaller("The credential is valid for too long.");
    }
    Instant now = Instant.now();
    if (now.isBefore(issued.minus(CLOCK_DIFFERENCE))
        || !now.isBefore(expires.plus(CLOCK_DIFFERENCE))) {
      throw new UnknownCaller(
          "The credential is expired, or not valid yet. Compare the clocks of both services.");
    }
  }
}
