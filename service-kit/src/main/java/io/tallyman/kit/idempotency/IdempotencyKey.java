package io.tallyman.kit.idempotency;

import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The key with which a client may repeat a POST without creating a second thing
 * (draft-ietf-httpapi-idempotency-key-header).
 */
public final class IdempotencyKey {
  public static final String HEADER = "Idempotency-Key";

  /** The header of an answer that is the kept answer to an earlier request with the same key. */
  public static final String REPLAYED = "Idempotent-Replayed";

  private static final Pattern SANE = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private IdempotencyKey() {}

  /**
   * @return empty if the request has none
   * @throws BadIdempotencyKey if it is not 1 to 255 visible ASCII characters
   */
  static Optional<String> of(HttpRequest<?> request) {
    Optional<String> key = request.getHeaders().findFirst(HEADER);
    key.ifPresent(
        sent -> {
          if (!SANE.matcher(sent).matches()) {
            throw new BadIdempotencyKey();
          }
        });
    return key;
  }
}
