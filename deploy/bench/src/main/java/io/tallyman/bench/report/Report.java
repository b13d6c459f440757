package io.tallyman.bench.report;

import io.tallyman.bench.load.Sample;
import io.tallyman.bench.side.Peer;
import io.tallyman.bench.side.Tallyman;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run as Markdown and as JSON. Each value is a median, with the smallest and the largest value.
 */
public record Report(Machine machine, String backing, Results results) {
  private static final JsonMapper JSON = JsonMapper.shared();

  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("%s. On %s.%n%n".formatted(machine.describe(), backing));
    text.append("| work | unit | Tallyman | compared with | ratio | wanted |%n".formatted());
    text.append("|---|---|---|---|---|---|%n".formatted());
    results.rows().forEach((row, systems) -> text.append(line(row, systems)));
    if (!results.cpu().isEmpty()) {
      text.append("%n| CPU time of one 10-row sheet, in ms | Tallyman | peer |%n".formatted());
      text.append("|---|---|---|%n".formatted());
      results.cpu().forEach((part, systems) -> text.append(cpuLine(part, systems)));
      text.append(cpuSum());
    }
    if (!results.notes().isEmpty()) {
      text.append("%n".formatted());
      results.notes().forEach(note -> text.append("- %s%n".formatted(note)));
    }
    return text.toString();
  }

  public String json() {
    List<Map<String, Object>> rows = new ArrayList<>();
    results.rows().forEach((row, systems) -> rows.add(rowJson(row, systems)));
    Map<String, Object> cpu = new LinkedHashMap<>();
    results.cpu().forEach((part, systems) -> cpu.put(part, samplesJson(systems)));
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("cores", machine.cores());
    report.put("system", machine.system());
    report.put("java", machine.java());
    report.put("time", machine.time().toString());
    report.put("load", machine.load());
    report.put("backing", backing);
    report.put("rows", rows);
    report.put("cpu_ms_per_task", cpu);
    report.put("notes", results.notes());
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
  }

  private static String line(Row row, Map<String, Sample> systems) {
    Sample compared = systems.get(row.compared());
    Double ratio = ratio(row, systems);
    return "| %s | %s | %s | %s | %s | %s |%n"
        .formatted(
            row.work(),
            row.unit(),
            cell(systems.get(Tallyman.NAME)),
            compared == null ? "–" : row.compared() + ": " + cell(compared),
            ratio == null ? "–" : "%.2f".formatted(ratio),
            row.wanted().isEmpty() ? "–" : row.wanted());
  }

  private static String cpuLine(String part, Map<String, Sample> systems) {
    return "| %s | %s | %s |%n"
        .formatted(part, cell(systems.get(Tallyman.NAME)), cell(systems.get(Peer.NAME)));
  }

  private String cpuSum() {
    return "| sum | %s | %s |%n".formatted(cpuSum(Tallyman.NAME), cpuSum(Peer.NAME));
  }

  /** Of the medians. */
  private String cpuSum(String system) {
    double sum =
        results.cpu().values().stream()
            .map(systems -> systems.get(system))
            .mapToDouble(sample -> sample == null ? 0 : sample.median())
            .sum();
    return sum == 0 ? "–" : number(sum);
  }

  private static @Nullable Double ratio(Row row, Map<String, Sample> systems) {
    Sample tallyman = systems.get(Tallyman.NAME);
    Sample compared = systems.get(row.compared());
    return tallyman == null || compared == null ? null : tallyman.median() / compared.median();
  }

  private static String cell(@Nullable Sample sample) {
    if (sample == null) {
      return "–";
    }
    return sample.values().size() == 1
        ? number(sample.median())
        : "%s (%s to %s)"
            .formatted(number(sample.median()), number(sample.min()), number(sample.max()));
  }

  private static String number(double value) {
    String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  private static Map<String, Object> rowJson(Row row, Map<String, Sample> systems) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("work", row.work());
    json.put("unit", row.unit());
    json.put("compared_with", row.compared());
    json.put("systems", samplesJson(systems));
    json.put("ratio", ratio(row, systems));
    json.put("wanted", row.wanted());
    return json;
  }

  private static Map<String, Object> samplesJson(Map<String, Sample> systems) {
    Map<String, Object> json = new LinkedHashMap<>();
    systems.forEach(
        (system, sample) ->
            json.put(
                system,
                Map.of(
                    "median", sample.median(),
                    "min", sample.min(),
                    "max", sample.max(),
                    "values", sample.values())));
    return json;
  }
}
