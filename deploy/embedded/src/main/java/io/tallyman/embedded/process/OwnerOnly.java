package io.tallyman.embedded.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and directories that only their owner can open. */
public final class OwnerOnly {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private OwnerOnly() {}

  /** Makes an empty file. */
  public static Path makeFile(Path file) throws IOException {
    return Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
  }

  /** Makes a directory, and those above it, where they are missing. */
  public static void makeDirectories(Path directory) throws IOException {
    Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
  }

  /** Whether nobody but the owner can open the file or directory. */
  public static boolean holdsFor(Path path) throws IOException {
    return DIRECTORY.containsAll(Files.getPosixFilePermissions(path));
  }

  /**
   * Takes the file or directory, with its content, away from all other users. Does not follow
   * links.
   *
   * @param except the content of this directory stays as it is
   */
  public static void takeAway(Path path, Path except) throws IOException {
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.setPosixFilePermissions(directory, DIRECTORY);
            return directory.equals(except)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              Files.setPosixFilePermissions(file, FILE);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
