package io.tallyman.gateway.access;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Who may use the routes of a controller, or one of them. A route without it is for nobody, and a
 * test fails.
 */
@Documented
@Retention(RUNTIME)
@Target({TYPE, METHOD})
public @interface AllowedFor {
  Access value();
}
