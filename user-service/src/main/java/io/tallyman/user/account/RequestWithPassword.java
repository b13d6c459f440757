package io.tallyman.user.account;

import io.micronaut.core.util.SupplierUtil;
import io.tallyman.kit.idempotency.Digest;
import io.tallyman.kit.idempotency.Fingerprint;
import io.tallyman.user.password.PasswordHashing;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Recognizes a repeated request that contains a password. The fingerprint is a digest of all other
 * fields, and the password hash of the account. So a new user needs one hash, and a repeated
 * request needs one check.
 */
final class RequestWithPassword implements Fingerprint {
  private static final String SEPARATOR = " ";

  private final NewUser user;
  private final PasswordHashing hashing;
  private final Supplier<String> passwordHash;

  RequestWithPassword(NewUser user, PasswordHashing hashing) {
    this.user = user;
    this.hashing = hashing;
    this.passwordHash = SupplierUtil.memoized(() -> hashing.hash(user.password()));
  }

  /** Computed on the first call. */
  String passwordHash() {
    return passwordHash.get();
  }

  @Override
  public String make() {
    return others() + SEPARATOR + passwordHash();
  }

  @Override
  public boolean matches(String kept) {
    String beginning = others() + SEPARATOR;
    return kept.startsWith(beginning)
        && hashing.matches(user.password(), kept.substring(beginning.length()));
  }

  private String others() {
    String text =
        String.join("\0", user.name(), user.email(), user.username(), user.roles().toString());
    return Digest.of(text.getBytes(StandardCharsets.UTF_8)).sha256();
  }
}
