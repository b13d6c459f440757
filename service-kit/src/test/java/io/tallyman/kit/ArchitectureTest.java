package io.tallyman.kit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.stream.Collectors;

@AnalyzeClasses(packages = "io.tallyman.kit", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String WORD_OF_THE_PRODUCT =
      "(?i).*(user|vendor|billing|payable|task|attempt|sheet|import|worker|gateway|manager).*";

  @ArchTest
  static final ArchRule noClassHasAWordOfTheProduct =
      classes().should().haveNameNotMatching(WORD_OF_THE_PRODUCT);

  @ArchTest
  static final ArchRule noMemberHasAWordOfTheProduct =
      members().should().haveNameNotMatching(WORD_OF_THE_PRODUCT);

  @ArchTest
  static final ArchRule packagesAreNamedByWhatTheyAreAbout =
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
  static final ArchRule packagesFormNoCycle =
      slices().matching("io.tallyman.kit.(**)").should().beFreeOfCycles();

  /** A package that grows beyond this holds more than one subject. */
  @ArchTest
  static void noPackageHoldsMoreThanTwentyFiles(JavaClasses classes) {
    Map<String, Long> files =
        classes.stream()
            // A nested or a generated class has no file of its own.
            .filter(type -> !type.getName().contains("$"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(files)
        .isNotEmpty()
        .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(20));
  }

  @ArchTest
  static final ArchRule nothingIsInjectedIntoFields =
      fields().should().notBeAnnotatedWith(Inject.class);
}
