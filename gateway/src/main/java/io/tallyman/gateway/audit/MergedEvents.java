package io.tallyman.gateway.audit;

import io.tallyman.gateway.audit.AuditEvent.Position;
import io.tallyman.gateway.upstream.Services;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the events of all services as one list. If a service is away, there is no list. */
@Singleton
final class MergedEvents {
  private final Map<String, AuditSource> sources;

  MergedEvents(AuditSource.OfUsers ofUsers, AuditSource.OfBillings ofBillings) {
    this.sources = Map.of(Services.USER, ofUsers, Services.BILLING, ofBillings);
  }

  /**
   * The first events after a place, in the order of the list.
   *
   * @param after null for the beginning of the list
   * @param count at most 1000
   */
  List<AuditEvent> after(@Nullable Position after, AuditFilter filter, int count) {
    return sources.entrySet().stream()
        .flatMap(source -> read(source.getKey(), source.getValue(), after, filter, count))
        .sorted(AuditEvent.ORDER)
        .limit(count)
        .toList();
  }

  private static Stream<AuditEvent> read(
      String service, AuditSource source, @Nullable Position after, AuditFilter filter, int count) {
    return source
        .list(
            filter.who(),
            filter.what(),
            filter.which(),
            filter.from(),
            filter.to(),
            after == null ? null : after.at(),
            after == null ? null : after.idWithin(service),
            count)
        .data()
        .stream()
        .map(event -> event.of(service));
  }
}
