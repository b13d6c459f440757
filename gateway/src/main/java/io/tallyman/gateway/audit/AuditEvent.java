package io.tallyman.gateway.audit;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * An event of the audit log.
 *
 * @param service the service that wrote it
 * @param id unique within the service
 * @param who the id of the user who did it; null if nobody proved who it was
 * @param username the username at that time; null if it is unknown
 * @param what a stable code
 * @param kind the kind of the object, such as {@code user}
 * @param which the id of the object; null if there is none
 * @param details a JSON object
 */
@Serdeable
record AuditEvent(
    Instant at,
    String service,
    long id,
    @Nullable Long who,
    @Nullable String username,
    String what,
    String kind,
    @Nullable String which,
    @Nullable String address,
    @Nullable String requestId,
    JsonNode details) {
  /** The newest first. Events of the same time are in the order of their services and ids. */
  static final Comparator<AuditEvent> ORDER =
      Comparator.comparing(AuditEvent::at)
          .reversed()
          .thenComparing(AuditEvent::service)
          .thenComparing(Comparator.comparingLong(AuditEvent::id).reversed());

  Position position() {
    return new Position(at, service, id);
  }

  /** A place in the order of all events, which is that of an event. */
  record Position(Instant at, String service, long id) {
    /**
     * For the events of a service after this place: only those of this time that have a smaller id
     * come after it.
     */
    long idWithin(String other) {
      int order = other.compareTo(service);
      if (order == 0) {
        return id;
      }
      return order < 0 ? 0 : Long.MAX_VALUE;
    }
  }
}
