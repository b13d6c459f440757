package io.tallyman.billing.billing;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.database.Conditions;
import io.tallyman.kit.page.Keyset;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.page.PageRequest;
import io.tallyman.kit.page.Pages;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Lists billings in the reverse order of a sheet: the latest date first. */
@Singleton
final class BillingList {
  private static final Keyset<Billing, Position> ORDER =
      new Keyset<>(
          "billings",
          Position.class,
          billing -> new Position(billing.dateBilled(), billing.vendorId(), billing.id()));

  private final Jdbi jdbi;
  private final Pages pages;

  /**
   * @param from inclusive
   * @param to inclusive
   */
  @Serdeable
  record Filter(
      @Nullable Long vendorId,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable String currency) {}

  @Serdeable
  public record Position(LocalDate dateBilled, long vendorId, long id) {}

  BillingList(Jdbi jdbi, Pages pages) {
    this.jdbi = jdbi;
    this.pages = pages;
  }

  Page<Billing> page(Filter filter, PageRequest request) {
    return pages.page(ORDER, filter, request, (after, count) -> rows(filter, after, count));
  }

  private List<Billing> rows(Filter filter, @Nullable Position after, int count) {
    return new Conditions()
        .where("vendor_id = :vendorId", "vendorId", filter.vendorId())
        .where("date_billed >= :from", "from", filter.from())
        .where("date_billed <= :to", "to", filter.to())
        .where("currency = :currency", "currency", filter.currency())
        .where(beyond(filter), after)
        .rows(
            jdbi,
            Billing.class,
            count,
            """
            SELECT * FROM billing
            <conditions>
            ORDER BY date_billed DESC, vendor_id DESC, id DESC
            LIMIT :count
            """);
  }

  /**
   * The condition for the next page. For one vendor it leaves out the vendor's id: only then can
   * the index that begins with the vendor use it as a bound.
   */
  private static String beyond(Filter filter) {
    return filter.vendorId() == null
        ? "(date_billed, vendor_id, id)"
            + " < (:position.dateBilled, :position.vendorId, :position.id)"
        : "(date_billed, id) < (:position.dateBilled, :position.id)";
  }
}
