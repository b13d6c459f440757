package io.tallyman.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.tallyman.kit.idempotency.Digest;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Proves that a script of this origin sends a change, because only such a script can read the
 * token. It follows from the session, so nothing is stored, and a planted cookie has no token.
 */
final class CsrfToken {
  static final String HEADER = "X-CSRF-Token";

  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private CsrfToken() {}

  static String of(String session) {
    return Digest.of(("csrf " + session).getBytes(UTF_8)).sha256();
  }

  /**
   * @throws CsrfTokenMissing if the request changes something and does not have the token of its
   *     session
   */
  static void require(HttpRequest<?> request, String session) {
    @Nullable String sent = request.getHeaders().get(HEADER);
    if (!SAFE.contains(request.getMethod())
        && (sent == null
            || !MessageDigest.isEqual(of(session).getBytes(UTF_8), sent.getBytes(UTF_8)))) {
      throw new CsrfTokenMissing();
    }
  }
}
