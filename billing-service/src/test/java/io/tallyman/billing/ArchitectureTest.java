package io.tallyman.billing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "io.tallyman.billing", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final Path SOURCES = Path.of("src/main/java/io/tallyman/billing");
  private static final long MOST_FILES = 20;

  @ArchTest
  static final ArchRule packagesAreNamedByFeature =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..controller..",
              "..service..",
              "..repository..",
              "..dto..",
              "..mapper..",
              "..util..",
              "..common..",
              "..impl..",
              "..config..",
              "..exception..");

  @ArchTest
  static final ArchRule classesAreNamedByWhatTheyDo =
      noClasses().should().haveNameMatching(".*(Impl|Utils?|Manager|Helper|Dto)");

  /** Every package is a slice of its own, the root package and sub-packages too. */
  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("io.tallyman.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingIsInjectedIntoFields =
      noFields().should().beAnnotatedWith(Inject.class).allowEmptyShould(true);

  @ArchTest
  static final ArchRule csvIsWrittenAndParsedElsewhere =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("de.siegmar..", "com.opencsv..", "org.apache.commons.csv..");

  @ArchTest
  static final ArchRule onlyTheAdapterKnowsTheBrokersClient =
      noClasses()
          .that()
          .resideOutsideOfPackage("..amqp..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.rabbitmq..");

  @Test
  void noPackageHasMoreFilesThanAReaderCanSurvey() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      Map<Path, Long> counts =
          files
              .filter(Files::isRegularFile)
              .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
      assertThat(counts)
          .isNotEmpty()
          .allSatisfy(
              (folder, count) ->
                  assertThat(count).as("%s", folder).isLessThanOrEqualTo(MOST_FILES));
    }
  }

  @Test
  void onlyThePackagesOfTasksWriteTasks() {
    assertThat(sourcesWith("(?i)(UPDATE|INSERT INTO|DELETE FROM)\\s+task(_event)?\\b"))
        .containsExactlyInAnyOrder(
            "attempt/Attempts.java",
            "attempt/Completions.java",
            "dispatch/DispatchedTasks.java",
            "dispatch/LostDispatches.java",
            "state/TaskTransitions.java",
            "task/ExpiredTasks.java",
            "task/Tasks.java");
  }

  @Test
  void onlyTheMovesChangeAStatus() {
    assertThat(sourcesWith("SET status\\b")).containsExactly("state/TaskTransitions.java");
  }

  private static List<String> sourcesWith(String pattern) {
    Pattern searched = Pattern.compile(pattern);
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> searched.matcher(read(file)).find())
          .map(file -> SOURCES.relativize(file).toString())
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
