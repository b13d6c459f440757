package io.tallyman.user.account;

import io.micronaut.core.annotation.Introspected;

/**
 * @param passwordHash in the PHC format
 */
@Introspected
public record StoredPassword(long id, String passwordHash) {
  @Override
  public String toString() {
    return "StoredPassword[id=" + id + ", passwordHash=hidden]";
  }
}
