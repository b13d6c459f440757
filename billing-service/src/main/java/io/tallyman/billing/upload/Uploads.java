package io.tallyman.billing.upload;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.sheet.Store;
import io.tallyman.billing.sheet.StoreNames;
import io.tallyman.kit.idempotency.Digest;
import io.tallyman.kit.problem.BrokenBody;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps uploads in the store, exactly as they were sent. */
@Singleton
public final class Uploads {
  private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
  private static final int BUFFER = 64 * 1024;
  private static final long BETWEEN_LOOKS = 1 << 20;

  private final Store store;
  private final UploadConfiguration configuration;

  Uploads(Store store, UploadConfiguration configuration) {
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
   * @throws StoreFull if the disk has no room for it, at the beginning or in the middle
   * @throws UploadNotStored if the store does not take it, or its sender goes away in the middle
   * @throws BrokenBody if its end cannot be found
   */
  public Upload keep(UUID taskId, InputStream body, long length) throws IOException {
    requireRoom(Math.min(length, configuration.maxBytes()));
    Path file = store.path(StoreNames.upload(taskId));
    try {
      Upload upload = write(file, body);
      store.syncFolderOf(file);
      return upload;
    } catch (IOException failure) {
      boolean full = !store.hasRoomFor(0);
      Files.deleteIfExists(file);
      BrokenBody.throwIfCauseOf(failure);
      LOG.warn(
          "Upload {} could not be stored ({}); its sender is told to try again",
          taskId,
          failure.toString());
      throw full ? new StoreFull() : new UploadNotStored();
    } catch (RuntimeException failure) {
      Files.deleteIfExists(file);
      throw failure;
    }
  }

  /**
   * Keeps the upload of a task for another one as well, for as long as that needs it.
   *
   * @throws UploadExpired if it is not there any more
   */
  public void keepAlso(UUID taskId, UUID other) throws IOException {
    Path file = store.path(StoreNames.upload(other));
    try {
      Files.createLink(file, store.path(StoreNames.upload(taskId)));
    } catch (NoSuchFileException swept) {
      throw new UploadExpired(taskId);
    }
    store.syncFolderOf(file);
  }

  /** Removes the upload of a task that was not accepted. */
  public void discard(UUID taskId) throws IOException {
    Files.deleteIfExists(store.path(StoreNames.upload(taskId)));
  }

  private Upload write(Path file, InputStream body) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      MessageDigest digest = Digest.algorithm();
      byte[] buffer = new byte[BUFFER];
      long bytes = 0;
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        if (bytes / BETWEEN_LOOKS < (bytes + read) / BETWEEN_LOOKS) {
          requireRoom(read);
        }
        bytes += read;
        if (bytes > configuration.maxBytes()) {
          throw new UploadTooLarge(configuration.maxBytes());
        }
        digest.update(buffer, 0, read);
        writeFully(channel, ByteBuffer.wrap(buffer, 0, read));
      }
      channel.force(true);
      return new Upload(bytes, HexFormat.of().formatHex(digest.digest()));
    }
  }

  private void requireRoom(long bytes) {
    if (!store.hasRoomFor(bytes)) {
      LOG.warn("The disk of the sheet store is nearly full; uploads are refused until it is not");
      throw new StoreFull();
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
