package io.tallyman.kit.start;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.BeanDefinitionReference;
import java.util.Arrays;

/**
 * Stops the start if a setting that has a default cannot be read. The framework would silently use
 * the default.
 */
@Context
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ReadableSettings {
  private static final String OURS = "io.tallyman.";

  ReadableSettings(ApplicationContext context) {
    context.getBeanDefinitionReferences().stream()
        .filter(reference -> reference.getBeanDefinitionName().startsWith(OURS))
        .filter(reference -> reference.isAnnotationPresent(ConfigurationProperties.class))
        .filter(reference -> reference.isEnabled(context))
        .map(BeanDefinitionReference::load)
        .flatMap(definition -> Arrays.stream(definition.getConstructor().getArguments()))
        .filter(argument -> argument.isAnnotationPresent(Bindable.class))
        .forEach(argument -> check(argument, context.getEnvironment()));
  }

  private static void check(Argument<?> argument, Environment environment) {
    String name =
        argument.getAnnotationMetadata().stringValue(Property.class, "name").orElseThrow();
    if (environment.containsProperty(name)
        && environment.getProperty(name, argument.getType()).isEmpty()) {
      throw new ConfigurationException(
          name + " is not of the type " + argument.getType().getSimpleName());
    }
  }
}
