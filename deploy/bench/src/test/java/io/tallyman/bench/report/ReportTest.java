package io.tallyman.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ReportTest {
  private static final Row ROW = new Row("sheets", "tasks/s", "peer", "≥ 3");
  private static final Machine MACHINE =
      new Machine(2, "Linux amd64", "25", Instant.parse("2026-01-02T03:04:05Z"), 0.25);

  private final Results results = new Results();

  @Test
  void aRowHasMediansSpreadsAndTheirRatio() {
    add("Tallyman", 900, 100, 300);
    add("peer", 150, 100, 90, 80);

    assertThat(markdown())
        .contains(
            "| sheets | tasks/s | 300 (100 to 900) | peer: 95.0 (80.0 to 150) | 3.16 | ≥ 3 |");
  }

  @Test
  void withoutThePeerThereIsNoRatio() {
    add("Tallyman", 5);

    assertThat(markdown()).contains("| sheets | tasks/s | 5.00 | – | – | ≥ 3 |");
  }

  @Test
  void cpuTimesAreSummed() {
    results.addCpu("Tallyman", "gateway", 2);
    results.addCpu("peer", "web", 1);
    results.addCpu("Tallyman", "postgres", 0.5);
    results.addCpu("peer", "postgres", 0.25);

    assertThat(markdown())
        .contains("| gateway | 2.00 | – |")
        .contains("| postgres | 0.50 | 0.25 |")
        .contains("| sum | 2.50 | 1.25 |");
  }

  @Test
  void jsonHasEveryValue() {
    add("Tallyman", 900, 100, 300);
    add("peer", 150);
    results.note("A note.");

    JsonNode json = JsonMapper.shared().readTree(report().json());

    JsonNode row = json.get("rows").get(0);
    assertThat(row.get("ratio").asDouble()).isEqualTo(300 / 150.0);
    assertThat(row.get("systems").get("Tallyman").get("values").size()).isEqualTo(3);
    assertThat(row.get("systems").get("Tallyman").get("median").asDouble()).isEqualTo(300);
    assertThat(json.get("notes").get(0).asString()).isEqualTo("A note.");
    assertThat(json.get("cores").asInt()).isEqualTo(2);
  }

  private void add(String system, double... values) {
    for (double value : values) {
      results.add(ROW, system, value);
    }
  }

  private String markdown() {
    return report().markdown();
  }

  private Report report() {
    return new Report(MACHINE, "PostgreSQL and RabbitMQ", results);
  }
}
