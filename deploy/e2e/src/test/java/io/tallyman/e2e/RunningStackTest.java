package io.tallyman.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.annotation.Annotation;
import org.junit.jupiter.api.Test;

final class RunningStackTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPackages("io.tallyman.e2e");

  @Test
  void testsOfTheSharedStackAreMarked() {
    onlyTestsWith(OnSharedStack.class, "SHARED");
  }

  @Test
  void testsOfTheBreakableStackAreMarked() {
    onlyTestsWith(OnBreakableStack.class, "BREAKABLE");
  }

  private static void onlyTestsWith(Class<? extends Annotation> mark, String stack) {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("IT")
        .and()
        .areNotAnnotatedWith(mark)
        .should()
        .accessField(RunningStack.class, stack)
        .because("the mark decides which classes run at the same time")
        .check(CLASSES);
  }
}
