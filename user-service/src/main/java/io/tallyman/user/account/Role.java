package io.tallyman.user.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;

/** What a user may do. */
@Serdeable
public enum Role {
  @JsonProperty("admin")
  ADMIN,
  @JsonProperty("finance")
  FINANCE,
  @JsonProperty("viewer")
  VIEWER
}
