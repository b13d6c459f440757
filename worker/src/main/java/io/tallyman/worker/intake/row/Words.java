package io.tallyman.worker.intake.row;

import io.tallyman.worker.intake.csv.Spaces;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** The words and signs of the file {@code import-words.txt}, by their kind. */
public final class Words {
  private static final String FILE = "/import-words.txt";
  private static final Pattern MARKS = Pattern.compile("[._\\-/:()#\"*]+");
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final int LONGEST_TOTAL = 30;
  private static final Map<String, List<String>> BY_KIND = load();
  private static final Set<String> TOTALS = Set.copyOf(of("is_total"));

  private Words() {}

  /** The words of a kind as they are in the file, those that count most first. */
  public static List<String> of(String kind) {
    return BY_KIND.getOrDefault(kind, List.of());
  }

  /** A text for the comparison with words: without accents and marks, and in lower case. */
  public static String plain(String text) {
    String base = ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
    return Spaces.fold(MARKS.matcher(base).replaceAll(" "));
  }

  /** Whether a cell says that its row is a total, and nothing else. */
  public static boolean areTotal(String cell) {
    return cell.length() <= LONGEST_TOTAL && TOTALS.contains(plain(cell));
  }

  private static Map<String, List<String>> load() {
    Map<String, List<String>> words = new HashMap<>();
    try (InputStream file = Objects.requireNonNull(Words.class.getResourceAsStream(FILE));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(
              line -> {
                String[] kind = line.split(": ", 2);
                List<String> known = words.computeIfAbsent(kind[0], _ -> new ArrayList<>());
                known.addAll(List.of(kind[1].split("; ")));
              });
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return words;
  }
}
