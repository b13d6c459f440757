package io.tallyman.user.provider;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.user.account.Role;
import io.tallyman.user.account.User;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * What a provider says of a user who has logged in there.
 *
 * @param issuer together with the subject, who the user is
 * @param username the name that the user prefers; the user gets a similar one if it is taken
 * @param roles no roles if the user may not log in here
 */
@Serdeable
record ProviderLogin(
    @NotBlank @Size(max = 500) String issuer,
    @NotBlank @Size(max = 255) String subject,
    @NotBlank @Size(max = 200) @Pattern(regexp = User.NAME, message = User.NAME_FAULT)
        String username,
    @NotBlank @Size(max = 200) @Pattern(regexp = User.NAME, message = User.NAME_FAULT) String name,
    @NotNull @Pattern(regexp = User.EMAIL, message = User.EMAIL_FAULT) String email,
    @NotNull List<@NotNull Role> roles) {

  /** Each role once. */
  List<Role> distinctRoles() {
    return roles.stream().distinct().toList();
  }
}
