package io.tallyman.gateway.access;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.tallyman.gateway.FakeService;
import io.tallyman.kit.security.AccessToken;
import java.util.Map;

/** Those who try to use the routes. */
enum Sender {
  NOBODY(""),
  EXPIRED(bearer(of("admin").expirationTime(Tokens.in(-11)))),
  NOT_YET_VALID(bearer(of("admin").notBeforeTime(Tokens.in(100)))),
  OTHER_AUDIENCE(bearer(of("admin").audience("another"))),
  OTHER_ISSUER(bearer(of("admin").issuer("https://issuer.example"))),
  OTHER_SIGNATURE(bearer(Tokens.of("shared").issue("3", 600, "admin"))),
  NO_SIGNATURE(bearer(unsigned())),
  ID_TOKEN(bearer(Tokens.SHARED.sign("JWT", of("admin").build()))),
  WITHOUT_ROLES(bearer(of()), "none"),
  VIEWER(bearer(of("viewer")), "viewer"),
  CLERK(bearer(of("clerk")), "clerk"),
  ADMIN(bearer(of("admin")), "admin"),
  KEY_OF_A_VIEWER(bearer("tally_" + "v".repeat(43)), "viewer"),
  REVOKED_KEY(bearer("tally_" + "r".repeat(43))),
  ADMIN_WITHOUT_CSRF_TOKEN("Cookie: tallyman-session=" + "s".repeat(64), "admin");

  private final String header;
  private final String role;

  Sender(String header) {
    this(header, "");
  }

  /**
   * @param header a header line; empty if there is none
   * @param role of a sender that is known; empty if it is not
   */
  Sender(String header, String role) {
    this.header = header;
    this.role = role;
  }

  Map<String, String> headers() {
    String[] parts = header.split(": ", 2);
    return header.isEmpty() ? Map.of() : Map.of(parts[0], parts[1]);
  }

  /** Has user-service answer what it knows about the sender's key and session. */
  void introduce(FakeService users) {
    if (this == REVOKED_KEY) {
      users.answerProblem("POST /auth/key-tokens", 401, "invalid-token");
    } else {
      users.answer("POST /auth/key-tokens", _ -> exchanged("viewer"));
    }
    users.answer("POST /auth/session-tokens", _ -> exchanged("admin"));
  }

  private static String exchanged(String role) {
    return "{\"access_token\": \"%s\"}".formatted(Tokens.SHARED.issue("3", 50, role));
  }

  /** The status with which a route refuses the sender; 0 if it does not. */
  int refusal(DocumentedRoute route, Access access) {
    if (this == ADMIN_WITHOUT_CSRF_TOKEN && route.changesSomething()) {
      return access != Access.PUBLIC || endsTheSession(route) ? 403 : 0;
    }
    if (access == Access.PUBLIC) {
      return 0;
    }
    if (role.isEmpty()) {
      return 401;
    }
    if (this == KEY_OF_A_VIEWER && access == Access.LOGGED_IN) {
      return 403;
    }
    return access.roles().isEmpty() || access.roles().contains(role) ? 0 : 403;
  }

  private static boolean endsTheSession(DocumentedRoute route) {
    return route.name().equals("DELETE /api/v1/auth/session");
  }

  private static String bearer(JWTClaimsSet.Builder claims) {
    return bearer(Tokens.SHARED.sign(AccessToken.TYPE, claims.build()));
  }

  private static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  private static JWTClaimsSet.Builder of(String... roles) {
    return Tokens.SHARED.claims("3", 600, roles);
  }

  private static String unsigned() {
    return new PlainJWT(
            new PlainHeader.Builder().type(new JOSEObjectType(AccessToken.TYPE)).build(),
            of("admin").build())
        .serialize();
  }
}
