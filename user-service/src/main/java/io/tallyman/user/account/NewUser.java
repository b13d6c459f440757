package io.tallyman.user.account;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * A new user; see {@link User}.
 *
 * @param password 8 to 200 characters of any kind
 * @param roles no roles if left out
 */
@Serdeable
record NewUser(
    @NotBlank @Size(max = 200) @Pattern(regexp = User.NAME, message = User.NAME_FAULT) String name,
    @NotNull @Pattern(regexp = User.EMAIL, message = User.EMAIL_FAULT) String email,
    @NotNull
        @Pattern(
            regexp = USERNAME,
            message = "is not 3 to 64 letters a-z, digits, dots, hyphens or underscores")
        String username,
    @NotNull @Size(min = User.SHORTEST_PASSWORD, max = User.LONGEST_PASSWORD) String password,
    @NotNull List<@NotNull Role> roles) {

  private static final String USERNAME = "[A-Za-z0-9][A-Za-z0-9._-]{2,63}";

  @Override
  public String toString() {
    return "NewUser[username=" + username + ", password=hidden]";
  }
}
