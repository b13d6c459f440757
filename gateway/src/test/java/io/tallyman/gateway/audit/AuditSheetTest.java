package io.tallyman.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class AuditSheetTest {
  private static final Instant TIME = Instant.parse("2031-01-02T03:04:05.000001Z");
  private static final String SERVICE = "user-service";

  private final List<Integer> counts = new ArrayList<>();

  @Test
  void everyEventIsWrittenOnce() throws IOException {
    try (InputStream sheet = sheet(2_500, Long.MAX_VALUE)) {
      assertThat(ids(sheet))
          .isEqualTo(LongStream.rangeClosed(1, 2_500).boxed().toList().reversed());
    }
    assertThat(counts).containsExactly(1_000, 1_000, 1_000);
  }

  @Test
  void sheetEndsAtItsMostRows() throws IOException {
    try (InputStream sheet = sheet(2L * AuditSheet.MOST_ROWS, Long.MAX_VALUE)) {
      assertThat(ids(sheet)).hasSize(AuditSheet.MOST_ROWS);
    }
  }

  /** A part of a sheet must not look like the whole. */
  @Test
  void readingFailsIfAServiceFailsInTheMiddle() throws IOException {
    try (InputStream sheet = sheet(2_500, 2)) {
      assertThatThrownBy(sheet::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void sheetThatCannotBeginFailsAtOnce() {
    assertThatThrownBy(() -> sheet(2_500, 1)).isInstanceOf(IllegalStateException.class);
  }

  /** Events with falling ids; the page with this number fails. */
  private InputStream sheet(long events, long failing) {
    return new AuditSheet(
        (after, count) -> {
          counts.add(count);
          if (counts.size() == failing) {
            throw new IllegalStateException("away");
          }
          long first = after == null ? events : after.id() - 1;
          return LongStream.iterate(first, id -> id > 0, id -> id - 1)
              .limit(count)
              .mapToObj(AuditSheetTest::event)
              .toList();
        },
        new CsvLine(JsonMapper.createDefault()),
        null,
        PropagatedContext.getOrEmpty());
  }

  private static List<Long> ids(InputStream sheet) throws IOException {
    return new String(sheet.readAllBytes(), UTF_8)
        .lines()
        .skip(1)
        .map(line -> Long.valueOf(line.split(",", -1)[2]))
        .toList();
  }

  private static AuditEvent event(long id) {
    return new AuditEvent(
        TIME,
        SERVICE,
        id,
        null,
        null,
        "a",
        "b",
        null,
        null,
        null,
        JsonNode.createObjectNode(Map.of()));
  }
}
