package io.tallyman.kit.json;

import io.micronaut.context.annotation.Context;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.beans.BeanIntrospector;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares the reading of all JSON types of this repository on one thread, before the service
 * answers requests.
 *
 * <p>The framework prepares each type when it is read first, and takes two locks for it: the one of
 * a type that has subtypes, then the one of a subtype; or in the other order, if it comes to the
 * subtype first. So two first requests at the same time could wait for each other for ever. These
 * were the two threads that read all requests, and a service that had just been restarted answered
 * nothing any more. A type that is prepared needs no lock.
 */
@Context
final class ReadyDeserializers {
  private static final Logger LOG = LoggerFactory.getLogger(ReadyDeserializers.class);
  private static final String OURS = "io.tallyman.";

  ReadyDeserializers(JsonMapper json) {
    BeanIntrospector.SHARED
        .findIntrospections(type -> type.getName().startsWith(OURS) && type.isPresent())
        .stream()
        .filter(type -> type.hasStereotype(Serdeable.Deserializable.class))
        .forEach(type -> prepare(json, type));
  }

  private static void prepare(JsonMapper json, BeanIntrospection<?> type) {
    try {
      json.readValue("null", Argument.of(type.getBeanType()));
    } catch (IOException | RuntimeException unreadable) {
      // Whoever reads it gets the same failure.
      LOG.debug("{} cannot be read from JSON: {}", type.getBeanType(), unreadable.getMessage());
    }
  }
}
