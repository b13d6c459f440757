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
  private final PrivateKey key;

  ForgedTokens(TallymanStack stack) throws GeneralSecurityException, SQLException {
    String[] parts = stack.token("admin").split("\\.", -1);
    this.header = decoded(parts[0]);
    this.claims = decoded(parts[1]);
    this.key = key(stack, header.get("kid").asString());
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
    return tokens;
  }

  /** The token as user-service would sign it, which shows that the key is the right one. */
  String valid() throws GeneralSecurityException {
    return signed(header, claims, key);
  }

  private static String signed(JsonNode header, JsonNode claims, PrivateKey key)
      throws GeneralSecurityException {
    String content = encoded(header) + "." + encoded(claims);
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(key);
    signature.update(content.getBytes(UTF_8));
    return content + "." + base64(signature.sign());
  }

  private static PrivateKey key(TallymanStack stack, String id)
      throws GeneralSecurityException, SQLException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(CURVE);
    BigInteger number = new BigInteger(1, Base64.getUrlDecoder().decode(secret(stack, id)));
    return KeyFactory.getInstance("EC")
        .generatePrivate(
            new ECPrivateKeySpec(number, curve.getParameterSpec(ECParameterSpec.class)));
  }

  private static String secret(TallymanStack stack, String id) throws SQLException {
    try (Connection users = DriverManager.getConnection(stack.jdbcUrl("users"));
        Statement statement = users.createStatement();
        ResultSet keys = statement.executeQuery("SELECT jwk FROM signing_key")) {
      while (keys.next()) {
        JsonNode jwk = JSON.readTree(keys.getString(1));
        if (jwk.get("kid").asString().equals(id)) {
          return jwk.get("d").asString();
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
