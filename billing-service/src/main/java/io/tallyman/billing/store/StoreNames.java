package io.tallyman.billing.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of files in the sheet store, such as {@code sheets/2026-11-28/07/<task>-1.csv}: the
 * kind, the day on which the task was accepted (UTC), one of {@value #SUB_FOLDERS} folders, and the
 * task. So no folder grows without end, and few folders have to be made. The name follows from the
 * task's id and the number of the attempt. Nothing that a user sent is ever part of a name.
 */
public final class StoreNames {
  static final String SHEETS = "sheets";
  static final String UPLOADS = "uploads";
  public static final List<String> TOP_FOLDERS = List.of(SHEETS, UPLOADS);

  /** The number of folders for the files of a day. */
  static final int SUB_FOLDERS = 64;

  private static final Pattern SHEET =
      Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\\d{1,9})\\.csv");

  private static final Pattern UPLOAD =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final Pattern FOLDER =
      Pattern.compile("(?:sheets|uploads)/(\\d{4}-[01]\\d-[0-3]\\d)(?:/\\d\\d)?");

  private StoreNames() {}

  /** The name of the sheet that an attempt writes. */
  public static String sheet(UUID taskId, int attempt) {
    return SHEETS + folders(taskId) + taskId + "-" + attempt + ".csv";
  }

  /** The name of a task's upload. */
  public static String upload(UUID taskId) {
    return UPLOADS + folders(taskId) + taskId;
  }

  /**
   * The first 48 bits of an id of version 7 are its time, which gives the day. The last bits are
   * random, and give the number of the folder.
   */
  private static String folders(UUID taskId) {
    long millis = taskId.version() == 7 ? taskId.getMostSignificantBits() >>> 16 : 0;
    LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    return "/%s/%02d/".formatted(day, taskId.getLeastSignificantBits() & (SUB_FOLDERS - 1));
  }

  /** The name without the folders of the day, which files of earlier releases have. */
  static String withoutFolders(String name) {
    return name.substring(0, name.indexOf('/')) + name.substring(name.lastIndexOf('/'));
  }

  /** The day of a folder that was made for files of a day; empty for any other folder. */
  static Optional<LocalDate> dayOf(String folder) {
    Matcher name = FOLDER.matcher(folder);
    try {
      return name.matches() ? Optional.of(LocalDate.parse(name.group(1))) : Optional.empty();
    } catch (DateTimeParseException noDay) {
      return Optional.empty();
    }
  }

  /** The task whose upload a file is; empty if the file is no upload. */
  static Optional<UUID> uploadOf(String name) {
    String last = lastPart(name);
    return UPLOAD.matcher(last).matches() ? Optional.of(UUID.fromString(last)) : Optional.empty();
  }

  public record SheetOf(UUID taskId, int attempt) {}

  /** The attempt whose sheet a file is; empty if the file is no sheet. */
  static Optional<SheetOf> sheetOf(String name) {
    Matcher last = SHEET.matcher(lastPart(name));
    return last.matches()
        ? Optional.of(new SheetOf(UUID.fromString(last.group(1)), Integer.parseInt(last.group(2))))
        : Optional.empty();
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
