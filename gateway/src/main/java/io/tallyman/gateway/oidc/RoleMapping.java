package io.tallyman.gateway.oidc;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which role a value of the claim stands for. Other values stand for none.
 *
 * @param roles the role of each value
 */
record RoleMapping(Map<String, String> roles) {
  private static final Set<String> KNOWN = Set.of("admin", "clerk", "viewer");

  /**
   * @param text such as {@code bosses=admin,staff=clerk}
   * @throws IllegalArgumentException if it cannot be read, or has an unknown role
   */
  static RoleMapping read(@Nullable String text) {
    Map<String, String> roles = new LinkedHashMap<>();
    for (String entry : Objects.requireNonNullElse(text, "").split(",", -1)) {
      int end = entry.lastIndexOf('=');
      String role = entry.substring(end + 1).strip();
      String value = end < 0 ? "" : entry.substring(0, end).strip();
      if (value.isEmpty() || !KNOWN.contains(role)) {
        throw new IllegalArgumentException(
            "tallyman.oidc.roles must list values of the claim with their role, which is admin,"
                + " clerk or viewer, such as bosses=admin,staff=clerk, but has "
                + entry.strip());
      }
      if (roles.put(value, role) != null) {
        throw new IllegalArgumentException("tallyman.oidc.roles has " + value + " twice");
      }
    }
    return new RoleMapping(Map.copyOf(roles));
  }

  /**
   * The roles of a user; empty if the user has none.
   *
   * @param claims the claims of the ID token
   * @param claim the name of the claim, or a path of names with dots
   */
  List<String> of(Map<String, ?> claims, String claim) {
    return values(find(claims, claim))
        .map(roles::get)
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .toList();
  }

  private static @Nullable Object find(Map<?, ?> claims, String path) {
    if (claims.containsKey(path)) {
      return claims.get(path);
    }
    int dot = path.indexOf('.');
    return dot > 0 && claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
        ? find(inner, path.substring(dot + 1))
        : null;
  }

  private static Stream<String> values(@Nullable Object claim) {
    return switch (claim) {
      case String one -> Stream.of(one);
      case Collection<?> many ->
          many.stream().filter(String.class::isInstance).map(String.class::cast);
      case null, default -> Stream.empty();
    };
  }
}
