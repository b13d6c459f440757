package io.tallyman.kit.json;

import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.Decoder;
import io.micronaut.serde.Encoder;
import io.micronaut.serde.Serde;
import io.micronaut.serde.exceptions.InvalidFormatException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Decimals are strings in plain notation with all their decimal places: {@code "1234.50"}. Many
 * clients would read a JSON number into a double.
 */
@Singleton
final class DecimalStrings implements Serde<BigDecimal> {
  @Override
  public void serialize(
      Encoder encoder,
      EncoderContext context,
      Argument<? extends BigDecimal> type,
      BigDecimal value)
      throws IOException {
    encoder.encodeString(value.toPlainString());
  }

  @Override
  public BigDecimal deserialize(
      Decoder decoder, DecoderContext context, Argument<? super BigDecimal> type)
      throws IOException {
    JsonNode node = decoder.decodeNode();
    if (!node.isString()) {
      throw new WrongType("must be text, in quotes, such as \"12.50\"");
    }
    String text = node.getStringValue();
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException notDecimal) {
      throw new InvalidFormatException("is not a decimal", notDecimal, text);
    }
  }
}
