package io.tallyman.worker.task;

import io.tallyman.worker.sheet.Column;
import io.tallyman.worker.sheet.SheetFormat;
import io.tallyman.worker.sheet.SheetStore;
import io.tallyman.worker.sheet.SheetWriter;
import io.tallyman.worker.sheet.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a task type has to do its work with, for one attempt. */
public final class Work {
  private final Claimed claimed;
  private final SheetStore store;
  private volatile Progress progress = Progress.NONE;

  public Work(Claimed claimed, SheetStore store) {
    this.claimed = claimed;
    this.store = store;
  }

  public UUID taskId() {
    return claimed.taskId();
  }

  public int attempt() {
    return claimed.attempt();
  }

  /** Begins the sheet of this attempt; there is one at most. */
  public SheetWriter beginSheet(List<Column> columns) throws IOException {
    return beginSheet(columns, SheetFormat.RAW);
  }

  /** Begins the sheet of this attempt in the format that was asked for. */
  public SheetWriter beginSheet(List<Column> columns, SheetFormat format) throws IOException {
    return SheetWriter.begin(store.begin(claimed.sheetFile()), columns, format);
  }

  /** The size and the time of the file that the task is about. */
  public StoredFile upload() throws IOException {
    return store.describe(uploadFile());
  }

  /** Opens the file that the task is about. */
  public InputStream openUpload() throws IOException {
    return store.read(uploadFile());
  }

  /** Says how far the work is. May be called often; the next heartbeat carries the last one. */
  public void report(Progress now) {
    progress = now;
  }

  public Progress progress() {
    return progress;
  }

  /** The last progress that was reported; null if none was. */
  @SuppressWarnings("ReferenceEquality") // the progress before any report, not one that equals it
  public @Nullable Progress reported() {
    Progress last = progress;
    return last == Progress.NONE ? null : last;
  }

  private String uploadFile() {
    String upload = claimed.uploadFile();
    if (upload == null) {
      throw new IllegalStateException(claimed + " came without an upload");
    }
    return upload;
  }

  public Claimed claimed() {
    return claimed;
  }

  /** Removes whatever this attempt wrote. */
  public void discard() throws IOException {
    store.delete(claimed.sheetFile());
  }

  /** The task, its type and the number of the attempt, as log lines begin. */
  @Override
  public String toString() {
    return claimed.toString();
  }
}
