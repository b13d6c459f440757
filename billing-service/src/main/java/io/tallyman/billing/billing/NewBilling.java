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
 * A billing as a client enters it; see {@link Billing}. The limits of its values are those of a row
 * of an imported file.
 *
 * @param payable the amount as text; it must not have more decimals than its currency
 * @param currency an ISO 4217 code; null means the vendor's currency
 * @param totalIssues null means 1
 * @param reference null or blank means none
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
        @Pattern(regexp = REFERENCE, message = "must have at most 200 characters, none of them NUL")
        String reference) {

  private static final String AMOUNT = "[+-]?[0-9]{1,15}(\\.[0-9]{1,4})?";
  private static final String REFERENCE = "[^\\x00]{0,200}";
}
