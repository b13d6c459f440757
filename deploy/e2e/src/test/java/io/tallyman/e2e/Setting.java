package io.tallyman.e2e;

import java.util.Locale;

/**
 * A setting of one service.
 *
 * @param usual its default, as the code has it; {@code none} without one
 */
public record Setting(String variable, String service, String usual) {
  static final String NO_DEFAULT = "none";

  /**
   * @param property such as {@code tallyman.store.uploadRetention}, in any of its spellings
   */
  static Setting of(String property, String service, String usual) {
    String variable =
        property
            .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
            .replaceAll("[.-]", "_")
            .toUpperCase(Locale.ROOT);
    return new Setting(variable, service, usual);
  }
}
