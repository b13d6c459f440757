package io.tallyman.kit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenVerifierTest {
  private static final Instant NOW = Instant.parse("2031-08-05T12:00:00Z");
  private static final ECKey KEY = newKey("ours");
  private static final ECKey STRANGER = newKey("ours");
  private static final RSAKey RSA = newRsaKey();

  private final TokenVerifier verifier =
      new TokenVerifier(
          new IssuerKeys(
              () ->
                  new JWKSet(
                          List.of(KEY.toPublicJWK(), RSA.toPublicJWK()), Map.of("now", seconds()))
                      .toString(true),
              () -> 0));

  @Test
  void tokenTellsWhoSentItAndWhichRolesTheyHave() throws Exception {
    AccessToken token = verifier.verify(sign(UnaryOperator.identity()));

    assertThat(token.principal()).isEqualTo(new TokenPrincipal("7", Set.of("clerk", "viewer")));
    assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(600));
  }

  static Stream<Arguments> wrongClaims() {
    return Stream.of(
        claims("another issuer", claims -> claims.issuer("https://accounts.example")),
        claims("no issuer", claims -> claims.issuer(null)),
        claims("another audience", claims -> claims.audience("payroll")),
        claims("two audiences", claims -> claims.audience(List.of("tallyman", "payroll"))),
        claims("no audience", claims -> claims.audience((String) null)),
        claims("no subject", claims -> claims.subject(null)),
        claims("no roles", claims -> claims.claim(AccessToken.ROLES, null)),
        claims("roles that are no list", claims -> claims.claim(AccessToken.ROLES, "admin")),
        claims("roles that are no text", claims -> claims.claim(AccessToken.ROLES, List.of(1))),
        claims("no end", claims -> claims.expirationTime(null)),
        claims("no begin", claims -> claims.notBeforeTime(null)),
        claims("an end that is no time", claims -> claims.claim("exp", "never")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongClaims")
  void tokenWithWrongClaimsIsRefused(String name, UnaryOperator<JWTClaimsSet.Builder> change)
      throws Exception {
    assertRefused(sign(change), "was not issued by this installation");
  }

  @ParameterizedTest
  @ValueSource(longs = {-600, -11, -10})
  void tokenThatHasExpiredIsRefused(long end) throws Exception {
    assertRefused(sign(claims -> claims.expirationTime(at(end))), "has expired");
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 3600})
  void tokenThatIsNotYetValidIsRefused(long begin) throws Exception {
    assertRefused(sign(claims -> claims.notBeforeTime(at(begin))), "is not valid yet");
  }

  @Test
  void smallDifferenceOfClocksIsPermitted() throws Exception {
    assertThat(verifier.verify(sign(claims -> claims.expirationTime(at(-9))))).isNotNull();
    assertThat(verifier.verify(sign(claims -> claims.notBeforeTime(at(10))))).isNotNull();
  }

  @Test
  void tokenOfAnotherKeyOfTheSameNameIsRefused() throws Exception {
    assertForged(token(header(JWSAlgorithm.ES256), new ECDSASigner(STRANGER)));
  }

  /** The attacker takes the public key for a secret that both sides have. */
  @Test
  void publicKeyIsNoSecret() throws Exception {
    byte[] known = KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);

    assertForged(token(header(JWSAlgorithm.HS256), new MACSigner(known)));
  }

  @Test
  void otherAlgorithmsAreRefusedEvenIfThePublishedKeyFits() throws Exception {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(new JOSEObjectType(AccessToken.TYPE))
            .keyID(RSA.getKeyID())
            .build();

    assertForged(token(header, new RSASSASigner(RSA)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE"})
  void unsignedTokenIsRefused(String algorithm) {
    String header =
        "{\"alg\": \"%s\", \"typ\": \"at+jwt\", \"kid\": \"ours\"}".formatted(algorithm);
    String unsigned = Base64URL.encode(header) + "." + Base64URL.encode(claims().toString()) + ".";

    assertForged(unsigned);
    assertForged(unsigned + Base64URL.encode("signature"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "id+jwt", ""})
  void tokenOfAnotherTypeIsRefused(String type) throws Exception {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(type.isEmpty() ? null : new JOSEObjectType(type))
            .keyID("ours")
            .build();

    assertForged(token(header, new ECDSASigner(KEY)));
  }

  @Test
  void tokenThatBringsItsOwnKeyIsRefused() throws Exception {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType(AccessToken.TYPE))
            .jwk(STRANGER.toPublicJWK())
            .keyID("ours")
            .build();

    assertForged(token(header, new ECDSASigner(STRANGER)));
  }

  @Test
  void extensionThatNobodyUnderstandsIsRefused() throws Exception {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType(AccessToken.TYPE))
            .keyID("ours")
            .criticalParams(Set.of("sudo"))
            .customParam("sudo", true)
            .build();

    assertForged(token(header, new ECDSASigner(KEY)));
  }

  @Test
  void changedTokenIsRefused() throws Exception {
    String token = sign(UnaryOperator.identity());
    String[] parts = token.split("\\.", -1);
    String admin =
        new JWTClaimsSet.Builder(claims())
            .claim(AccessToken.ROLES, List.of("admin"))
            .build()
            .toString();

    assertForged(parts[0] + '.' + Base64URL.encode(admin) + '.' + parts[2]);
    assertForged(parts[0] + '.' + parts[1] + '.' + Base64URL.encode(new byte[64]));
    assertForged(parts[0] + '.' + parts[1] + '.');
    assertForged(parts[0] + '.' + parts[1]);
    assertForged(token + ".x");
    assertForged(" " + token.substring(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b.c", "null", "e30.e30.e30", "ü"})
  void whatIsNoTokenIsRefused(String text) {
    assertForged(text);
  }

  private void assertForged(String token) {
    assertRefused(token, "was not issued by this installation");
  }

  private void assertRefused(String token, String why) {
    assertThatThrownBy(() -> verifier.verify(token))
        .isInstanceOfSatisfying(
            InvalidToken.class,
            refusal -> {
              assertThat(refusal.type().slug()).isEqualTo("invalid-token");
              assertThat(refusal.headers()).containsKey("WWW-Authenticate");
            })
        .hasMessageContaining(why);
  }

  private static Arguments claims(String name, UnaryOperator<JWTClaimsSet.Builder> change) {
    return Arguments.of(name, change);
  }

  private static String sign(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
    SignedJWT token =
        new SignedJWT(
            header(JWSAlgorithm.ES256), change.apply(new JWTClaimsSet.Builder(claims())).build());
    token.sign(new ECDSASigner(KEY));
    return token.serialize();
  }

  private static String token(JWSHeader header, JWSSigner signer) throws Exception {
    SignedJWT token = new SignedJWT(header, claims());
    token.sign(signer);
    return token.serialize();
  }

  private static JWSHeader header(JWSAlgorithm algorithm) {
    return new JWSHeader.Builder(algorithm)
        .type(new JOSEObjectType(AccessToken.TYPE))
        .keyID("ours")
        .build();
  }

  private static JWTClaimsSet claims() {
    return new JWTClaimsSet.Builder()
        .issuer(AccessToken.ISSUER)
        .audience(AccessToken.AUDIENCE)
        .subject("7")
        .claim(AccessToken.ROLES, List.of("clerk", "viewer"))
        .notBeforeTime(at(0))
        .expirationTime(at(Duration.ofMinutes(10).toSeconds()))
        .build();
  }

  private static Date at(long seconds) {
    return Date.from(NOW.plusSeconds(seconds));
  }

  private static long seconds() {
    return NOW.getEpochSecond();
  }

  private static ECKey newKey(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (Exception impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static RSAKey newRsaKey() {
    try {
      return new RSAKeyGenerator(2048).keyID("rsa").generate();
    } catch (Exception impossible) {
      throw new AssertionError(impossible);
    }
  }
}
