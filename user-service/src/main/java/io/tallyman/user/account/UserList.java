package io.tallyman.user.account;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.database.Conditions;
import io.tallyman.kit.page.Keyset;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.page.PageRequest;
import io.tallyman.kit.page.Pages;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/**
 * The users in the order in which they were added, or some in the order in which they are asked
 * for.
 */
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

  ChosenUsers chosen(List<Long> ids) {
    List<User> found = jdbi.withHandle(handle -> rows(handle, ids));
    Set<Long> known = found.stream().map(User::id).collect(Collectors.toSet());
    return new ChosenUsers(found, ids.stream().filter(id -> !known.contains(id)).toList());
  }

  private static List<User> rows(Handle handle, List<Long> ids) {
    return handle
        .createQuery(
            """
            SELECT account.*
            FROM unnest(:ids) WITH ORDINALITY AS asked (id, place) JOIN account USING (id)
            ORDER BY place
            """)
        .bindArray("ids", Long.class, ids)
        .map(ConstructorMapper.of(User.class))
        .list();
  }

  private List<User> rows(@Nullable Position after, int count) {
    return new Conditions()
        .where("id > :position.id", after)
        .rows(
            jdbi,
            User.class,
            count,
            """
            SELECT * FROM account
            <conditions>
            ORDER BY id
            LIMIT :count
            """);
  }
}
