package io.tallyman.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.io.ResourceLoader;
import io.micronaut.http.HttpStatus;
import io.micronaut.json.JsonMapper;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.docs.ListedProblem.Seen;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list explains every problem that the code of the services creates, and no other. */
@MicronautTest
final class ProblemListTest {
  private static final List<String> MODULES =
      List.of("service-kit", "user-service", "billing-service", "worker", "gateway");

  private static final Pattern TYPE =
      Pattern.compile(
          "new ProblemType\\(\\s*\"(?<slug>[^\"]+)\",\\s*\"(?<title>[^\"]+)\",\\s*HttpStatus\\.(?<status>\\w+)");
  private static final Pattern FAULT =
      Pattern.compile(
          "(?:new (?:BadInput|TransientFailure)|TaskError\\.(?:of|passing|lasting))"
              + "\\(\\s*(?<slug>\"[^\"]+\"|[A-Z_.]+),\\s*\"(?<title>[^\"]+)\"");
  private static final Pattern CONSTANT =
      Pattern.compile("static final String (?<name>[A-Z_]+) =\\s*\"(?<slug>[a-z-]+)\"");

  /** The slug of an error that the framework finds is the name of its status. */
  private static final Set<HttpStatus> FRAMEWORK =
      Set.of(
          HttpStatus.BAD_REQUEST,
          HttpStatus.FORBIDDEN,
          HttpStatus.NOT_FOUND,
          HttpStatus.METHOD_NOT_ALLOWED,
          HttpStatus.NOT_ACCEPTABLE,
          HttpStatus.REQUEST_ENTITY_TOO_LARGE,
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          HttpStatus.INTERNAL_SERVER_ERROR);

  @Inject ResourceLoader resources;
  @Inject JsonMapper json;

  private List<ListedProblem> list = List.of();

  private record Told(String title, HttpStatus status) {}

  @BeforeEach
  void read() {
    list = ProblemPage.read(resources, json);
  }

  @Test
  void everyTypeInTheCodeIsListedWithItsTitleAndStatus() {
    types()
        .forEach(
            (slug, told) ->
                assertThat(find(slug))
                    .as(slug)
                    .returns(told.title(), ListedProblem::title)
                    .returns(told.status().getCode(), ListedProblem::status));
  }

  @Test
  void everyFaultOfATaskIsListedWithItsTitle() {
    Map<String, String> constants = constants();
    assertThat(found(FAULT))
        .isNotEmpty()
        .allSatisfy(
            fault -> {
              String slug = slug(fault, constants);
              assertThat(find(slug).seen()).as("where %s is seen", slug).contains(Seen.TASK);
              assertThat(find(slug).title()).as(slug).isEqualTo(fault.group("title"));
            });
  }

  @Test
  void nothingElseIsListed() {
    Set<String> known = new TreeSet<>(types().keySet());
    known.addAll(faults());

    assertThat(list).extracting(ListedProblem::slug).doesNotHaveDuplicates();
    assertThat(list).extracting(ListedProblem::slug).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void whatIsAnAnswerHasAStatus() {
    assertThat(list)
        .allSatisfy(
            problem ->
                assertThat(problem.status() != null)
                    .as(problem.slug())
                    .isEqualTo(
                        problem.seen().contains(Seen.ANSWER)
                            || problem.seen().contains(Seen.INSIDE)));
  }

  private ListedProblem find(String slug) {
    return list.stream()
        .filter(problem -> problem.slug().equals(slug))
        .findFirst()
        .orElseThrow(() -> new AssertionError(slug + " is not in problems.json"));
  }

  private static Map<String, Told> types() {
    Map<String, Told> types = new TreeMap<>();
    found(TYPE)
        .forEach(
            type ->
                types.put(
                    type.group("slug"),
                    new Told(type.group("title"), HttpStatus.valueOf(type.group("status")))));
    FRAMEWORK.forEach(
        status ->
            types.put(
                status.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                new Told(status.getReason(), status)));
    return types;
  }

  private static Set<String> faults() {
    Map<String, String> constants = constants();
    return found(FAULT)
        .map(fault -> slug(fault, constants))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String slug(MatchResult fault, Map<String, String> constants) {
    String slug = fault.group("slug");
    return slug.startsWith("\"")
        ? slug.substring(1, slug.length() - 1)
        : Objects.requireNonNull(constants.get(slug.substring(slug.lastIndexOf('.') + 1)), slug);
  }

  private static Map<String, String> constants() {
    return found(CONSTANT)
        .collect(
            Collectors.toMap(
                constant -> constant.group("name"),
                constant -> constant.group("slug"),
                (one, same) -> one));
  }

  private static Stream<MatchResult> found(Pattern pattern) {
    return MODULES.stream()
        .flatMap(ProblemListTest::sources)
        .map(pattern::matcher)
        .flatMap(Matcher::results);
  }

  private static Stream<String> sources(String module) {
    try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(ProblemListTest::text)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
