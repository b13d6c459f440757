package io.tallyman.embedded;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.tallyman.testkit.PackageRules;

@AnalyzeClasses(packages = "io.tallyman.embedded", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest static final ArchTests PACKAGE_RULES = ArchTests.in(PackageRules.class);
}
