package io.tallyman.user.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user, without the hash of the password.
 *
 * @param email stored as it was sent; unique among users with a password, ignoring case
 * @param username unique, ignoring case; stored as it was sent
 * @param provider the issuer of the OpenID provider where the user logs in; null if the user has a
 *     password
 */
@Serdeable
@MappedEntity("account")
public record User(
    @Id long id,
    String name,
    String email,
    String username,
    @TypeDef(type = DataType.STRING_ARRAY) List<Role> roles,
    Instant createdAt,
    @Nullable String provider) {

  /** What a name looks like. */
  public static final String NAME = "\\P{Cntrl}*";

  public static final String NAME_FAULT = "contains a control character";

  /** At most 254 characters. Only a sent message can show whether the address exists. */
  public static final String EMAIL = "[^\\s\\p{Cntrl}@]{1,64}@[^\\s\\p{Cntrl}@]{1,189}";

  public static final String EMAIL_FAULT = "is not an email address";

  /** In characters. */
  public static final int SHORTEST_PASSWORD = 8;

  public static final int LONGEST_PASSWORD = 200;
}
