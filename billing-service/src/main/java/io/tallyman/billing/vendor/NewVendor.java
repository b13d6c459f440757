package io.tallyman.billing.vendor;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.KnownCurrency;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A vendor as it is asked for; see {@link Vendor}. */
@Serdeable
public record NewVendor(
    @NotBlank @Size(max = 200) @Pattern(regexp = NO_NUL, message = "holds a NUL")
        String accountName,
    @Nullable @Size(min = 1, max = 100) @Pattern(regexp = NO_NUL, message = "holds a NUL")
        String accountNumber,
    @Nullable @KnownCurrency String currency,
    @Nullable Long managerId) {

  static final String NO_NUL = "[^\\x00]*";
}
