package io.tallyman.user.account;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.database.Conditions;
import io.tallyman.kit.page.Keyset;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.page.PageRequest;
import io.tallyman.kit.page.Pages;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The users in the order in which they were added. */
@Singleton
final class UserList {
  private static final Keyset<User, Position> ORDER =
      new Keyset<>("users", Position.class, user -> new Position(user.id()));

  private final Jdbi jdbi;
  private final Pages pages;

  @Serdeable
  record Everyone() {}

  @Serdeable
  public record Position(long id) {}

  UserList(Jdbi jdbi, Pages pages) {
    this.jdbi = jdbi;
    this.pages = pages;
  }

  Page<User> page(PageRequest request) {
    return pages.page(ORDER, new Everyone(), request, this::rows);
  }

  private List<User> rows(@Nullable Position after, int count) {
    Conditions conditions = new Conditions().where("id > :position.id", after);
    return jdbi.withHandle(
        handle ->
            conditions
                .in(
                    handle.createQuery(
                        """
                        SELECT * FROM account
                        <conditions>
                        ORDER BY id
                        LIMIT :count
                        """))
                .bind("count", count)
                .map(ConstructorMapper.of(User.class))
                .list());
  }
}
