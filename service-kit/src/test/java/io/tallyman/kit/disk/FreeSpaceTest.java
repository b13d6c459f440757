package io.tallyman.kit.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FreeSpaceTest {
  @Test
  void minimumStaysFree() {
    assertThat(new FreeSpace(() -> 30, () -> 1_000, 10).hasRoomFor(20)).isTrue();
    assertThat(new FreeSpace(() -> 30, () -> 1_000, 10).hasRoomFor(21)).isFalse();
    assertThat(new FreeSpace(() -> 9, () -> 1_000, 10).hasRoomFor(0)).isFalse();
  }

  @Test
  void ofASmallDiskATenthStaysFree() {
    assertThat(new FreeSpace(() -> 100, () -> 1_000, 900).hasRoomFor(0)).isTrue();
    assertThat(new FreeSpace(() -> 99, () -> 1_000, 900).hasRoomFor(0)).isFalse();
  }

  @Test
  void realDiskHasRoomButNotForEverything(@TempDir Path directory) {
    FreeSpace space = FreeSpace.of(directory, 0);

    assertThat(space.hasRoomFor(1)).isTrue();
    assertThat(space.hasRoomFor(Long.MAX_VALUE)).isFalse();
  }
}
