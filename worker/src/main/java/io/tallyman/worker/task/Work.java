package io.tallyman.worker.task;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.worker.sheet.Column;
import io.tallyman.worker.sheet.SheetFormat;
import io.tallyman.worker.sheet.SheetOutput;
import io.tallyman.worker.sheet.SheetStore;
import io.tallyman.worker.sheet.SheetWriter;
import io.tallyman.worker.sheet.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One attempt's access to its sheet, its upload and its progress, for a task type. */
public final class Work implements AutoCloseable {
  private final Claimed claimed;
  private final SheetStore store;
  private final LongSlots longSlots;
  private volatile Progress progress = Progress.NONE;
  private volatile boolean isLong;

  public Work(Claimed claimed, SheetStore store, LongSlots longSlots) {
    this.claimed = claimed;
    this.store = store;
    this.longSlots = longSlots;
  }

  public UUID taskId() {
    return claimed.taskId();
  }

  public int attempt() {
    return claimed.attempt();
  }

  /**
   * A part of an attempt.
   *
   * @param <T> its result
   */
  public interface Step<T> {
    T run() throws IOException, InterruptedException;
  }

  /**
   * Runs the part of an attempt that may take long, and returns when it has ended. The part runs on
   * a thread of its own, so that it does not delay other attempts. From now on the attempt is long,
   * and has a slot for long attempts until {@link #close}.
   *
   * @throws NoLongSlot if no such slot is free; let it pass, and the type runs again when the
   *     attempt has a slot
   */
  public <T> T runLong(Step<T> step) throws IOException, InterruptedException {
    if (!isLong && !longSlots.take()) {
      throw new NoLongSlot();
    }
    isLong = true;
    return LongWork.run(toString(), step);
  }

  /**
   * Waits a little for a slot for long attempts.
   *
   * @throws NoLongSlot if none became free; the task is given back
   */
  void awaitLongSlot() throws InterruptedException {
    if (!longSlots.await()) {
      throw new NoLongSlot();
    }
    isLong = true;
  }

  /** Whether the attempt is long. */
  public boolean isLong() {
    return isLong;
  }

  /** Ends the attempt. */
  @Override
  public void close() {
    if (isLong) {
      longSlots.giveBack();
    }
  }

  /**
   * Begins the sheet of this attempt. An attempt has at most one sheet.
   *
   * @param rows about how many rows it will have
   */
  public SheetWriter beginSheet(List<Column> columns, SheetFormat format, long rows)
      throws IOException {
    SheetOutput target =
        new SheetOutput(() -> store.begin(claimed.sheetFile()), claimed.mostInline());
    return SheetWriter.begin(target, columns, format, rows);
  }

  /** What billing-service has read for this attempt; empty if the attempt has to read. */
  public Optional<JsonNode> input() {
    return Optional.ofNullable(claimed.input());
  }

  /** The task's uploaded file. */
  public StoredFile upload() throws IOException {
    return store.describe(uploadFile());
  }

  /** Opens the file that the task is about. */
  public InputStream openUpload() throws IOException {
    return store.read(uploadFile());
  }

  /**
   * Sets the current progress. Cheap, so call it often; the next heartbeat sends the latest value.
   */
  public void report(Progress now) {
    progress = now;
  }

  public Progress progress() {
    return progress;
  }

  /** The last progress that was reported; null if none was. */
  @SuppressWarnings("ReferenceEquality") // compares with the initial object, not with an equal one
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

  /** Deletes the sheet of this attempt, finished or not. */
  public void discard() throws IOException {
    store.delete(claimed.sheetFile());
  }

  /** The task's id, its type and the attempt's number: the beginning of log lines. */
  @Override
  public String toString() {
    return claimed.toString();
  }
}
