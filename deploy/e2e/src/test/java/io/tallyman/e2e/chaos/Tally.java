package io.tallyman.e2e.chaos;

import io.tallyman.e2e.chaos.Ledger.Entry;
import io.tallyman.e2e.chaos.Storm.Strike;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The numbers and the faults that an audit finds. Not thread-safe. */
final class Tally {
  private final Map<String, Integer> ends = new TreeMap<>();
  private final Map<String, Integer> revokedFrom = new TreeMap<>();
  private final Map<String, Integer> setbacks = new TreeMap<>();
  private final Map<String, Instant> successes = new HashMap<>();
  private int attempts;
  private int mostAttempts;
  final List<String> lost = new ArrayList<>();
  final List<String> doubled = new ArrayList<>();
  final List<String> wrong = new ArrayList<>();

  void ended(String status, int attempt) {
    ends.merge(status, 1, Integer::sum);
    attempts += attempt;
    mostAttempts = Math.max(mostAttempts, attempt);
  }

  void succeeded(Entry entry, Instant at) {
    successes.put(entry.id, at);
  }

  boolean hasSucceeded(Entry entry) {
    return successes.containsKey(entry.id);
  }

  void revokedFrom(String status) {
    revokedFrom.merge(status, 1, Integer::sum);
  }

  void setBack(List<String> reasons) {
    reasons.forEach(reason -> setbacks.merge(reason, 1, Integer::sum));
  }

  String report(Scale scale, Ledger ledger, List<Strike> strikes) {
    Map<Fault, Long> faults =
        strikes.stream()
            .collect(Collectors.groupingBy(Strike::fault, TreeMap::new, Collectors.counting()));
    return """
    seed %d: %d tasks accepted, ended %s, lost %d, double effects %d, otherwise wrong %d
    revoked from %s; attempts %d, most of one task %d; set back by %s
    requests answered %s; of these with an answer that was given before: %d
    faults %s; longest from the end of one to the next success: %s
    """
        .formatted(
            scale.seed(),
            ledger.entries().size(),
            ends,
            lost.size(),
            doubled.size(),
            wrong.size(),
            revokedFrom,
            attempts,
            mostAttempts,
            setbacks,
            new TreeMap<>(ledger.answers()),
            ledger.replays(),
            faults,
            longestRecovery(strikes));
  }

  private String longestRecovery(List<Strike> strikes) {
    return strikes.stream()
        .flatMap(
            strike ->
                successes.values().stream()
                    .filter(success -> success.isAfter(strike.to()))
                    .min(Instant::compareTo)
                    .map(success -> Duration.between(strike.to(), success))
                    .map(time -> Map.entry(time, strike.fault()))
                    .stream())
        .max(Map.Entry.comparingByKey())
        .map(longest -> longest.getKey().toMillis() + " ms, after " + longest.getValue())
        .orElse("none came");
  }
}
