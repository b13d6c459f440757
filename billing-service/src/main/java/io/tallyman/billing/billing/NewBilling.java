package io.tallyman.billing.billing;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.currency.KnownCurrency;
import io.tallyman.billing.date.FourDigitYear;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A billing as it is entered by hand; see {@link Billing}. Its values are those that a row of a
 * file may have.
 *
 * @param payable has no more decimals than its currency
 * @param currency the vendor's where none is given
 * @param totalIssues 1 where none is given
 * @param reference none where it is blank
 */
@Serdeable
record NewBilling(
    @NotNull Long vendorId,
    @NotNull @FourDigitYear LocalDate dateBilled,
    @NotNull @Pattern(regexp = AMOUNT, message = "is not an amount of the form -1234.50")
        String payable,
    @Nullable @KnownCurrency String currency,
    @Nullable @PositiveOrZero Integer totalIssues,
    @Nullable
        @Pattern(regexp = REFERENCE, message = "is longer than 200 characters, or holds a NUL")
        String reference) {

  private static final String AMOUNT = "[+-]?[0-9]{1,15}(\\.[0-9]{1,4})?";
  private static final String REFERENCE = "[^\\x00]{0,200}";
}
