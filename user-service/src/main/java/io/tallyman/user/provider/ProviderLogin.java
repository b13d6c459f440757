package io.tallyman.user.provider;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.user.account.Role;
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
    @NotBlank @Size(max = 200) @Pattern(regexp = TEXT, message = CONTROL) String username,
    @NotBlank @Size(max = 200) @Pattern(regexp = TEXT, message = CONTROL) String name,
    @NotNull @Pattern(regexp = EMAIL, message = "is not an email address") String email,
    @NotNull List<@NotNull Role> roles) {
  private static final String TEXT = "\\P{Cntrl}*";
  private static final String CONTROL = "contains a control character";
  private static final String EMAIL = "[^\\s\\p{Cntrl}@]{1,64}@[^\\s\\p{Cntrl}@]{1,189}";
}
