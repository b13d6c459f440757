package io.tallyman.gateway.account;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A new user. The gateway checks the names of the fields, user-service checks the values. */
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = false)
record NewUser(
    @Nullable String name,
    @Nullable String email,
    @Nullable String username,
    @Nullable String password,
    @Nullable List<String> roles) {

  @Override
  public String toString() {
    return "NewUser[username=" + username + ", password=hidden]";
  }
}
