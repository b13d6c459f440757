package io.tallyman.kit.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableDirectoryTest {
  private static final int MIB = 1 << 20;
  private static final String NAME = "files/2026-11-28/07/a";

  @TempDir private Path root;
  private final AtomicLong usable = new AtomicLong(100L * MIB);
  private DurableDirectory directory;

  @BeforeEach
  void open() {
    FreeSpace space = new FreeSpace(usable::get, () -> 1_000L * MIB, MIB);
    directory = new DurableDirectory("test.directory", root, space, List.of("files"));
  }

  @Test
  void fileHasItsNameOnlyOnceItIsPublished() throws IOException {
    try (NewFile file = directory.begin(NAME)) {
      file.write("some".getBytes(UTF_8));
      assertThat(root.resolve(NAME)).doesNotExist();
      assertThat(directory.size(NAME)).isEmpty();

      file.publish();
      assertThat(root.resolve(NAME)).hasContent("some");
    }
    assertThat(root.resolve(NAME)).hasContent("some");
    assertThat(root.resolve(NAME).getParent()).isDirectoryNotContaining("glob:**.part");
    assertThat(directory.size(NAME)).hasValue(4);
  }

  @Test
  void otherUsersCannotOpenFilesAndFolders() throws IOException {
    Path made = root.resolve("made");
    DurableDirectory fresh =
        new DurableDirectory("test.directory", made, FreeSpace.of(root, 0), List.of("files"));
    try (NewFile file = fresh.begin(NAME)) {
      assertThat(mode("made/" + NAME + ".part")).isEqualTo("rw-------");
      file.publish();
    }

    assertThat(mode("made/" + NAME)).isEqualTo("rw-------");
    assertThat(List.of("made", "made/files", "made/files/2026-11-28", "made/files/2026-11-28/07"))
        .allSatisfy(folder -> assertThat(mode(folder)).isEqualTo("rwx------"));
  }

  @Test
  void openFileOfACrashIsReplaced() throws IOException {
    Path left = Files.writeString(root.resolve("files/a.part"), "half");

    try (NewFile file = directory.begin("files/a")) {
      assertThat(left).isEmptyFile();
      assertThat(mode("files/a.part")).isEqualTo("rw-------");
      file.write(1);
    }
  }

  @Test
  void fileThatIsNotPublishedLeavesNothing() throws IOException {
    try (NewFile file = directory.begin(NAME)) {
      file.write(1);
    }
    assertThat(root.resolve(NAME).getParent()).isEmptyDirectory();
  }

  @Test
  void nothingIsBegunOnAFullDisk() {
    usable.set(MIB - 1);

    assertThatExceptionOfType(DiskFull.class).isThrownBy(() -> directory.begin(NAME));
    assertThat(root.resolve("files")).isEmptyDirectory();
  }

  @Test
  void fileEndsWhereTheDiskFillsUpMeanwhile() throws IOException {
    try (NewFile file = directory.begin(NAME)) {
      file.write(new byte[MIB]);
      usable.set(MIB - 1);

      assertThatExceptionOfType(DiskFull.class).isThrownBy(() -> file.write(new byte[10]));
    }
    assertThat(root.resolve(NAME).getParent()).isEmptyDirectory();
  }

  @Test
  void folderThatAnotherProcessRemovedIsMadeAgain() throws IOException {
    write(NAME);
    Files.delete(root.resolve(NAME));
    directory.removeIfEmpty("files/2026-11-28/07");
    directory.removeIfEmpty("files/2026-11-28");
    assertThat(root.resolve("files")).isEmptyDirectory();

    write(NAME);

    assertThat(root.resolve(NAME)).exists();
  }

  @Test
  void onlyAnEmptyFolderIsRemoved() throws IOException {
    write(NAME);

    directory.removeIfEmpty("files/2026-11-28/07");
    directory.removeIfEmpty("files/2026-11-29");

    assertThat(root.resolve(NAME)).exists();
  }

  @Test
  void linkIsAFileOfItsOwn() throws IOException {
    write(NAME);

    assertThat(directory.link(NAME, "files/2026-11-29/01/b")).isTrue();
    directory.delete(NAME);

    assertThat(root.resolve("files/2026-11-29/01/b")).hasContent("some");
  }

  @Test
  void missingFileCannotBeLinked() throws IOException {
    assertThat(directory.link(NAME, "files/2026-11-29/01/b")).isFalse();
  }

  @Test
  void deleteRemovesAnUnfinishedFileToo() throws IOException {
    write(NAME);
    Files.writeString(root.resolve(NAME + ".part"), "half");

    assertThat(directory.delete(NAME)).isTrue();
    assertThat(directory.delete(NAME)).isFalse();
    assertThat(root.resolve(NAME).getParent()).isEmptyDirectory();
  }

  @Test
  void listHasFilesByTheirFinalNamesAndFolders() throws IOException {
    write("files/b");
    Files.writeString(root.resolve("files/c.part"), "half");
    Files.createDirectory(root.resolve("files/2026-11-28"));
    List<List<FolderEntry>> batches = new ArrayList<>();

    directory.list("files", 2, batches::add);
    directory.list("nothing", 2, batches::add);

    assertThat(batches).extracting(List::size).containsExactly(2, 1);
    assertThat(batches.stream().flatMap(List::stream))
        .extracting(entry -> entry.name() + " " + entry.isFolder())
        .containsExactlyInAnyOrder("files/b false", "files/c false", "files/2026-11-28 true");
  }

  @Test
  void directoryThatCannotBeMadeStopsTheStart() throws IOException {
    Path file = Files.createFile(root.resolve("file"));
    FreeSpace space = FreeSpace.of(root, 0);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> new DurableDirectory("test.directory", file, space, List.of()))
        .withMessageContaining("test.directory: " + file);
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(name)));
  }

  private void write(String name) throws IOException {
    try (NewFile file = directory.begin(name)) {
      file.write("some".getBytes(UTF_8));
      file.publish();
    }
  }
}
