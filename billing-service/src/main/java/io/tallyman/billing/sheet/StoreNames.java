package io.tallyman.billing.sheet;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How files in the sheet store are called. Nothing that a user sent is ever part of a name. */
public final class StoreNames {
  static final String SHEETS = "sheets";
  static final String UPLOADS = "uploads";

  private static final Pattern SHEET =
      Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\\d{1,9})\\.csv(?:\\.part)?");

  private static final Pattern UPLOAD =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private StoreNames() {}

  /** The sheet that an attempt writes; while it is being written, {@code .part} stands behind. */
  public static String sheet(UUID taskId, int attempt) {
    return SHEETS + "/" + taskId + "-" + attempt + ".csv";
  }

  /** The upload that a task is about. */
  public static String upload(UUID taskId) {
    return UPLOADS + "/" + taskId;
  }

  /** Whose upload a file in the folder of uploads is. */
  static Optional<UUID> uploadOf(String fileName) {
    return UPLOAD.matcher(fileName).matches()
        ? Optional.of(UUID.fromString(fileName))
        : Optional.empty();
  }

  public record SheetOf(UUID taskId, int attempt) {}

  /** Whose sheet a file in the folder of sheets is, finished or not. */
  static Optional<SheetOf> sheetOf(String fileName) {
    Matcher name = SHEET.matcher(fileName);
    return name.matches()
        ? Optional.of(new SheetOf(UUID.fromString(name.group(1)), Integer.parseInt(name.group(2))))
        : Optional.empty();
  }
}
