package io.tallyman.billing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.tallyman.testkit.HouseRules;
import io.tallyman.testkit.PackageRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "io.tallyman.billing", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest static final ArchTests HOUSE_RULES = ArchTests.in(HouseRules.class);
  @ArchTest static final ArchTests PACKAGE_RULES = ArchTests.in(PackageRules.class);

  /** A store that is not a directory, such as S3, can take the place of that one package. */
  @ArchTest
  static final ArchRule onlyTheFileStoreKnowsPaths =
      noClasses()
          .that()
          .resideOutsideOfPackage("..store.file..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("java.nio.file..").or(nameMatching("java\\.io\\.File.*")));

  private static final Path SOURCES = Path.of("src/main/java/io/tallyman/billing");

  @ArchTest
  static final ArchRule controllersKnowNoSql =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Controller")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jdbi..", "org.postgresql..");

  @ArchTest
  static final ArchRule csvIsWrittenAndParsedElsewhere =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("de.siegmar..", "com.opencsv..", "org.apache.commons.csv..");

  @Test
  void onlyThePackagesOfTasksWriteTasks() {
    assertThat(sourcesWith("(?i)(UPDATE|INSERT INTO|DELETE FROM)\\s+task(_event)?\\b"))
        .containsExactlyInAnyOrder(
            "attempt/Heartbeats.java",
            "attempt/Completions.java",
            "attempt/RunningChecks.java",
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
