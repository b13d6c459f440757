package io.tallyman.worker.intake.detect;

import io.tallyman.worker.intake.csv.Spaces;
import io.tallyman.worker.intake.row.Words;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the cells of a column have in common. */
final class ColumnShape {
  static final Set<String> CURRENCIES =
      Currency.availableCurrencies()
          .filter(currency -> currency.getDefaultFractionDigits() >= 0)
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> DEBITS = Set.copyOf(Words.of("is_debit"));
  private static final Set<String> CREDITS = Set.copyOf(Words.of("is_credit"));
  private static final int MOST_DISTINCT = 200;
  private static final int LONGEST_WORD = 12;

  private final DateShapes dates = new DateShapes();
  private final AmountShapes amounts = new AmountShapes();
  private final Set<String> distinct = new HashSet<>();
  private long count;
  private long letters;
  private long currencies;
  private long debits;
  private long credits;
  private final List<String> samples = new ArrayList<>();

  void add(String cell) {
    if (Spaces.areAll(cell)) {
      return;
    }
    count++;
    if (!dates.add(cell)) {
      amounts.add(cell);
    }
    if (distinct.size() < MOST_DISTINCT) {
      distinct.add(cell);
    }
    letters += cell.codePoints().anyMatch(Character::isLetter) ? 1 : 0;
    if (samples.size() < 3 && !samples.contains(cell)) {
      samples.add(cell);
    }
    if (cell.length() <= LONGEST_WORD && !Character.isDigit(cell.charAt(0))) {
      currencies += CURRENCIES.contains(Spaces.strip(cell)) ? 1 : 0;
      String word = Words.plain(cell);
      debits += DEBITS.contains(word) ? 1 : 0;
      credits += CREDITS.contains(word) ? 1 : 0;
    }
  }

  DateShapes dates() {
    return dates;
  }

  AmountShapes amounts() {
    return amounts;
  }

  /** The number of cells with content. */
  long count() {
    return count;
  }

  /** The number of different cells, up to 200. */
  int distinct() {
    return distinct.size();
  }

  /** The first different cells with content, at most three. */
  List<String> samples() {
    return samples;
  }

  double share(long part) {
    return count == 0 ? 0 : (double) part / count;
  }

  double dateShare() {
    return share(dates.count());
  }

  double serialShare() {
    return share(dates.serials());
  }

  double amountShare() {
    return share(amounts.count());
  }

  double letterShare() {
    return share(letters);
  }

  double currencyShare() {
    return share(currencies);
  }

  double directionShare() {
    return share(debits + credits);
  }

  boolean hasBothDirections() {
    return debits > 0 && credits > 0;
  }
}
