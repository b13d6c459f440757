package io.tallyman.billing.intake;

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

/** Stores uploads exactly as they were sent. */
@Singleton
final class Uploads {
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
   * A stored upload.
   *
   * @param bytes its size
   * @param sha256 its digest in hex
   */
  @Serdeable
  record Upload(long bytes, String sha256) {}

  /**
   * Stores an upload. When this returns, the file survives a power failure. When it fails, no file
   * is left.
   *
   * @param length its {@code Content-Length} in bytes; 0 if unknown
   * @throws UploadTooLarge if it is larger than {@code tallyman.uploads.max-bytes}
   * @throws StoreFull if the disk has too little free space, before or while it is written
   * @throws UploadNotStored if writing fails, or the client disconnects
   * @throws BrokenBody if the request's body is malformed, so that its end is unknown
   */
  Upload keep(UUID taskId, InputStream body, long length) throws IOException {
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
          "Upload {} could not be stored ({}); the client got 503 and may send it again",
          taskId,
          failure.toString());
      throw full ? new StoreFull() : new UploadNotStored();
    } catch (RuntimeException failure) {
      Files.deleteIfExists(file);
      throw failure;
    }
  }

  /**
   * Keeps the upload of a task for another task too. Each of them keeps the file by itself.
   *
   * @throws UploadExpired if the upload was deleted
   */
  void keepAlso(UUID taskId, UUID other) throws IOException {
    Path file = store.path(StoreNames.upload(other));
    try {
      Files.createLink(file, store.path(StoreNames.upload(taskId)));
    } catch (NoSuchFileException swept) {
      throw new UploadExpired(taskId);
    }
    store.syncFolderOf(file);
  }

  /** Deletes the upload of a task that was not accepted. */
  void discard(UUID taskId) throws IOException {
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
      LOG.warn(
          "The disk of the sheet store is nearly full; uploads get 503 until there is more free"
              + " space");
      throw new StoreFull();
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
