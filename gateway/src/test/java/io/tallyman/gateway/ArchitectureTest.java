package io.tallyman.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;

@AnalyzeClasses(packages = "io.tallyman.gateway", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
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

  @ArchTest
  static final ArchRule featuresDoNotDependOnEachOtherInCircles =
      slices().matching("io.tallyman.gateway.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingIsInjectedIntoFields =
      fields().should().notBeAnnotatedWith(Inject.class);

  @ArchTest
  static final ArchRule gatewayKnowsNeitherSqlNorFiles =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "java.nio.file..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.File");

  @ArchTest
  static final ArchRule onlyTheAdapterKnowsTheBrokersClient =
      noClasses()
          .that()
          .resideOutsideOfPackage("..amqp..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.rabbitmq..");
}
