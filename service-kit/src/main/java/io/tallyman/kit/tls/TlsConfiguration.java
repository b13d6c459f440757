package io.tallyman.kit.tls;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import org.jspecify.annotations.Nullable;

/**
 * The files that TLS needs, in PEM format. They are checked when the service starts.
 *
 * @param certificate the certificate of this service, followed by intermediate certificates if
 *     there are some; with it, the service answers HTTPS instead of HTTP
 * @param key the private key of this certificate, not encrypted
 * @param ca the certificates of the authorities that this service trusts, when it opens a
 *     connection; without them, it trusts those of Java
 */
@Context
@ConfigurationProperties("tallyman.tls")
record TlsConfiguration(@Nullable String certificate, @Nullable String key, @Nullable String ca) {
  TlsConfiguration {
    certificate = path("certificate", certificate);
    key = path("key", key);
    ca = path("ca", ca);
    require("key", key, "certificate", certificate);
    require("certificate", certificate, "key", key);
  }

  /** The name of a setting in a message. */
  static String setting(String name) {
    return "tallyman.tls." + name;
  }

  /** An empty variable is the same as none. */
  private static @Nullable String path(String name, @Nullable String value) {
    if (value != null && value.contains("-----BEGIN")) {
      // The message does not show the value, because it may be a key.
      throw new IllegalArgumentException(
          setting(name)
              + " must be the path of a PEM file, not its content: use the variable without _FILE");
    }
    return value == null || value.isBlank() ? null : value;
  }

  private static void require(
      String name, @Nullable String value, String other, @Nullable String otherValue) {
    if (value == null && otherValue != null) {
      throw new IllegalArgumentException(
          setting(name) + " must be set too, because " + setting(other) + " is set");
    }
  }
}
