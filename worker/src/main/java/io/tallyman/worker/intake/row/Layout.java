package io.tallyman.worker.intake.row;

import io.tallyman.worker.intake.csv.Spaces;
import io.tallyman.worker.task.BadInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Maps the fields of a billing to the columns of a file, by the file's header. */
public final class Layout {
  private static final int SHOWN = 500;
  private static final Pattern PLACE = Pattern.compile("#[1-9][0-9]{0,3}");

  private final List<String> header;
  private final Map<Field, Integer> places;

  private Layout(List<String> header, Map<Field, Integer> places) {
    this.header = header;
    this.places = places;
  }

  /**
   * Finds our columns by their names in the file: exactly, or else without regard to spaces,
   * invisible characters, and upper and lower case. Where the header has no such name, {@code #3}
   * is the third column. Other columns are ignored.
   *
   * @param columns our names to the file's names. All of these columns must exist, and only these
   *     are read. Null if the file uses our names; then optional columns may be missing
   * @param isDated whether the import gives the date of rows that have none
   * @throws BadInput if a required column is missing or occurs more than once
   */
  public static Layout of(
      List<String> header, @Nullable Map<String, String> columns, boolean isDated) {
    Map<Field, Integer> places = new EnumMap<>(Field.class);
    List<String> faults = new ArrayList<>();
    for (Field field : Field.values()) {
      String name = columns == null ? ownName(field) : columns.get(field.column());
      if (name != null) {
        List<Integer> found = places(header, name);
        if (found.size() == 1) {
          places.put(field, found.getFirst());
        } else if (found.size() > 1) {
          faults.add(
              describe(field, name)
                  + " occurs more than once (give its place, such as #"
                  + (found.getFirst() + 1)
                  + ")");
        } else if (columns != null) {
          faults.add(describe(field, name) + " is missing");
        }
      }
    }
    requireFields(places, isDated, faults);
    if (!faults.isEmpty()) {
      throw mismatch(faults, header);
    }
    return new Layout(List.copyOf(header), places);
  }

  private static @Nullable String ownName(Field field) {
    return field.isOurs() ? field.column() : null;
  }

  private static List<Integer> places(List<String> header, String name) {
    List<Integer> exact = places(header, name::equals);
    if (!exact.isEmpty()) {
      return exact;
    }
    String folded = Spaces.fold(name);
    List<Integer> similar = places(header, candidate -> Spaces.fold(candidate).equals(folded));
    if (!similar.isEmpty() || !PLACE.matcher(name).matches()) {
      return similar;
    }
    int place = Integer.parseInt(name.substring(1)) - 1;
    return place < header.size() ? List.of(place) : List.of();
  }

  private static List<Integer> places(List<String> header, Predicate<String> isMeant) {
    return IntStream.range(0, header.size())
        .filter(index -> isMeant.test(header.get(index)))
        .boxed()
        .toList();
  }

  private static void requireFields(
      Map<Field, Integer> places, boolean isDated, List<String> faults) {
    boolean isSplit = places.containsKey(Field.DEBIT) || places.containsKey(Field.CREDIT);
    if (!isDated && !places.containsKey(Field.DATE_BILLED)) {
      missing(Field.DATE_BILLED, "date_billed is missing", faults);
    }
    if (!isSplit && !places.containsKey(Field.PAYABLE)) {
      missing(Field.PAYABLE, "payable is missing", faults);
    }
    if (isSplit && (places.containsKey(Field.PAYABLE) || places.containsKey(Field.DIRECTION))) {
      faults.add("debit and credit replace payable and direction");
    }
    if (!places.containsKey(Field.ACCOUNT_NAME) && !places.containsKey(Field.ACCOUNT_NUMBER)) {
      missing(Field.ACCOUNT_NAME, "account_name or account_number is missing", faults);
    }
  }

  /** Does not repeat the fault of a field. */
  private static void missing(Field field, String fault, List<String> faults) {
    String name = field == Field.ACCOUNT_NAME ? "account_" : field.column();
    if (faults.stream().noneMatch(earlier -> earlier.startsWith(name))) {
      faults.add(fault);
    }
  }

  /** The file's own header. */
  public List<String> header() {
    return header;
  }

  /**
   * The cell of a field in a row; empty if the file has no such column, or the row no such cell.
   */
  String cell(Field field, List<String> cells) {
    Integer place = places.get(field);
    return place == null || place >= cells.size() ? "" : cells.get(place);
  }

  boolean has(Field field) {
    return places.containsKey(field);
  }

  /** The number of cells that a row needs to have a cell for each field. */
  int neededCells() {
    return places.values().stream().mapToInt(place -> place + 1).max().orElse(0);
  }

  /** The file's name of a field; our name if the file does not have it. */
  public String column(Field field) {
    Integer place = places.get(field);
    return place == null ? field.column() : header.get(place);
  }

  /** The file's name of a field, by our name; null if there is no such field. */
  public @Nullable String column(String ours) {
    return Arrays.stream(Field.values())
        .filter(field -> field.column().equals(ours))
        .findFirst()
        .map(this::column)
        .orElse(null);
  }

  private static String describe(Field field, @Nullable String name) {
    return name == null || name.equals(field.column())
        ? field.column()
        : field.column() + " (" + name + ")";
  }

  private static BadInput mismatch(List<String> faults, List<String> header) {
    String found = String.join(", ", header);
    return new BadInput(
        "header-mismatch",
        "The header of the file does not match",
        String.join("; ", faults)
            + "; the header is: "
            + Spaces.show(found.length() > SHOWN ? found.substring(0, SHOWN) + "…" : found));
  }
}
