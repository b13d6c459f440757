package io.tallyman.billing.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tallyman.billing.store.file.TestStore;
import io.tallyman.kit.disk.FreeSpace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UploadsTest {
  private static final int MIB = 1 << 20;

  @TempDir private Path directory;
  private final AtomicLong usable = new AtomicLong();
  private Uploads uploads;

  @BeforeEach
  void start() {
    FreeSpace space = new FreeSpace(usable::get, () -> 1_000L * MIB, MIB);
    uploads = new Uploads(TestStore.at(directory, space), new UploadConfiguration(5L * MIB));
  }

  @Test
  void uploadThatLeavesTheMinimumFreeIsTaken() throws IOException {
    usable.set(4L * MIB);

    assertThat(keep(3 * MIB, 3 * MIB).bytes()).isEqualTo(3 * MIB);
  }

  @Test
  void uploadThatSaysItIsTooLargeForTheDiskIsNotEvenBegun() throws IOException {
    usable.set(4L * MIB - 1);
    InputStream unread =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("It is read.");
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            return read();
          }
        };

    assertThatExceptionOfType(StoreFull.class)
        .isThrownBy(() -> uploads.keep(UUID.randomUUID(), unread, 3 * MIB));
    assertNothingIsLeft();
  }

  @Test
  void uploadOfUnknownLengthEndsWhereTheDiskFillsUp() throws IOException {
    usable.set(MIB);

    assertThatExceptionOfType(StoreFull.class).isThrownBy(() -> keep(3 * MIB, 0));
    assertNothingIsLeft();
  }

  @Test
  void uploadThatSaysItIsLargerThanAnyMayBeIsReadForThatReason() throws IOException {
    usable.set(6L * MIB);

    assertThatExceptionOfType(UploadTooLarge.class).isThrownBy(() -> keep(6 * MIB, Long.MAX_VALUE));
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private Uploads.Upload keep(int bytes, long length) throws IOException {
    return uploads.keep(UUID.randomUUID(), new ByteArrayInputStream(new byte[bytes]), length);
  }
}
