package io.tallyman.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

final class SharedStackTest {
  @Test
  void testsOfTheSharedStackAreMarked() {
    JavaClasses classes = new ClassFileImporter().importPackages("io.tallyman.e2e");

    noClasses()
        .that()
        .haveSimpleNameEndingWith("IT")
        .and()
        .areNotAnnotatedWith(OnSharedStack.class)
        .should()
        .accessClassesThat()
        .belongToAnyOf(RunningStack.class)
        .because("two classes that use the shared stack at the same time would disturb each other")
        .check(classes);
  }
}
