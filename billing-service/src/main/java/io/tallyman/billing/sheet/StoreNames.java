package io.tallyman.billing.sheet;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of files in the sheet store. They never contain text from a user. */
public final class StoreNames {
  static final String SHEETS = "sheets";
  static final String UPLOADS = "uploads";

  private static final Pattern SHEET =
      Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\\d{1,9})\\.csv(?:\\.part)?");

  private static final Pattern UPLOAD =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private StoreNames() {}

  /** The name of an attempt's sheet; an unfinished sheet has {@code .part} appended. */
  public static String sheet(UUID taskId, int attempt) {
    return SHEETS + "/" + taskId + "-" + attempt + ".csv";
  }

  /** The name of a task's upload. */
  public static String upload(UUID taskId) {
    return UPLOADS + "/" + taskId;
  }

  /** The task of a file in the folder of uploads; empty if the name has another form. */
  static Optional<UUID> uploadOf(String fileName) {
    return UPLOAD.matcher(fileName).matches()
        ? Optional.of(UUID.fromString(fileName))
        : Optional.empty();
  }

  public record SheetOf(UUID taskId, int attempt) {}

  /**
   * The attempt of a file in the folder of sheets, finished or not; empty if the name has another
   * form.
   */
  static Optional<SheetOf> sheetOf(String fileName) {
    Matcher name = SHEET.matcher(fileName);
    return name.matches()
        ? Optional.of(new SheetOf(UUID.fromString(name.group(1)), Integer.parseInt(name.group(2))))
        : Optional.empty();
  }
}
