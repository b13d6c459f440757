package io.tallyman.worker;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;

@AnalyzeClasses(packages = "io.tallyman.worker", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesAreNamedByFeature =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..controller..",
              "..service..",
              "..dto..",
              "..mapper..",
              "..util..",
              "..common..",
              "..impl..",
              "..config..",
              "..exception..");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("io.tallyman.worker.(**)").should().beFreeOfCycles();

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

  @ArchTest
  static final ArchRule onlyTheAdapterKnowsTheBrokersClient =
      noClasses()
          .that()
          .resideOutsideOfPackage("..amqp..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.rabbitmq..");

  @ArchTest
  static final ArchRule nothingIsInjectedIntoFields =
      noFields().should().beAnnotatedWith(Inject.class).allowEmptyShould(true);
}
