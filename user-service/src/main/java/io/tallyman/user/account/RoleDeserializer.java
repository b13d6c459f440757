package io.tallyman.user.account;

import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.Decoder;
import io.micronaut.serde.Deserializer;
import io.tallyman.kit.json.WrongType;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Reads the name of a {@link Role}. Its message lists the roles. */
@Singleton
final class RoleDeserializer implements Deserializer<Role> {
  @Override
  public Role deserialize(Decoder decoder, DecoderContext context, Argument<? super Role> type)
      throws IOException {
    JsonNode name = decoder.decodeNode();
    return switch (name.isString() ? name.getStringValue() : "") {
      case "admin" -> Role.ADMIN;
      case "clerk" -> Role.CLERK;
      case "viewer" -> Role.VIEWER;
      case "finance" -> throw new WrongType("is now called clerk; send clerk instead of finance");
      default -> throw new WrongType("must be admin, clerk or viewer");
    };
  }
}
