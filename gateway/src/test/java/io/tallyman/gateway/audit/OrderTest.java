package io.tallyman.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.gateway.audit.AuditEvent.Position;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;

/** A position splits the events of all services at the same place in the order. */
final class OrderTest {
  private static final List<String> SERVICES = List.of("billing-service", "user-service");

  @RepeatedTest(20)
  void eventsAfterAPositionAreThoseThatFollowItInTheOrder() {
    Random random = new Random();
    List<AuditEvent> all =
        SERVICES.stream()
            .flatMap(service -> Stream.generate(() -> event(random, service)).limit(30))
            .distinct()
            .sorted(AuditEvent.ORDER)
            .toList();
    Position position = all.get(random.nextInt(all.size())).position();

    List<AuditEvent> after = all.stream().filter(event -> isAfter(event, position)).toList();

    List<Position> positions = all.stream().map(AuditEvent::position).toList();
    assertThat(after).isEqualTo(all.subList(positions.indexOf(position) + 1, all.size()));
  }

  /** As the services compare: by time and id. */
  private static boolean isAfter(AuditEvent event, Position position) {
    return Comparator.comparing(AuditEvent::at)
            .thenComparingLong(AuditEvent::id)
            .compare(
                event,
                new AuditEvent(
                    position.at(),
                    event.service(),
                    position.idWithin(event.service()),
                    null,
                    null,
                    "",
                    "",
                    null,
                    null,
                    null,
                    event.details()))
        < 0;
  }

  private static AuditEvent event(Random random, String service) {
    return new AuditEvent(
        Instant.EPOCH.plusSeconds(random.nextInt(3)),
        service,
        1 + random.nextInt(20),
        null,
        null,
        "",
        "",
        null,
        null,
        null,
        JsonNode.createObjectNode(Map.of()));
  }
}
