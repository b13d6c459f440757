package io.tallyman.cli;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.tallyman.testkit.HouseRules;
import io.tallyman.testkit.PackageRules;

@AnalyzeClasses(packages = "io.tallyman.cli", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest static final ArchTests PACKAGE_RULES = ArchTests.in(PackageRules.class);
  @ArchTest static final ArchTests HOUSE_RULES = ArchTests.in(HouseRules.class);
}
