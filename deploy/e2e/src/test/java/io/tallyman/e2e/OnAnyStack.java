package io.tallyman.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Runs twice: on the embedded stack and on the stack in containers, where RabbitMQ, another release
 * of PostgreSQL and the images themselves could make a difference.
 */
@Tag("any-stack")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnAnyStack {}
