package io.tallyman.billing.vendor;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.database.Conditions;
import io.tallyman.kit.page.Keyset;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.page.PageRequest;
import io.tallyman.kit.page.Pages;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Lists vendors in the order in which they were added. */
@Singleton
final class VendorList {
  private static final Keyset<Vendor, Position> ORDER =
      new Keyset<>("vendors", Position.class, vendor -> new Position(vendor.id()));

  private final Jdbi jdbi;
  private final Pages pages;

  /**
   * @param accountName the exact, whole name
   */
  @Serdeable
  record Filter(@Nullable String accountName, @Nullable Long managerId) {}

  @Serdeable
  public record Position(long id) {}

  VendorList(Jdbi jdbi, Pages pages) {
    this.jdbi = jdbi;
    this.pages = pages;
  }

  Page<Vendor> page(Filter filter, PageRequest request) {
    return pages.page(ORDER, filter, request, (after, count) -> rows(filter, after, count));
  }

  private List<Vendor> rows(Filter filter, @Nullable Position after, int count) {
    return new Conditions()
        .where("account_name = :accountName", "accountName", filter.accountName())
        .where("manager_id = :managerId", "managerId", filter.managerId())
        .where("id > :position.id", after)
        .rows(
            jdbi,
            Vendor.class,
            count,
            """
            SELECT * FROM vendor
            <conditions>
            ORDER BY id
            LIMIT :count
            """);
  }
}
