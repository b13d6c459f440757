package io.tallyman.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tallyman.gateway.audit.AuditEvent.Position;
import io.tallyman.kit.idempotency.Digest;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * Writes places in the list as text. The text is bound to the filters of the list. It is not
 * signed, unlike other cursors: whoever may read the list may begin at any place, so a made-up
 * cursor shows nothing else.
 */
final class AuditCursor {
  private static final String SEPARATOR = " ";
  private static final int PARTS = 4;

  private AuditCursor() {}

  static String write(Position position, AuditFilter filter) {
    String text =
        String.join(
            SEPARATOR,
            position.at().toString(),
            position.service(),
            Long.toString(position.id()),
            digest(filter));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /**
   * @throws InvalidFields if it was not written for this filter
   */
  static Position read(String cursor, AuditFilter filter) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split(SEPARATOR, -1);
      if (parts.length == PARTS && parts[3].equals(digest(filter))) {
        return new Position(Instant.parse(parts[0]), parts[1], Long.parseLong(parts[2]));
      }
      throw refused();
    } catch (IllegalArgumentException | DateTimeException damaged) {
      throw refused();
    }
  }

  private static String digest(AuditFilter filter) {
    return Digest.of(filter.toString().getBytes(UTF_8)).sha256();
  }

  private static InvalidFields refused() {
    return new InvalidFields(
        List.of(
            new FieldError(
                "?cursor",
                "is damaged, or from a list with other filters; begin again without it")));
  }
}
