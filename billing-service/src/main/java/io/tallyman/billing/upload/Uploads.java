package io.tallyman.billing.upload;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.store.SheetStore;
import io.tallyman.billing.store.StoreNames;
import io.tallyman.kit.disk.DiskFull;
import io.tallyman.kit.disk.MeasuredOutput;
import io.tallyman.kit.disk.NewFile;
import io.tallyman.kit.problem.IncompleteBody;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores uploads exactly as they were sent. */
@Singleton
public final class Uploads {
  private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
  private static final int BUFFER = 64 * 1024;

  private final SheetStore store;
  private final UploadConfiguration configuration;

  Uploads(SheetStore store, UploadConfiguration configuration) {
    this.store = store;
    this.configuration = configuration;
  }

  /**
   * A stored upload.
   *
   * @param bytes its size
   * @param sha256 its digest in hex
   */
  @Serdeable
  public record Upload(long bytes, String sha256) {}

  /**
   * Stores an upload. When this returns, the file survives a power failure. When it fails, no file
   * is left.
   *
   * @param length its {@code Content-Length} in bytes; 0 if unknown
   * @throws UploadTooLarge if it is larger than {@code tallyman.uploads.max-bytes}
   * @throws StoreFull if the store has too little free space, before or while the file is written
   * @throws UploadNotStored if writing fails, or the client disconnects
   * @throws IncompleteBody if the request's body is malformed, so that its end is unknown
   */
  public Upload keep(UUID taskId, InputStream body, long length) throws IOException {
    try {
      if (!store.hasRoomFor(Math.min(length, configuration.maxBytes()))) {
        throw new DiskFull(null);
      }
      return write(StoreNames.upload(taskId), body);
    } catch (DiskFull full) {
      LOG.warn("The disk of the sheet store is nearly full; uploads are refused until it is not");
      throw new StoreFull();
    } catch (IOException failure) {
      IncompleteBody.throwIfCauseOf(failure);
      LOG.warn(
          "Upload {} could not be stored ({}); the client got 503 and may send it again",
          taskId,
          failure.toString());
      throw new UploadNotStored();
    }
  }

  /**
   * Keeps the upload of a task for a second task too. Each of the two tasks keeps the file by
   * itself.
   *
   * @throws UploadExpired if the upload was deleted
   */
  public void keepAlso(UUID taskId, UUID other) throws IOException {
    if (!store.link(store.locate(StoreNames.upload(taskId)), StoreNames.upload(other))) {
      throw new UploadExpired(taskId);
    }
  }

  /** Deletes the upload of a task that was not accepted. */
  public void discard(UUID taskId) throws IOException {
    store.delete(StoreNames.upload(taskId));
  }

  private Upload write(String name, InputStream body) throws IOException {
    try (NewFile file = store.begin(name)) {
      MeasuredOutput output = new MeasuredOutput(file);
      byte[] buffer = new byte[BUFFER];
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        if (output.bytes() + read > configuration.maxBytes()) {
          throw new UploadTooLarge(configuration.maxBytes());
        }
        output.write(buffer, 0, read);
      }
      file.publish();
      return new Upload(output.bytes(), output.sha256());
    }
  }
}
