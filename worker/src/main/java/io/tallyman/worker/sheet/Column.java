package io.tallyman.worker.sheet;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;

/** A column of a sheet. Only cells of type text are escaped against formula injection. */
@Serdeable
public record Column(String name, Type type) {
  @Serdeable
  public enum Type {
    @JsonProperty("date")
    DATE,
    @JsonProperty("text")
    TEXT,
    @JsonProperty("decimal")
    DECIMAL,
    @JsonProperty("currency")
    CURRENCY,
    @JsonProperty("integer")
    INTEGER
  }
}
