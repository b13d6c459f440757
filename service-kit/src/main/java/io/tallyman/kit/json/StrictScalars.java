package io.tallyman.kit.json;

import io.micronaut.context.annotation.Factory;
import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.Decoder;
import io.micronaut.serde.Deserializer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.function.Function;

/**
 * Reads JSON values without converting them. The framework would convert {@code true} to a number,
 * {@code 1.5} to the id 1, and the number {@code 12.50} to an amount of money.
 */
@Factory
final class StrictScalars {
  private static final String NOT_WHOLE = "must be a whole number that is not too large";
  private static final double FIRST_INEXACT = 1L << 53;

  @Singleton
  Deserializer<String> text() {
    return of(StrictScalars::text);
  }

  @Singleton
  Deserializer<Integer> integer() {
    return of(node -> whole(node, BigDecimal::intValueExact));
  }

  @Singleton
  Deserializer<Long> longInteger() {
    return of(node -> whole(node, BigDecimal::longValueExact));
  }

  /** The framework would read {@code "2021"} as the 2021st day after 1970-01-01. */
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

  /** The framework would read a number as seconds or milliseconds since 1970. */
  @Singleton
  Deserializer<Instant> instant() {
    return of(node -> InstantText.read(text(node)));
  }

  private static String text(JsonNode node) throws WrongType {
    if (!node.isString()) {
      throw new WrongType("must be text, in quotes");
    }
    return node.getStringValue();
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
    if (!node.isNumber()) {
      throw new WrongType("must be a whole number, without quotes");
    }
    try {
      if (isRounded(node.getNumberValue())) {
        throw new WrongType(NOT_WHOLE);
      }
      return exact.apply(node.getBigDecimalValue());
    } catch (ArithmeticException fractionOrOverflow) {
      throw new WrongType(NOT_WHOLE);
    }
  }

  /**
   * The framework reads a number with a fraction or an exponent, such as {@code
   * 9007199254740993.0}, into a double. From 2^53 on, a double may be the neighbour of the number.
   */
  private static boolean isRounded(Number number) {
    return number instanceof Double && Math.abs(number.doubleValue()) >= FIRST_INEXACT;
  }
}
