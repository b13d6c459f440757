package io.tallyman.bench.report;

import io.tallyman.bench.load.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All values of a run, in the order in which they were measured first. */
public final class Results {
  private final Map<Row, Map<String, List<Double>>> values = new LinkedHashMap<>();
  private final Map<String, Map<String, List<Double>>> cpu = new LinkedHashMap<>();
  private final Set<String> notes = new LinkedHashSet<>();

  /**
   * @param system Tallyman, or what the row compares it with
   */
  public void add(Row row, String system, double value) {
    put(values.computeIfAbsent(row, _ -> new LinkedHashMap<>()), system, value);
  }

  /** Adds the CPU time in ms that a part of a system used for each task. */
  public void addCpu(String system, String part, double millis) {
    put(cpu.computeIfAbsent(part, _ -> new LinkedHashMap<>()), system, millis);
  }

  /** Adds a sentence that is printed below the tables. */
  public void note(String sentence) {
    notes.add(sentence);
  }

  Map<Row, Map<String, Sample>> rows() {
    return samples(values);
  }

  /** By part, then by system. */
  Map<String, Map<String, Sample>> cpu() {
    return samples(cpu);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  private static void put(Map<String, List<Double>> systems, String system, double value) {
    systems.computeIfAbsent(system, _ -> new ArrayList<>()).add(value);
  }

  private static <K> Map<K, Map<String, Sample>> samples(Map<K, Map<String, List<Double>>> from) {
    Map<K, Map<String, Sample>> samples = new LinkedHashMap<>();
    from.forEach(
        (key, systems) -> {
          Map<String, Sample> ofKey = new LinkedHashMap<>();
          systems.forEach((system, list) -> ofKey.put(system, new Sample(list)));
          samples.put(key, ofKey);
        });
    return samples;
  }
}
