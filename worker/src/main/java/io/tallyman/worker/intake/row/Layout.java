package io.tallyman.worker.intake.row;

import io.tallyman.worker.task.BadInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps the fields of a billing to the columns of a file, by the file's header. */
public final class Layout {
  private static final int SHOWN = 500;

  private final List<String> header;
  private final Map<Field, Integer> places;

  private Layout(List<String> header, Map<Field, Integer> places) {
    this.header = header;
    this.places = places;
  }

  /**
   * Finds our columns by their exact names. Other columns are ignored.
   *
   * @param columns our names to the file's names. All of these columns must exist, and only these
   *     are read. Null if the file uses our names; then optional columns may be missing
   * @throws BadInput if a required column is missing or occurs more than once
   */
  public static Layout of(List<String> header, @Nullable Map<String, String> columns) {
    Map<Field, Integer> places = new EnumMap<>(Field.class);
    List<String> faults = new ArrayList<>();
    for (Field field : Field.values()) {
      String name = columns == null ? field.column() : columns.get(field.column());
      if (name != null && header.contains(name)) {
        places.put(field, header.indexOf(name));
        if (header.indexOf(name) != header.lastIndexOf(name)) {
          faults.add(describe(field, name) + " occurs more than once");
        }
      } else if (field.isNeeded() || (columns != null && name != null)) {
        faults.add(describe(field, name) + " is missing");
      }
    }
    boolean named =
        places.containsKey(Field.ACCOUNT_NAME) || places.containsKey(Field.ACCOUNT_NUMBER);
    if (!named && faults.stream().noneMatch(fault -> fault.startsWith("account_"))) {
      faults.add("account_name or account_number is missing");
    }
    if (!faults.isEmpty()) {
      throw mismatch(faults, header);
    }
    return new Layout(List.copyOf(header), places);
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
            + (found.length() > SHOWN ? found.substring(0, SHOWN) + "…" : found));
  }
}
