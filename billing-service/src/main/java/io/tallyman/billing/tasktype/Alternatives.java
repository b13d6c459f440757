package io.tallyman.billing.tasktype;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;

/**
 * What clients are told of parameters of which they give either some or others; {@link
 * TaskParameters#faults} is what refuses anything else.
 */
@Documented
@Retention(RUNTIME)
public @interface Alternatives {
  /** Names on the wire with blanks between them: all of one alternative, and none of the others. */
  String[] value();
}
