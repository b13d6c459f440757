package io.tallyman.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.security.auth.module.UnixSystem;
import io.tallyman.embedded.EmbeddedDatabase;
import io.tallyman.standalone.process.ProcessRecord;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
  @TempDir private Path temporary;

  @Test
  void aResetDeletesWhatWasMade() throws IOException {
    DataDirectory directory = new DataDirectory(temporary.resolve("data"));
    directory.claim().close();
    directory.demo().claim().close();
    Files.writeString(directory.store().resolve("sheet.csv"), "date_billed");

    directory.reset();

    assertThat(directory.root()).doesNotExist();
  }

  @Test
  void aResetSparesTheFilesOfOthers() throws IOException {
    DataDirectory directory = new DataDirectory(temporary);
    directory.claim().close();
    Files.writeString(temporary.resolve("letter.txt"), "Dear Sirs");

    directory.reset();

    assertThat(temporary).isDirectoryContaining(path -> path.endsWith("letter.txt"));
    assertThat(directory.store()).doesNotExist();
  }

  @Test
  void aDirectoryOfOthersIsNeitherUsedNorDeleted() throws IOException {
    Path logs = Files.createDirectory(temporary.resolve("logs"));
    DataDirectory directory = new DataDirectory(temporary);

    assertThatThrownBy(directory::claim)
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("contains files that do not belong to Tallyman");
    assertThatThrownBy(directory::reset)
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("was not made by Tallyman");
    assertThat(logs).exists();
  }

  @Test
  void aDirectoryInUseIsNotDeleted() throws IOException {
    DataDirectory directory = new DataDirectory(temporary.resolve("data"));
    try (FileChannel claim = directory.claim()) {
      assertThatThrownBy(directory::reset)
          .isInstanceOf(UsageError.class)
          .hasMessageStartingWith("Tallyman already runs on " + directory.root());
      assertThat(claim.isOpen()).isTrue();
      assertThat(directory.store()).exists();
    }
  }

  @Test
  void whoRunsInADirectoryInUseIsSaid() throws IOException {
    DataDirectory directory = new DataDirectory(temporary.resolve("data"));
    try (FileChannel claim = directory.claim()) {
      directory.recordLauncher(0);

      assertThatThrownBy(directory::claim)
          .isInstanceOf(UsageError.class)
          .hasMessageMatching(
              "Tallyman already runs on %1$s, since [0-9T:-]+Z, as process %2$d. "
                      .formatted(directory.root(), ProcessHandle.current().pid())
                  + "Run ./tallyman down --data %1$s to stop it.".formatted(directory.root()));
      assertThat(claim.isOpen()).isTrue();
    }
  }

  @Test
  void aDatabaseThatNobodyRecordedIsStopped() throws IOException {
    DataDirectory directory = new DataDirectory(temporary.resolve("data"));
    directory.claim().close();
    EmbeddedDatabase database = EmbeddedDatabase.start(directory.postgres());
    ProcessRecord process = ProcessRecord.of("postgres", database.process(), database.port());

    assertThat(directory.stopLeftovers()).containsExactly("postgres");

    assertThat(process.process()).isEmpty();
  }

  @Test
  void aFileInTheWayIsSaidInOneLine() throws IOException {
    Path file = Files.writeString(temporary.resolve("data"), "");

    assertThatThrownBy(new DataDirectory(file.resolve("below"))::claim)
        .isInstanceOf(UsageError.class)
        .hasMessageStartingWith("The data directory " + file.resolve("below") + " cannot be");
  }

  @Test
  void theKeyOfProfilesStaysAndHas32Bytes() throws IOException {
    DataDirectory directory = new DataDirectory(temporary.resolve("data"));
    directory.claim().close();

    String key = directory.profilesKey();

    assertThat(Base64.getUrlDecoder().decode(key)).hasSize(32);
    assertThat(directory.profilesKey()).isEqualTo(key);
    assertThat(directory.root().resolve("passwords/profiles-key")).hasContent(key);
  }

  @Test
  void directoryAndLogsAreMadeForTheOwnerOnly() throws IOException {
    DataDirectory directory = new DataDirectory(temporary.resolve("data"));
    directory.claim().close();
    directory.password("users");
    directory.newLog("gateway");

    assertThat(modes(directory.root())).isEqualTo("rwx------");
    assertThat(modes(directory.store())).isEqualTo("rwx------");
    assertThat(modes(directory.log("gateway"))).isEqualTo("rw-------");
    assertThat(modes(directory.root().resolve("passwords/users"))).isEqualTo("rw-------");
  }

  @Test
  void directoryOfAnEarlierReleaseIsTakenAwayFromOthers() throws IOException {
    DataDirectory directory = openDirectory();
    Path program = directory.postgres().resolve("programs/postgres");
    Files.createDirectories(program.getParent());
    open(Files.writeString(program, ""), "rwxr-xr-x");
    open(directory.postgres(), "rwxr-xr-x");

    directory.claim().close();

    assertThat(modes(directory.root())).isEqualTo("rwx------");
    assertThat(modes(directory.store())).isEqualTo("rwx------");
    assertThat(modes(directory.postgres())).isEqualTo("rwx------");
    assertThat(modes(directory.store().resolve("sheet.csv"))).isEqualTo("rw-------");
    assertThat(modes(program)).isEqualTo("rwxr-xr-x");
  }

  @Test
  void anotherUserOfTheMachineCannotReadSheets() throws Exception {
    assumeThat(new UnixSystem().getUid()).as("only root can become another user").isZero();
    open(temporary, "rwxr-xr-x");
    DataDirectory directory = openDirectory();
    Path sheet = directory.store().resolve("sheet.csv");
    assertThat(readByAnother(sheet)).isZero();

    directory.claim().close();

    assertThat(readByAnother(sheet)).isNotZero();
  }

  /** As earlier releases made it. */
  private DataDirectory openDirectory() throws IOException {
    DataDirectory directory = new DataDirectory(temporary.resolve("data"));
    directory.claim().close();
    open(Files.writeString(directory.store().resolve("sheet.csv"), "date_billed"), "rw-r--r--");
    open(directory.store(), "rwxr-xr-x");
    open(directory.root(), "rwxr-xr-x");
    return directory;
  }

  private static void open(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static String modes(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static int readByAnother(Path file) throws Exception {
    return new ProcessBuilder(
            "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "cat", file.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Test
  void theLogOfTheRunBeforeIsKept() throws IOException {
    DataDirectory directory = new DataDirectory(temporary.resolve("data"));
    directory.claim().close();
    Files.writeString(directory.newLog("gateway"), "first run");

    Path log = directory.newLog("gateway");

    assertThat(log).isEmptyFile();
    assertThat(log.resolveSibling("gateway.previous.log")).hasContent("first run");
  }
}
