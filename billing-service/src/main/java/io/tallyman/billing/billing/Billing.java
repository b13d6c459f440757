package io.tallyman.billing.billing;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.date.DateText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An amount that a vendor billed on a day.
 *
 * @param payable the amount with exactly as many decimals as the currency has; negative for a
 *     credit
 * @param reference the vendor's reference, unique per vendor; null if there is none
 * @param importId the import task that added it; null if it was entered by hand
 * @param line its line in the imported file; null if it was entered by hand
 */
@Serdeable
@MappedEntity
public record Billing(
    @Id long id,
    long vendorId,
    @TypeDef(type = DataType.STRING, converter = DateText.class) LocalDate dateBilled,
    BigDecimal payable,
    String currency,
    int totalIssues,
    @Nullable String reference,
    @Nullable UUID importId,
    @Nullable Long line) {}
