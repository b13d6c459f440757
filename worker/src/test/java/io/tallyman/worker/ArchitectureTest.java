package io.tallyman.worker;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.tallyman.testkit.HouseRules;
import io.tallyman.testkit.PackageRules;

@AnalyzeClasses(packages = "io.tallyman.worker", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest static final ArchTests HOUSE_RULES = ArchTests.in(HouseRules.class);
  @ArchTest static final ArchTests PACKAGE_RULES = ArchTests.in(PackageRules.class);

  @ArchTest
  static final ArchRule taskTypesKnowNothingOfEachOther =
      noClasses()
          .that()
          .resideInAPackage("..billing..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..intake..");

  @ArchTest
  static final ArchRule thereIsNoDatabaseHere =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql..");

  /** A store that is not a directory, such as S3, can take the place of that one package. */
  @ArchTest
  static final ArchRule onlyTheFileStoreKnowsPaths =
      noClasses()
          .that()
          .resideOutsideOfPackage("..sheet.file..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("java.nio.file..").or(nameMatching("java\\.io\\.File.*")));
}
