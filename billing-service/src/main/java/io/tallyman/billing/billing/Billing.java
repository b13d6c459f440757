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
 * What is owed to a vendor.
 *
 * @param payable with as many decimals as its currency has; negative where the vendor owes
 * @param reference unique per vendor where there is one
 * @param importId the task that brought it; null where it was entered by hand
 * @param line of the file that the task read
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
