package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** README.md and docs: their format, their links, and their commands. */
final class DocumentsTest {
  private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Path README = HOME.resolve("README.md");
  private static final int MOST_LINES = 150;
  private static final int MOST_CHARACTERS = 120;

  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```$");

  /** Interactive zsh runs lines that other shells treat as comments. */
  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#");

  static Stream<Path> documents() {
    try (Stream<Path> files = Files.walk(HOME.resolve("docs"))) {
      return Stream.concat(
          Stream.of(README, HOME.resolve(".github/CONTRIBUTING.md")),
          files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void readmeIsShort() {
    assertThat(Document.read(README).text().lines().count()).isLessThanOrEqualTo(MOST_LINES);
  }

  @Test
  void readmeLinksToEveryDocument() {
    String readme = Document.read(README).text();

    assertThat(
            documents()
                .filter(file -> !file.equals(README))
                .map(file -> "](" + HOME.relativize(file) + ")")
                .filter(link -> !readme.contains(link)))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linesAreNotLong(Path file) {
    assertThat(Document.read(file).text().lines().filter(line -> line.length() > MOST_CHARACTERS))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadToFilesAndHeadings(Path file) {
    assertThat(LINK.matcher(prose(file)).results())
        .allSatisfy(
            link -> {
              Path target =
                  link.group(1).isEmpty() ? file : file.resolveSibling(link.group(1)).normalize();
              assertThat(target).exists();
              if (link.group(2) != null) {
                assertThat(anchors(target)).contains(link.group(2));
              }
            });
  }

  @ParameterizedTest
  @MethodSource("documents")
  void commandsHaveNoComments(Path file) {
    assertThat(
            Document.read(file).commands().stream()
                .flatMap(String::lines)
                .filter(COMMENT.asPredicate()))
        .isEmpty();
  }

  @Test
  void walkIsTheSameInEachLanguage() {
    String walk = Document.read(README).commands("A walk with curl");

    assertThat(walk).isNotEmpty();
    assertThat(Document.read(HOME.resolve("docs/zh/README.md")).commands("用 curl 走一遍"))
        .isEqualTo(walk);
  }

  @Test
  void examplesAskForDaysOfTheSampleBillings() {
    Pattern date = Pattern.compile("\"(?:billing_date|from|to)\": \"(\\d{4})-");
    List<String> years =
        documents()
            .flatMap(file -> date.matcher(Document.read(file).text()).results())
            .map(match -> match.group(1))
            .toList();

    assertThat(years).isNotEmpty().isSubsetOf("2024", "2025");
  }

  private static String prose(Path file) {
    return BLOCK.matcher(Document.read(file).text()).replaceAll("");
  }

  /** The anchors that GitHub creates for headings. */
  private static Set<String> anchors(Path file) {
    return HEADING
        .matcher(prose(file))
        .results()
        .map(DocumentsTest::anchor)
        .collect(Collectors.toSet());
  }

  private static String anchor(MatchResult heading) {
    return heading
        .group(1)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }
}
