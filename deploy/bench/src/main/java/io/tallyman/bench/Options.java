package io.tallyman.bench;

import io.tallyman.bench.measure.Measurement;
import io.tallyman.bench.measure.Scale;
import io.tallyman.standalone.stack.UsageError;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The command line. */
record Options(
    boolean help,
    Set<Measurement> measurements,
    Scale scale,
    Optional<Path> json,
    Optional<Path> markdown) {
  private static final int MOST_ROUNDS = 100;

  static String helpText() {
    String measurements =
        Arrays.stream(Measurement.values())
            .map(one -> "  %-10s %s%n".formatted(one.word(), one.description()))
            .collect(Collectors.joining());
    return """
    Usage: ./tallyman bench [OPTION]...

    Measures Tallyman beside an application of FastAPI and Celery, in turn, on the same PostgreSQL
    and RabbitMQ in containers. Without a Docker engine it measures Tallyman alone, on the embedded
    PostgreSQL and broker.

    Options:
      --rows LIST       what is measured, separated by commas; the default is everything
      --rounds N        how often each system is measured; the default is 5, or 3 with --short
      --short           fewer tasks and rows: minutes instead of an hour, with more spread
      --json FILE       also write the results as JSON
      --markdown FILE   also write the tables
      --help            show this

    What can be measured:
    """
        + measurements;
  }

  /**
   * @throws UsageError with a message of one line
   */
  static Options parse(List<String> arguments) {
    Deque<String> words = new ArrayDeque<>(arguments);
    Set<Measurement> measurements = EnumSet.allOf(Measurement.class);
    Scale scale = arguments.contains("--short") ? Scale.SHORT : Scale.FULL;
    Optional<Path> json = Optional.empty();
    Optional<Path> markdown = Optional.empty();
    while (!words.isEmpty()) {
      String option = words.remove();
      switch (option) {
        case "--help", "-h", "--short" -> {}
        case "--rows" -> measurements = measurements(value(option, words));
        case "--rounds" -> scale = scale.withRounds(rounds(value(option, words)));
        case "--json" -> json = Optional.of(Path.of(value(option, words)));
        case "--markdown" -> markdown = Optional.of(Path.of(value(option, words)));
        default ->
            throw new UsageError(
                option + " is not an option of bench. ./tallyman bench --help lists the options.");
      }
    }
    boolean help = arguments.contains("--help") || arguments.contains("-h");
    return new Options(help, measurements, scale, json, markdown);
  }

  private static Set<Measurement> measurements(String list) {
    Set<Measurement> measurements = EnumSet.noneOf(Measurement.class);
    for (String word : list.split(",", -1)) {
      measurements.add(
          Arrays.stream(Measurement.values())
              .filter(one -> one.word().equals(word))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UsageError(
                          "\"%s\" cannot be measured. ./tallyman bench --help lists what can."
                              .formatted(word))));
    }
    return measurements;
  }

  private static int rounds(String word) {
    int number = word.matches("[0-9]{1,3}") ? Integer.parseInt(word) : 0;
    if (number < 1 || number > MOST_ROUNDS) {
      throw new UsageError(
          "--rounds needs a whole number from 1 to %d, but %s was given."
              .formatted(MOST_ROUNDS, word));
    }
    return number;
  }

  private static String value(String option, Deque<String> words) {
    if (words.isEmpty() || words.peek().isEmpty()) {
      throw new UsageError(option + " needs a value. ./tallyman bench --help explains it.");
    }
    return words.remove();
  }
}
