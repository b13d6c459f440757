package io.tallyman.gateway.audit;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.upstream.Services;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of one service, the newest first. If it rejects a request, its problem is thrown. */
interface AuditSource {
  /**
   * @param before with {@code beforeId}: only events after this place in the list
   * @param count the maximum number of events, at most 1000
   */
  @Get("/audit-events")
  Events list(
      @Nullable @QueryValue String who,
      @Nullable @QueryValue String what,
      @Nullable @QueryValue String which,
      @Nullable @QueryValue String from,
      @Nullable @QueryValue String to,
      @Nullable @QueryValue Instant before,
      @Nullable @QueryValue("before_id") Long beforeId,
      @QueryValue int count);

  @Client(id = Services.USER)
  interface OfUsers extends AuditSource {}

  @Client(id = Services.BILLING)
  interface OfBillings extends AuditSource {}

  @Serdeable
  record Events(List<Event> data) {}

  /** See {@link AuditEvent}. */
  @Serdeable
  record Event(
      long id,
      Instant at,
      @Nullable Long who,
      @Nullable String whoName,
      String what,
      String kind,
      @Nullable String which,
      @Nullable String address,
      @Nullable String requestId,
      JsonNode details) {
    AuditEvent of(String service) {
      return new AuditEvent(
          at, service, id, who, whoName, what, kind, which, address, requestId, details);
    }
  }
}
