package io.tallyman.gateway.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.tallyman.gateway.request.HostCookie;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps a pending login in the browser, so that every gateway can end it. The cookie is signed with
 * a key that follows from the client secret, which all gateways have.
 */
@Singleton
final class LoginCookie {
  static final Duration LIFE = Duration.ofMinutes(10);

  private static final HostCookie COOKIE = new HostCookie("tallyman-login");
  private static final String PURPOSE = "tallyman pending login";
  private static final String MAC = "HmacSHA256";
  private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.HS256;

  private final OpenIdConfiguration configuration;

  LoginCookie(OpenIdConfiguration configuration) {
    this.configuration = configuration;
  }

  /** The browser sends it with the callback, which is a link of another site. */
  Cookie of(PendingLogin login) {
    return COOKIE.of(written(login), login.isSecure()).maxAge(LIFE);
  }

  /** The login that a browser has begun; empty if there is none, or if it has expired. */
  Optional<PendingLogin> read(HttpRequest<?> request) {
    return COOKIE.find(request).map(Cookie::getValue).flatMap(this::read);
  }

  /** Has the browser forget the cookie that the request has, because it serves once. */
  static Optional<Cookie> removed(HttpRequest<?> request) {
    return COOKIE.find(request).map(HostCookie::removed);
  }

  private String written(PendingLogin login) {
    SignedJWT cookie =
        new SignedJWT(
            new JWSHeader(ALGORITHM),
            new JWTClaimsSet.Builder()
                .issuer(PURPOSE)
                .claim("state", login.state().getValue())
                .claim("nonce", login.nonce().getValue())
                .claim("verifier", login.verifier().getValue())
                .claim("callback", login.callback().toString())
                .claim("page", login.page())
                .expirationTime(Date.from(Instant.now().plus(LIFE)))
                .build());
    try {
      cookie.sign(new MACSigner(key()));
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
    return cookie.serialize();
  }

  private Optional<PendingLogin> read(String cookie) {
    try {
      SignedJWT signed = SignedJWT.parse(cookie);
      JWTClaimsSet claims = signed.getJWTClaimsSet();
      boolean isValid =
          signed.getHeader().getAlgorithm().equals(ALGORITHM)
              && signed.verify(new MACVerifier(key()))
              && PURPOSE.equals(claims.getIssuer())
              && claims.getExpirationTime().toInstant().isAfter(Instant.now());
      return isValid
          ? Optional.of(
              new PendingLogin(
                  new State(claims.getStringClaim("state")),
                  new Nonce(claims.getStringClaim("nonce")),
                  new CodeVerifier(claims.getStringClaim("verifier")),
                  URI.create(claims.getStringClaim("callback")),
                  claims.getStringClaim("page")))
          : Optional.empty();
    } catch (ParseException | JOSEException unreadable) {
      return Optional.empty();
    }
  }

  private byte[] key() {
    byte[] secret = Objects.requireNonNull(configuration.clientSecret()).getBytes(UTF_8);
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret, MAC));
      return mac.doFinal(PURPOSE.getBytes(UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
