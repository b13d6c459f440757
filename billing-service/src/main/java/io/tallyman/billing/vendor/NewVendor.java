package io.tallyman.billing.vendor;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.currency.KnownCurrency;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A vendor as it is asked for; see {@link Vendor}. Its name and its account number are those that a
 * row of a file may have.
 */
@Serdeable
public record NewVendor(
    @NotNull @Pattern(regexp = TEXT, message = NO_TEXT) String accountName,
    @Nullable @Pattern(regexp = TEXT, message = NO_TEXT) String accountNumber,
    @Nullable @KnownCurrency String currency,
    @Nullable Long managerId) {

  static final String NO_NUL = "[^\\x00]*";

  private static final String TEXT = "(?!\\p{javaWhitespace}*\\z)[^\\x00]{1,200}";
  private static final String NO_TEXT = "is blank, is longer than 200 characters, or holds a NUL";
}
