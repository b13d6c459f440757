package io.tallyman.billing.tasktype;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;

/**
 * Describes, in a task type's JSON Schema, groups of parameters of which a client gives exactly
 * one. This annotation only describes; {@link TaskParameters#faults} does the check.
 */
@Documented
@Retention(RUNTIME)
public @interface OneOf {
  /**
   * Each element lists the JSON names of one group, separated by spaces. A client gives all names
   * of one group and no name of the others.
   */
  String[] value();
}
