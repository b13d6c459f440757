package io.tallyman.user.apikey;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.user.account.Role;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A new key; see {@link ApiKey}.
 *
 * @param expiresAt the key does not expire if it is left out
 */
@Serdeable
record NewApiKey(
    @NotBlank
        @Size(max = 200)
        @Pattern(regexp = "\\P{Cntrl}*", message = "contains a control character")
        String name,
    @NotNull @NotEmpty(message = "has no role") List<@NotNull Role> scopes,
    @Nullable @Future(message = "is not in the future") Instant expiresAt) {}
