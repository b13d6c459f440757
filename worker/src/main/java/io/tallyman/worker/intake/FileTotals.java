package io.tallyman.worker.intake;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.worker.intake.row.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sums the amounts of a file's rows, separately for each currency. */
final class FileTotals {
  private static final String UNKNOWN = "";

  private final SortedMap<String, Sum> sums = new TreeMap<>();
  private long unread;

  /**
   * @param currency null for rows without a currency, which have that of their vendors
   * @param good the sum of the good rows
   * @param refused the sum of the refused rows whose amount and currency can be read
   */
  @Serdeable
  record Sum(@Nullable String currency, BigDecimal good, BigDecimal refused) {
    Sum plus(Sum other) {
      return new Sum(currency, good.add(other.good), refused.add(other.refused));
    }
  }

  void addGood(Money money) {
    add(new Sum(money.currency(), money.amount(), BigDecimal.ZERO));
  }

  /** Counts an amount without a currency as unread: it belongs to no total. */
  void addRefused(@Nullable Money money) {
    if (money == null || money.currency() == null) {
      unread++;
      return;
    }
    add(new Sum(money.currency(), BigDecimal.ZERO, money.amount()));
  }

  /** One sum for each currency, ordered by its code. */
  List<Sum> all() {
    return List.copyOf(sums.values());
  }

  /** The number of refused rows whose amount or currency cannot be read. */
  long unread() {
    return unread;
  }

  private void add(Sum sum) {
    sums.merge(sum.currency() == null ? UNKNOWN : sum.currency(), sum, Sum::plus);
  }
}
