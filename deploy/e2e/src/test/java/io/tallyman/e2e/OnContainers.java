package io.tallyman.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Runs on the stack in containers only. */
@Tag("containers")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnContainers {
  /** A tag of classes that run in containers only under the profile {@code under-fire}. */
  String IN_THE_LONG_FORM = "containers-under-fire";
}
