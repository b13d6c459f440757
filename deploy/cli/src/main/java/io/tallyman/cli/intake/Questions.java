package io.tallyman.cli.intake;

import io.tallyman.cli.terminal.CommandFailure;
import io.tallyman.cli.terminal.ExitCode;
import io.tallyman.cli.terminal.Screen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a file leaves open. */
public final class Questions {
  private static final String COLUMNS = "columns";
  private static final int MOST_SAMPLES = 3;

  private final Screen screen;

  public Questions(Screen screen) {
    this.screen = screen;
  }

  /**
   * Asks the questions.
   *
   * @return the answers as options of an import
   * @throws CommandFailure if nobody can answer: it names the options that answer the questions
   */
  public Map<String, String> answers(JsonNode questions) {
    List<JsonNode> open = questions.valueStream().toList();
    if (!screen.isInteractive() && !open.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          open.stream()
              .map(Questions::missing)
              .collect(Collectors.joining("\n  ", "The file leaves something open.\n  ", "")));
    }
    Map<String, String> answers = new HashMap<>();
    for (JsonNode question : open) {
      String answer = ask(question);
      answers.merge(
          question.path("option").asString(""),
          pair(question, answer),
          (one, other) -> one + "," + other);
    }
    return answers;
  }

  private String ask(JsonNode question) {
    List<JsonNode> choices = question.path("choices").valueStream().toList();
    boolean open = question.path("is_open").asBoolean() || choices.isEmpty();
    screen.note("");
    screen.note(question.path("question").asString(""));
    for (int place = 0; place < choices.size(); place++) {
      screen.note("  %d  %s".formatted(place + 1, choice(choices.get(place))));
    }
    String prompt =
        choices.isEmpty()
            ? "Value: "
            : "1 to %d%s: ".formatted(choices.size(), open ? ", or another value" : "");
    while (true) {
      String answer = screen.ask(prompt);
      for (int place = 0; place < choices.size(); place++) {
        String value = choices.get(place).path("value").asString("");
        if (answer.equals(Integer.toString(place + 1)) || answer.equals(value)) {
          return value;
        }
      }
      if (open && !answer.isEmpty()) {
        return answer;
      }
    }
  }

  private static String choice(JsonNode choice) {
    String samples =
        choice
            .path("samples")
            .valueStream()
            .limit(MOST_SAMPLES)
            .map(Found::sample)
            .collect(Collectors.joining(", "));
    return "%-12s %s".formatted(Found.shown(choice.path("value").asString("")), samples).strip();
  }

  /**
   * A question about a column has a field of ours. A backslash goes before what separates pairs.
   */
  private static String pair(JsonNode question, String answer) {
    return question.path("option").asString("").equals(COLUMNS)
        ? question.path("field").asString("") + ":" + answer.replaceAll("[\\\\,]", "\\\\$0")
        : answer;
  }

  private static String missing(JsonNode question) {
    String option = question.path("option").asString("");
    boolean column = option.equals(COLUMNS);
    String values =
        question
            .path("choices")
            .valueStream()
            .map(choice -> Found.shown(choice.path("value").asString("")))
            .map(value -> column ? pair(question, value) : value)
            .collect(Collectors.joining(" or "));
    String usual = column ? question.path("field").asString("") + ":COLUMN" : "VALUE";
    return "%s Answer it with %s %s"
        .formatted(
            question.path("question").asString(""),
            FileOption.onCommandLine(option),
            values.isEmpty() ? usual : values);
  }
}
