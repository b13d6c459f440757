package io.tallyman.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.io.ResourceLoader;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every code that a service may send has a text in every language of the dashboard. */
@MicronautTest
final class TextsTest {
  private static final Argument<Map<String, Map<String, String>>> TEXTS =
      Argument.mapOf(
          Argument.of(String.class),
          Argument.mapOf(Argument.of(String.class), Argument.of(String.class)));

  /** By task type and language. */
  private static final Argument<Map<String, Map<String, Map<String, String>>>> TYPES =
      Argument.mapOf(Argument.of(String.class), TEXTS);

  private static final Pattern VALUE = Pattern.compile("\\{\\w+}");

  @Inject ResourceLoader resources;
  @Inject JsonMapper json;

  @Test
  void languagesHaveTheSameTextsWithTheSameValues() {
    Map<String, String> english = flat("en");
    Map<String, String> chinese = flat("zh");

    assertThat(chinese.keySet()).isEqualTo(english.keySet());
    english.forEach(
        (key, text) ->
            assertThat(values(chinese.getOrDefault(key, ""))).as(key).isEqualTo(values(text)));
    assertThat(english).allSatisfy((_, text) -> assertThat(text).isNotBlank());
    assertThat(chinese).allSatisfy((_, text) -> assertThat(text).isNotBlank());
  }

  @Test
  void everyKeyInTheScriptsHasAText() {
    Set<String> texts = flat("en").keySet();

    assertThat(
            found(
                Path.of("src/main/resources/dashboard"),
                ".js",
                "\\bt\\(\\s*\"([a-z-]+\\.[\\w.-]+)\""))
        .hasSizeGreaterThan(50)
        .allSatisfy(key -> assertThat(texts).contains(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void everyProblemHasItsTitleAndItsCure(String language) {
    Map<String, Map<String, String>> texts = read(language);
    Set<String> slugs =
        new TreeSet<>(matches(resource("docs/problems.json"), "\"slug\": \"([a-z-]+)\""));

    assertThat(slugs).hasSizeGreaterThan(50);
    assertThat(group(texts, "problem")).containsAll(slugs);
    assertThat(group(texts, "cure")).containsAll(slugs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void everyReasonOfAnEventHasAText(String language) {
    Map<String, Map<String, String>> texts = read(language);
    Set<String> told = new TreeSet<>(group(texts, "reason"));
    told.addAll(group(texts, "problem"));

    // Other reasons are the slugs of problems.
    assertThat(told)
        .containsAll(
            found(services("billing-service"), ".java", "String RELEASED = \"([a-z-]+)\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void everyRefusalOfARowHasAText(String language) {
    Set<String> codes = refusals();

    assertThat(codes).hasSizeGreaterThan(15);
    assertThat(group(read(language), "refusal")).containsAll(codes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void everyTaskTypeHasAText(String language) {
    Set<String> types =
        found(services("billing-service"), ".java", "\"(billing\\.[a-z_]+)\"").stream()
            .filter(type -> !type.equals("billing.events"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(types).contains("billing.sheet", "billing.undo_import");
    assertThat(group(read(language), "type")).containsAll(types);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void everyCodeOfTheAuditLogHasAText(String language) {
    Set<String> written = new TreeSet<>(Set.of("logout"));
    for (String service : List.of("user-service", "billing-service")) {
      written.addAll(
          found(
              services(service),
              ".java",
              "[\"']((?:login|user|roles|password|api-key|task|import|sheet)\\.[a-z]+"
                  + "|tasks\\.[a-z]+ed)[\"']"));
    }

    assertThat(written).contains("login.failed", "task.cancelled", "sheet.downloaded");
    assertThat(group(read(language), "event")).isEqualTo(written);
    assertThat(
            found(
                Path.of("src/main/resources/dashboard/pages/audit"),
                "filters.js",
                "(?m)^ {2}\"([a-z-]+(?:\\.[a-z]+)?)\",$"))
        .isEqualTo(written);
    assertThat(documentedEvents()).isEqualTo(written);
  }

  /** The codes in the table of docs/security.md. */
  private static Set<String> documentedEvents() {
    String document = text(Path.of("..", "docs", "security.md"));
    String table = document.substring(document.indexOf("| code | when it is written |"));
    Set<String> codes = new TreeSet<>();
    table
        .substring(0, table.indexOf("\n\n"))
        .lines()
        .forEach(
            row -> codes.addAll(matches(row.split("\\|", -1)[1], "`([a-z-]+(?:\\.[a-z]+)?)`")));
    return codes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void everyPhaseStatusWarningAndQuestionHasAText(String language) {
    Map<String, Map<String, String>> texts = read(language);

    assertThat(group(texts, "phase"))
        .containsAll(
            found(services("worker"), ".java", "(?:progress|Progress|\\bin)\\(\"([a-z]+)\""));
    assertThat(group(texts, "status"))
        .contains("PENDING", "STARTED", "RETRY", "SUCCESS", "FAILURE", "REVOKED");
    assertThat(group(texts, "question"))
        .containsAll(
            found(services("worker"), ".java", "(?:new Question|\\bask)\\(\\s*\"([a-z_]+)\""));
  }

  /** The codes of docs/imports.md, which a test of the worker compares with what is refused. */
  private static Set<String> refusals() {
    String document = text(Path.of("..", "docs", "imports.md"));
    String table = document.substring(document.indexOf("| codes | what is wrong |"));
    return new TreeSet<>(
        matches(table.substring(0, table.indexOf("\n\n")), "`((?:[a-z]+-)+[a-z]+)`"));
  }

  private static Set<String> group(Map<String, Map<String, String>> texts, String name) {
    return Objects.requireNonNull(texts.get(name), name).keySet();
  }

  private Map<String, String> flat(String language) {
    Map<String, String> flat = new TreeMap<>();
    read(language)
        .forEach((group, texts) -> texts.forEach((key, text) -> flat.put(group + '.' + key, text)));
    return flat;
  }

  private Map<String, Map<String, String>> read(String language) {
    try {
      Map<String, Map<String, String>> texts =
          Objects.requireNonNull(
              json.readValue(resource("dashboard/text/" + language + ".json"), TEXTS));
      Objects.requireNonNull(json.readValue(resource("dashboard/text/types.json"), TYPES))
          .forEach(
              (type, told) ->
                  Objects.requireNonNull(told.get(language), type)
                      .forEach(
                          (group, text) ->
                              texts.computeIfAbsent(group, _ -> new TreeMap<>()).put(type, text)));
      return texts;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private String resource(String path) {
    try (InputStream file = resources.getResourceAsStream(path).orElseThrow()) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Set<String> values(String text) {
    return VALUE.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static Path services(String module) {
    return Path.of("..", module, "src", "main", "java");
  }

  private static Set<String> found(Path folder, String ending, String pattern) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .flatMap(file -> matches(text(file), pattern).stream())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<String> matches(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
