package io.tallyman.billing.tasktype;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;

/**
 * Tells clients, as {@code oneOf} in the JSON Schema, that they give either some parameters or
 * others. {@link TaskParameters#faults} refuses anything else.
 */
@Documented
@Retention(RUNTIME)
public @interface OneOf {
  /** Names on the wire with blanks between them: all of one alternative, and none of the others. */
  String[] value();
}
