package io.tallyman.testkit;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;

/** Rules for packages: no cycles between them, and at most 20 files in each. */
public final class PackageRules {
  private static final long MOST_FILES = 20;

  /** Every package is a slice of its own, the root package and sub-packages too. */
  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("io.tallyman.(**)").should().beFreeOfCycles();

  @ArchTest
  static void packagesHaveAtMostTwentyFiles(JavaClasses classes) {
    Map<String, Long> files =
        classes.stream()
            .filter(PackageRules::isFile)
            .collect(groupingBy(JavaClass::getPackageName, counting()));

    assertThat(files).isNotEmpty().allSatisfy(PackageRules::assertSmall);
  }

  private static void assertSmall(String name, long files) {
    assertThat(files).as(name).isLessThanOrEqualTo(MOST_FILES);
  }

  /** A nested or a generated class has no file of its own. */
  private static boolean isFile(JavaClass type) {
    return !type.getName().contains("$");
  }

  private PackageRules() {}
}
