package io.tallyman.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/** A random password in a file that only its owner can read. */
final class KeptPassword {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private KeptPassword() {}

  /** What the file holds; made on the first call. */
  static String in(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The password in " + file + " cannot be kept: " + e, e);
    }
  }

  private static void make(Path file) throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(unfinished);
    Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.writeString(unfinished, HexFormat.of().formatHex(random));
    Files.move(unfinished, file);
  }
}
