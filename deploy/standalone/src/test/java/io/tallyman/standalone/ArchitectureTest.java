package io.tallyman.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Collectors;

@AnalyzeClasses(packages = "io.tallyman.standalone", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("io.tallyman.standalone.(**)").should().beFreeOfCycles();

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
  static final ArchRule onlyTheEmbeddedServersKnowTheirLibraries =
      noClasses()
          .that()
          .resideOutsideOfPackage("..embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.qpid..", "io.zonky..");
}
