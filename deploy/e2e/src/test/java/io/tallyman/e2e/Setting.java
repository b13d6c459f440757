package io.tallyman.e2e;

import java.util.Locale;

/**
 * A setting of one service.
 *
 * @param usual its default in the code; {@code none} if there is no default
 */
public record Setting(String variable, String service, String usual) {
  static final String NO_DEFAULT = "none";

  /**
   * @param property the property, such as {@code tallyman.store.uploadRetention}, in any spelling
   * @param usual empty if there is no default
   */
  static Setting of(String property, String service, String usual) {
    String variable =
        property
            .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
            .replaceAll("[.-]", "_")
            .toUpperCase(Locale.ROOT);
    return new Setting(variable, service, usual.isEmpty() ? NO_DEFAULT : usual);
  }
}
