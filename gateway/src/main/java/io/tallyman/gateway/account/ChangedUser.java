package io.tallyman.gateway.account;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.patch.Change;
import java.util.List;

/**
 * Changes to a user. The gateway checks the names of the fields, user-service checks the values.
 */
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = false)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ChangedUser(
    Change<String> name,
    Change<String> email,
    Change<String> username,
    Change<String> password,
    Change<List<String>> roles) {

  @Override
  public String toString() {
    return "ChangedUser[username=" + username.value() + ", password=hidden]";
  }
}
