package io.tallyman.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.tallyman.testkit.PackageRules;

@AnalyzeClasses(packages = "io.tallyman.standalone", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest static final ArchTests PACKAGE_RULES = ArchTests.in(PackageRules.class);

  @ArchTest
  static final ArchRule launcherKnowsNoLibraryOfTheEmbeddedServers =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.qpid..", "io.zonky..");
}
