package io.tallyman.worker.intake.detect;

import io.tallyman.worker.intake.row.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How well the name of a column says that it holds a field: 1 is certain, 0 does not say so. */
final class HeaderWords {
  /** The fields that are recognized by words. */
  static final List<String> FIELDS =
      List.of(
          "date_billed",
          "account_name",
          "account_number",
          "reference",
          "payable",
          "currency",
          "direction",
          "debit",
          "credit");

  private static final double LEAST_EXACT = 0.75;
  private static final double MOST_PARTIAL = 0.7;
  private static final double LEAST_PARTIAL = 0.3;
  private static final Map<String, Map<String, Double>> SCORES = scores();

  private final Map<String, Map<String, Double>> known = new HashMap<>();

  private static Map<String, Map<String, Double>> scores() {
    Map<String, Map<String, Double>> scores = new HashMap<>();
    for (String field : FIELDS) {
      List<String> words = Words.of(field);
      Map<String, Double> byWord = new HashMap<>();
      for (int index = 0; index < words.size(); index++) {
        double score = 1 - (1 - LEAST_EXACT) * index / words.size();
        byWord.putIfAbsent(Words.plain(words.get(index)), score);
      }
      scores.put(field, byWord);
    }
    return scores;
  }

  double score(String field, String header) {
    return known.computeIfAbsent(header, HeaderWords::all).getOrDefault(field, 0.0);
  }

  private static Map<String, Double> all(String header) {
    String plain = Words.plain(header);
    Map<String, Double> all = new HashMap<>();
    if (plain.isEmpty() || plain.length() > 80) {
      return all;
    }
    String padded = " " + plain + " ";
    for (String field : FIELDS) {
      double best = SCORES.get(field).getOrDefault(plain, 0.0);
      if (best == 0) {
        for (String word : SCORES.get(field).keySet()) {
          if (word.length() > 2 && padded.contains(" " + word + " ")) {
            double share = (double) word.length() / plain.length();
            best = Math.max(best, LEAST_PARTIAL + (MOST_PARTIAL - LEAST_PARTIAL) * share);
          }
        }
      }
      if (best > 0) {
        all.put(field, best);
      }
    }
    return all;
  }

  /** How well a row is a header: the sum of the best scores of its cells for each field. */
  double score(List<String> cells) {
    double sum = 0;
    for (String field : FIELDS) {
      sum += cells.stream().mapToDouble(cell -> score(field, cell)).max().orElse(0);
    }
    return sum;
  }
}
