package io.tallyman.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of architecture that hold in every module. */
public final class HouseRules {
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

  /** {@code Manager} alone is a valid name of a class, because the product has managers. */
  @ArchTest
  static final ArchRule classesAreNamedByWhatTheyDo =
      noClasses().should().haveNameMatching(".*([a-z]Manager|Impl|Utils?|Helper|Dto)");

  @ArchTest
  static final ArchRule nothingIsInjectedIntoFields =
      noFields().should().beAnnotatedWith("jakarta.inject.Inject").allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyTheAdapterKnowsTheBrokersClient =
      noClasses()
          .that()
          .resideOutsideOfPackage("..amqp..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.rabbitmq..");

  private HouseRules() {}
}
