package io.tallyman.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tallyman.testing.TallymanStack;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens of an admin that are wrong in one way each. They are signed with the key of user-service,
 * so only the fault itself can be the reason for a refusal.
 */
final class ForgedTokens {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final ECGenParameterSpec CURVE = new ECGenParameterSpec("secp256r1");

  private final ObjectNode header;
  private final ObjectNode claims;
  private final ObjectNode jwk;
  private final PrivateKey key;
  private final String token;

  ForgedTokens(TallymanStack stack) throws GeneralSecurityException, SQLException {
    this.token = stack.token("admin");
    String[] parts = token.split("\\.", -1);
    this.header = decoded(parts[0]);
    this.claims = decoded(parts[1]);
    this.jwk = jwk(stack, header.get("kid").asString());
    this.key = key(jwk);
  }

  /** The tokens by what is wrong with them. */
  Map<String, String> all() throws GeneralSecurityException {
    long now = claims.get("iat").asLong();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(CURVE);
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("expired token", signed(header, claims.deepCopy().put("exp", now - 60), key));
    tokens.put(
        "token of tomorrow", signed(header, claims.deepCopy().put("nbf", now + 86_400), key));
    tokens.put("other audience", signed(header, claims.deepCopy().put("aud", "other"), key));
    tokens.put("other issuer", signed(header, claims.deepCopy().put("iss", "other"), key));
    tokens.put("other key", signed(header, claims, generator.generateKeyPair().getPrivate()));
    tokens.put("ID token", signed(header.deepCopy().put("typ", "JWT"), claims, key));
    tokens.put(
        "no signature",
        encoded(header.deepCopy().put("alg", "none")) + "." + encoded(claims) + ".");
    String signature = token.substring(token.lastIndexOf('.') + 1);
    tokens.put("signature is cut off", token.substring(0, token.length() - signature.length()));
    tokens.put(
        "signature of other claims",
        encoded(header) + "." + encoded(claims.deepCopy().put("sub", "999999")) + "." + signature);
    tokens.put("published key as a secret", signedWithThePublishedKey());
    return tokens;
  }

  /** The token as user-service would sign it, which shows that the key is the right one. */
  String valid() throws GeneralSecurityException {
    return signed(header, claims, key);
  }

  /** A library that believes the header takes the published key for a secret. */
  private String signedWithThePublishedKey() throws GeneralSecurityException {
    ObjectNode published = jwk.deepCopy();
    published.remove("d");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(JSON.writeValueAsBytes(published), "HmacSHA256"));
    String content = encoded(header.deepCopy().put("alg", "HS256")) + "." + encoded(claims);
    return content + "." + base64(mac.doFinal(content.getBytes(UTF_8)));
  }

  private static String signed(JsonNode header, JsonNode claims, PrivateKey key)
      throws GeneralSecurityException {
    String content = encoded(header) + "." + encoded(claims);
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(key);
    signature.update(content.getBytes(UTF_8));
    return content + "." + base64(signature.sign());
  }

  private static PrivateKey key(JsonNode jwk) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(CURVE);
    BigInteger number = new BigInteger(1, Base64.getUrlDecoder().decode(jwk.get("d").asString()));
    return KeyFactory.getInstance("EC")
        .generatePrivate(
            new ECPrivateKeySpec(number, curve.getParameterSpec(ECParameterSpec.class)));
  }

  private static ObjectNode jwk(TallymanStack stack, String id) throws SQLException {
    try (Connection users = DriverManager.getConnection(stack.jdbcUrl("users"));
        Statement statement = users.createStatement();
        ResultSet keys = statement.executeQuery("SELECT jwk FROM signing_key")) {
      while (keys.next()) {
        ObjectNode jwk = JSON.readTree(keys.getString(1)).asObject();
        if (jwk.get("kid").asString().equals(id)) {
          return jwk;
        }
      }
      throw new IllegalStateException("user-service has no key " + id);
    }
  }

  private static ObjectNode decoded(String part) {
    return JSON.readTree(Base64.getUrlDecoder().decode(part)).asObject();
  }

  private static String encoded(JsonNode json) {
    return base64(JSON.writeValueAsBytes(json));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
