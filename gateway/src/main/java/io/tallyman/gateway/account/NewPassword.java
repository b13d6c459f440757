package io.tallyman.gateway.account;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** The gateway checks the names of the fields, user-service checks the values. */
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = false)
record NewPassword(@Nullable String currentPassword, @Nullable String newPassword) {
  @Override
  public String toString() {
    return "NewPassword[hidden]";
  }
}
