package io.tallyman.billing.database;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.sql.Types;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.spi.JdbiPlugin;
import org.jspecify.annotations.Nullable;

/** Maps {@code jsonb} columns and parameters to {@link JsonNode}. */
@Singleton
final class JsonColumns implements JdbiPlugin {
  private final JsonMapper json;

  JsonColumns(JsonMapper json) {
    this.json = json;
  }

  @Override
  public void customizeJdbi(Jdbi jdbi) {
    jdbi.registerArgument(new JsonArguments());
    jdbi.registerColumnMapper(
        JsonNode.class, (row, column, context) -> read(row.getString(column)));
  }

  private @Nullable JsonNode read(@Nullable String text) throws SQLException {
    try {
      return text == null ? null : json.readValue(text, JsonNode.class);
    } catch (IOException corrupt) {
      throw new SQLException("A JSON column cannot be read", corrupt);
    }
  }

  private final class JsonArguments extends AbstractArgumentFactory<JsonNode> {
    JsonArguments() {
      super(Types.OTHER);
    }

    @Override
    protected Argument build(JsonNode value, ConfigRegistry config) {
      try {
        String text = json.writeValueAsString(value);
        return (position, statement, context) -> statement.setObject(position, text, Types.OTHER);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }
}
