package io.tallyman.kit.audit;

import io.micronaut.context.annotation.Requires;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes events in the current transaction, which also makes the change that the event tells of. So
 * no change is without its event, and no event is without its change. Without a transaction, the
 * event is written at once.
 *
 * <p>Needs the table {@code audit_event} in the database of the service.
 */
@Singleton
@Requires(classes = JdbcRepository.class)
public final class AuditLog {
  private final AuditRows rows;
  private final JsonMapper json;

  AuditLog(AuditRows rows, JsonMapper json) {
    this.rows = rows;
    this.json = json;
  }

  /**
   * Writes an event that the sender of the current request has caused.
   *
   * @param what a stable code
   * @param kind the kind of the object that the event is about
   * @param which the id of the object; null if there is no such object
   * @param details what belongs to the event; never a secret
   */
  public void write(String what, String kind, @Nullable Object which, Map<String, ?> details) {
    write(Sender.current(), what, kind, which, details);
  }

  /** Like the other method, for a sender whom the request does not tell. */
  public void write(
      Sender sender, String what, String kind, @Nullable Object which, Map<String, ?> details) {
    rows.add(
        sender.who(),
        sender.whoName(),
        what,
        kind,
        which == null ? null : which.toString(),
        sender.address(),
        sender.requestId(),
        written(details));
  }

  private String written(Map<String, ?> details) {
    try {
      return json.writeValueAsString(details);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
