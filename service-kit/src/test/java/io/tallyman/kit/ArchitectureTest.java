package io.tallyman.kit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.tallyman.testkit.HouseRules;
import io.tallyman.testkit.PackageRules;

@AnalyzeClasses(packages = "io.tallyman.kit", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest static final ArchTests HOUSE_RULES = ArchTests.in(HouseRules.class);
  @ArchTest static final ArchTests PACKAGE_RULES = ArchTests.in(PackageRules.class);

  private static final String WORD_OF_THE_PRODUCT =
      "(?i).*(user|vendor|billing|payable|task|attempt|sheet|import|worker|gateway|manager).*";

  @ArchTest
  static final ArchRule noClassHasAWordOfTheProduct =
      classes().should().haveNameNotMatching(WORD_OF_THE_PRODUCT);

  @ArchTest
  static final ArchRule noMemberHasAWordOfTheProduct =
      members().should().haveNameNotMatching(WORD_OF_THE_PRODUCT);
}
