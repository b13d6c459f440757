package io.tallyman.embedded;

import com.sun.security.auth.module.UnixSystem;
import io.tallyman.embedded.process.Directories;
import io.tallyman.embedded.process.StartFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The programs of PostgreSQL, unpacked once for each user and version. */
record PostgresBinaries(Path home) {

  /**
   * Unpacks the programs into the user's cache folder, if they are not there yet. Several processes
   * may call this at the same time.
   *
   * @param otherwise the folder to use if there is no cache folder
   */
  static PostgresBinaries unpacked(Path otherwise) {
    URL archive = archive();
    try {
      Path parent = cache(otherwise);
      String checksum =
          Long.toHexString(((JarURLConnection) archive.openConnection()).getJarEntry().getCrc());
      Path home = parent.resolve("postgresql-" + checksum);
      if (!Files.exists(home)) {
        unpack(archive, parent, home);
      }
      return new PostgresBinaries(home);
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL cannot be unpacked: " + e, e);
    }
  }

  /**
   * Runs one of the programs and waits until it ends.
   *
   * @throws StartFailure with the output of the program, if it fails
   */
  void run(String program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (new UnixSystem().getUid() == 0) {
      // PostgreSQL refuses to run as root. In its own user namespace it runs as nobody.
      command.addAll(List.of("unshare", "--user"));
    }
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new StartFailure("%s ended with %d: %s".formatted(program, code, said.strip()));
      }
    } catch (IOException e) {
      throw new StartFailure(program + " cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure(program + " was interrupted.", e);
    }
  }

  private static URL archive() {
    String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    String processor =
        switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
          case "aarch64", "arm64" -> "arm_64";
          default -> "x86_64";
        };
    String name = "/postgres-%s-%s.txz".formatted(system, processor);
    URL archive = PostgresBinaries.class.getResource(name);
    if (archive == null) {
      throw new StartFailure("The build contains no PostgreSQL for this machine: " + name);
    }
    return archive;
  }

  private static Path cache(Path otherwise) throws IOException {
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "tallyman");
    try {
      Files.createDirectories(cache);
    } catch (IOException e) {
      return Files.createDirectories(otherwise);
    }
    return Files.isWritable(cache) ? cache : Files.createDirectories(otherwise);
  }

  private static void unpack(URL archive, Path parent, Path home) throws IOException {
    Path unfinished = Files.createTempDirectory(parent, "unpacking-");
    try (InputStream packed = new BufferedInputStream(archive.openStream());
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(entry, tar, entry.resolveIn(unfinished));
      }
    }
    try {
      Files.move(unfinished, home);
    } catch (FileAlreadyExistsException e) {
      Directories.delete(unfinished); // Another process was faster.
    }
  }

  private static void write(TarArchiveEntry entry, InputStream content, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, path);
    boolean program = (entry.getMode() & 0b001_000_000) != 0;
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
  }
}
