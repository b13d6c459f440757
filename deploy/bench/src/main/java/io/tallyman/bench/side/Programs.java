package io.tallyman.bench.side;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The running programs of one side, by their names, in the order of their starts. */
final class Programs {
  private final Map<String, Program> running = new LinkedHashMap<>();

  void add(Program program) {
    running.put(program.name(), program);
  }

  boolean has(String name) {
    return running.containsKey(name);
  }

  @Nullable Program find(String name) {
    return running.get(name);
  }

  List<String> names() {
    return List.copyOf(running.keySet());
  }

  /** Does nothing if the program does not run. */
  void stop(String name) {
    Program program = running.remove(name);
    if (program != null) {
      program.stop();
    }
  }

  /** The last one that was started stops first. */
  void stopAll() {
    List<Program> all = new ArrayList<>(running.values());
    running.clear();
    all.reversed().forEach(Program::stop);
  }

  Map<String, ProcessHandle> processes() {
    Map<String, ProcessHandle> processes = new LinkedHashMap<>();
    running.forEach((name, program) -> processes.put(name, program.process().toHandle()));
    return processes;
  }
}
