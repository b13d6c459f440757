package io.tallyman.billing.state;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TransitionTest {
  @Test
  void tableOfTransitionsIsTheStateMachine() {
    assertThat(Stream.of(Transition.values()).flatMap(TransitionTest::arrows))
        .containsExactlyInAnyOrder(
            "CLAIM: PENDING to STARTED",
            "CLAIM: RETRY to STARTED",
            "SUCCEED: STARTED to SUCCESS",
            "POSTPONE: STARTED to RETRY",
            "RELEASE: STARTED to PENDING",
            "FAIL: STARTED to FAILURE",
            "ABANDON: PENDING to FAILURE",
            "ABANDON: RETRY to FAILURE",
            "CANCEL: PENDING to REVOKED",
            "CANCEL: STARTED to REVOKED",
            "CANCEL: RETRY to REVOKED");
  }

  /** The rows in docs/architecture.md are {@code | TRANSITION | FROM, FROM | TO | when |}. */
  @Test
  void documentShowsTheTableOfTransitions() throws IOException {
    Pattern row = Pattern.compile("\\| ([A-Z]+) \\| ([A-Z, ]+) \\| ([A-Z]+) \\|.*");

    assertThat(Files.readAllLines(Path.of("../docs/architecture.md")))
        .flatExtracting(
            line -> row.matcher(line).results().flatMap(TransitionTest::arrows).toList())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Transition.values()).flatMap(TransitionTest::arrows).toList());
  }

  @Test
  void thereIsAWayOutOfEveryStatusButTheEnds() {
    Set<TaskStatus> left =
        Stream.of(Transition.values())
            .flatMap(transition -> transition.from().stream())
            .collect(toSet());

    assertThat(TaskStatus.values())
        .allSatisfy(status -> assertThat(left.contains(status)).isEqualTo(!status.ended()));
    assertThat(Arrays.stream(TaskStatus.values()).filter(TaskStatus::ended))
        .containsExactly(TaskStatus.SUCCESS, TaskStatus.FAILURE, TaskStatus.REVOKED);
  }

  private static Stream<String> arrows(MatchResult row) {
    return Stream.of(row.group(2).split(", "))
        .map(from -> row.group(1) + ": " + from + " to " + row.group(3));
  }

  private static Stream<String> arrows(Transition transition) {
    return transition.from().stream()
        .map(from -> transition + ": " + from + " to " + transition.to());
  }
}
