package io.tallyman.kit.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes files and folders that no other user of the machine can open, from their first moment. */
final class OwnerOnly {
  private static final FileAttribute<Set<PosixFilePermission>> FILE = mode("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER = mode("rwx------");

  private OwnerOnly() {}

  /** Makes an empty file. One that exists is replaced. */
  static void makeFile(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, FILE);
  }

  /**
   * @throws java.nio.file.FileAlreadyExistsException if it exists
   */
  static void makeFolder(Path folder) throws IOException {
    Files.createDirectory(folder, FOLDER);
  }

  /** Makes a folder, and those above it, where they are missing. */
  static void makeFolders(Path folder) throws IOException {
    Files.createDirectories(folder, FOLDER);
  }

  private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
