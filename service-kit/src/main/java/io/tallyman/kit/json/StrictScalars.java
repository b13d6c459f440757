package io.tallyman.kit.json;

import io.micronaut.context.annotation.Factory;
import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.Decoder;
import io.micronaut.serde.Deserializer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.function.Function;

/**
 * Takes a JSON value for what it is. The framework would make a number of {@code true}, cut the
 * fraction off {@code 1.5} and so find the wrong vendor, or take {@code 12.50} for money.
 */
@Factory
final class StrictScalars {
  @Singleton
  Deserializer<String> text() {
    return of(
        node -> {
          if (!node.isString()) {
            throw new WrongType("must be text, in quotes");
          }
          return node.getStringValue();
        });
  }

  @Singleton
  Deserializer<Integer> integer() {
    return of(node -> whole(node, BigDecimal::intValueExact));
  }

  @Singleton
  Deserializer<Long> longInteger() {
    return of(node -> whole(node, BigDecimal::longValueExact));
  }

  /** The framework would take {@code "2021"} for the 2021st day since 1970. */
  @Singleton
  Deserializer<LocalDate> date() {
    return of(
        node -> {
          try {
            return LocalDate.parse(node.isString() ? node.getStringValue() : "");
          } catch (DateTimeParseException noDate) {
            throw new WrongType("must be a date such as \"2022-03-31\"");
          }
        });
  }

  private interface Reading<T> {
    T read(JsonNode node) throws WrongType;
  }

  private static <T> Deserializer<T> of(Reading<T> reading) {
    return new Deserializer<>() {
      @Override
      public T deserialize(Decoder decoder, DecoderContext context, Argument<? super T> type)
          throws IOException {
        return reading.read(decoder.decodeNode());
      }
    };
  }

  private static <T> T whole(JsonNode node, Function<BigDecimal, T> exact) throws WrongType {
    if (node.isNumber()) {
      try {
        return exact.apply(node.getBigDecimalValue());
      } catch (ArithmeticException fractionOrOverflow) {
        throw new WrongType("must be a whole number that is not too large");
      }
    }
    throw new WrongType("must be a whole number, without quotes");
  }
}
