package io.tallyman.embedded;

import io.tallyman.embedded.process.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Supplier;

/** A random password or key, in a file that only its owner can read. */
public final class KeptPassword {
  private KeptPassword() {}

  /** The password in the file; created on the first call. */
  public static String in(Path file) {
    return in(file, KeptPassword::random);
  }

  /** A password that is kept nowhere. */
  public static String random() {
    return HexFormat.of().formatHex(random(24));
  }

  /** The key in the file, 32 bytes in base64url; created on the first call. */
  public static String keyIn(Path file) {
    return in(file, () -> Base64.getUrlEncoder().encodeToString(random(32)));
  }

  private static String in(Path file, Supplier<String> made) {
    try {
      if (!Files.exists(file)) {
        keep(file, made.get());
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The password in " + file + " cannot be read or written: " + e, e);
    }
  }

  private static byte[] random(int length) {
    byte[] random = new byte[length];
    new SecureRandom().nextBytes(random);
    return random;
  }

  private static void keep(Path file, String secret) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(unfinished);
    Files.writeString(OwnerOnly.makeFile(unfinished), secret);
    Files.move(unfinished, file);
  }
}
