package io.tallyman.user.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;

/** A role of a user. */
@Serdeable
public enum Role {
  @JsonProperty("admin")
  ADMIN,
  @JsonProperty("clerk")
  CLERK,
  @JsonProperty("viewer")
  VIEWER
}
