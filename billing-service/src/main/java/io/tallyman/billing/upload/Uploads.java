package io.tallyman.billing.upload;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.store.SheetStore;
import io.tallyman.billing.store.StoreNames;
import io.tallyman.kit.disk.DiskFull;
import io.tallyman.kit.disk.MeasuredOutput;
import io.tallyman.kit.disk.NewFile;
import io.tallyman.kit.problem.BrokenBody;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps uploads in the store, exactly as they were sent. */
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
   * What was stored.
   *
   * @param sha256 in hex
   */
  @Serdeable
  public record Upload(long bytes, String sha256) {}

  /**
   * Stores an upload. When this returns, the file survives a loss of power; when it fails, there is
   * no file.
   *
   * @param length how many bytes its sender says it has; 0 if that is not known
   * @throws UploadTooLarge if it has more bytes than are allowed
   * @throws StoreFull if the store has no room for it, at the beginning or in the middle
   * @throws UploadNotStored if the store does not take it, or its sender goes away in the middle
   * @throws BrokenBody if its end cannot be found
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
      BrokenBody.throwIfCauseOf(failure);
      LOG.warn(
          "Upload {} could not be stored ({}); its sender is told to try again",
          taskId,
          failure.toString());
      throw new UploadNotStored();
    }
  }

  /**
   * Keeps the upload of a task for a second task as well, for as long as the second task needs it.
   *
   * @throws UploadExpired if it is not there any more
   */
  public void keepAlso(UUID taskId, UUID other) throws IOException {
    if (!store.link(store.locate(StoreNames.upload(taskId)), StoreNames.upload(other))) {
      throw new UploadExpired(taskId);
    }
  }

  /** Removes the upload of a task that was not accepted. */
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
