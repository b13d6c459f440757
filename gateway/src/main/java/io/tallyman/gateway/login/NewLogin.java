package io.tallyman.gateway.login;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** The gateway checks the names of the fields, user-service checks the values. */
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = false)
record NewLogin(@Nullable String username, @Nullable String password) {
  @Override
  public String toString() {
    return "NewLogin[username=" + username + ", password=hidden]";
  }
}
