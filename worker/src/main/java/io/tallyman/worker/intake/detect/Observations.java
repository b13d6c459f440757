package io.tallyman.worker.intake.detect;

import io.tallyman.worker.intake.csv.Spaces;
import io.tallyman.worker.intake.row.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the mapped columns of a file hold, from its first row to its last one. */
final class Observations {
  private static final int MOST_FOOTERS = 20;
  private static final int SHOWN = 3;
  private static final List<String> AMOUNTS = List.of("payable", "debit", "credit");
  private static final List<String> TEXTS = List.of("account_name", "account_number", "reference");

  private final @Nullable Integer date;
  private final int[] amounts;
  private final boolean hasVendors;
  private final Map<String, Integer> places;
  private final DateShapes dateShapes = new DateShapes();
  private final AmountShapes amountShapes = new AmountShapes();
  private final List<Detection.Footer> tail = new ArrayList<>();
  private final List<List<String>> firstRows = new ArrayList<>();
  private final Map<String, String> strange = new HashMap<>();
  private long rows;
  private long withoutCurrency;

  Observations(Map<String, Integer> places) {
    this.places = new LinkedHashMap<>(places);
    date = places.get("date_billed");
    hasVendors = places.containsKey("account_name") || places.containsKey("account_number");
    amounts = AMOUNTS.stream().filter(places::containsKey).mapToInt(places::get).toArray();
  }

  void add(long line, List<String> cells) {
    rows++;
    if (!isData(cells)) {
      addFooter(line, cells);
      return;
    }
    tail.clear();
    if (firstRows.size() < SHOWN) {
      firstRows.add(cells);
    }
    if (date != null) {
      dateShapes.add(cell(cells, date));
    }
    for (int place : amounts) {
      amountShapes.add(cell(cells, place));
    }
    Integer currency = places.get("currency");
    if (currency == null || Spaces.areAll(cell(cells, currency))) {
      withoutCurrency++;
    }
    if (strange.isEmpty()) {
      findStrange(cells);
    }
  }

  /** Without a column of vendors, any text may be a name. */
  private void findStrange(List<String> cells) {
    for (String field : TEXTS) {
      Integer place = places.get(field);
      if (place != null && isStrange(cell(cells, place))) {
        strange.put(field, cell(cells, place));
      }
    }
    if (!hasVendors) {
      cells.stream()
          .filter(Observations::isStrange)
          .findFirst()
          .ifPresent(cell -> strange.put("account_name", cell));
    }
  }

  private static boolean isStrange(String cell) {
    return cell.chars().anyMatch(one -> one > '~');
  }

  /** Without a column of vendors, all rows count: which one it is becomes a question. */
  private boolean isData(List<String> cells) {
    boolean isNamed = has("account_name", cells) || has("account_number", cells) || !hasVendors;
    boolean isDated = date != null && !Spaces.areAll(cell(cells, date));
    return isNamed && (isDated || (date == null && cells.stream().noneMatch(Words::areTotal)));
  }

  private boolean has(String field, List<String> cells) {
    Integer place = places.get(field);
    return place != null && !Spaces.areAll(cell(cells, place));
  }

  private void addFooter(long line, List<String> cells) {
    List<String> content =
        cells.stream().filter(cell -> !Spaces.areAll(cell)).map(Spaces::strip).toList();
    if (!content.isEmpty() && tail.size() < MOST_FOOTERS) {
      tail.add(new Detection.Footer(line, content));
    }
  }

  static String cell(List<String> cells, int place) {
    return place < cells.size() ? cells.get(place) : "";
  }

  DateShapes dates() {
    return dateShapes;
  }

  AmountShapes amounts() {
    return amountShapes;
  }

  List<Detection.Footer> footers() {
    return List.copyOf(tail);
  }

  List<List<String>> firstRows() {
    return firstRows;
  }

  /** A text that is not ASCII, by its field; empty if there is none. */
  Map<String, String> strange() {
    return strange;
  }

  /** Rows without a currency of their own. */
  long withoutCurrency() {
    return withoutCurrency;
  }

  long rows() {
    return rows;
  }
}
