package io.tallyman.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.e2e.OwnStack;
import io.tallyman.testing.TallymanStack;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Memory and errors of the processes of a stack. */
record Wear(TallymanStack stack) {
  private static final Pattern STARTED = Pattern.compile("Startup completed in ");
  private static final Pattern FAULT =
      Pattern.compile("(?m)^\\S+ ERROR .*(\\R(?!\\S+ [A-Z]+ ).*){0,40}");
  private static final Pattern MOST_MEMORY = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  /** The memory limit of a container. A JVM outside of containers must not exceed it either. */
  private static final int MEGABYTES = 512;

  /** Checks that no process ended or ran out of memory, and that no attempt was superseded. */
  void assertHarmless() {
    for (String part : services()) {
      String log = stack.log(part);
      assertThat(STARTED.matcher(log).results().count()).as("starts of %s", part).isOne();
      assertThat(log)
          .as("log of %s", part)
          .doesNotContain("OutOfMemoryError", "superseded, or the task", "stopping and deleting");
    }
    assertThat(memory().values()).allSatisfy(most -> assertThat(most).isLessThan(MEGABYTES));
  }

  /** The peak memory of each service by name, in megabytes. */
  Map<String, Integer> memory() {
    return services().stream()
        .collect(Collectors.toMap(Function.identity(), this::memory, Math::max, TreeMap::new));
  }

  /** The errors in the logs of the services, with the lines that follow. */
  List<String> faults() {
    return services().stream()
        .flatMap(part -> FAULT.matcher(stack.log(part)).results())
        .map(MatchResult::group)
        .toList();
  }

  private int memory(String part) {
    Matcher most = MOST_MEMORY.matcher(OwnStack.processStatus(stack, part));
    return most.find() ? Integer.parseInt(most.group(1)) / 1024 : 0;
  }

  private List<String> services() {
    return stack.parts().stream()
        .filter(part -> !part.equals("postgres") && !part.equals("rabbitmq"))
        .toList();
  }
}
