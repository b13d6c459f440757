package io.tallyman.billing.vendor;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.currency.KnownCurrency;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A vendor as a client adds it; see {@link Vendor}. The limits of its name and account number are
 * those of a row of an imported file.
 */
@Serdeable
public record NewVendor(
    @NotNull @Pattern(regexp = TEXT, message = NO_TEXT) String accountName,
    @Nullable @Pattern(regexp = TEXT, message = NO_TEXT) String accountNumber,
    @Nullable @KnownCurrency String currency,
    @Nullable Long managerId) {

  static final String NO_NUL = "[^\\x00]*";

  private static final String TEXT = "(?!\\p{javaWhitespace}*\\z)[^\\x00]{1,200}";
  private static final String NO_TEXT =
      "must not be blank and must have at most 200 characters, none of them NUL";
}
