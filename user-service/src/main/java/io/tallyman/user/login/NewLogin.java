package io.tallyman.user.login;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

@Serdeable
record NewLogin(
    @NotNull
        @Size(max = 200)
        @Pattern(regexp = "\\P{Cntrl}*", message = "contains a control character")
        String username,
    @NotNull @Size(max = 200) String password) {

  @Override
  public String toString() {
    return "NewLogin[username=" + username + ", password=hidden]";
  }
}
