package io.tallyman.user.account;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.database.RequestTransactions;
import io.tallyman.kit.page.Keyset;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.page.PageRequest;
import io.tallyman.kit.page.Pages;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lists all users in the order in which they were added, or some users in the order of the request.
 */
@Singleton
final class UserList {
  private static final Keyset<User, Position> ORDER =
      new Keyset<>("users", Position.class, user -> new Position(user.id()));

  /** Less than every id. */
  private static final long BEGINNING = 0;

  private final Users users;
  private final Pages pages;
  private final RequestTransactions transactions;

  @Serdeable
  record Everyone() {}

  @Serdeable
  public record Position(long id) {}

  UserList(Users users, Pages pages, RequestTransactions transactions) {
    this.users = users;
    this.pages = pages;
    this.transactions = transactions;
  }

  Page<User> page(PageRequest request) {
    return pages.page(
        ORDER,
        new Everyone(),
        request,
        (after, count) ->
            transactions.read(() -> users.after(after == null ? BEGINNING : after.id(), count)));
  }

  ChosenUsers chosen(List<Long> ids) {
    List<User> found = users.chosen(ids.toArray(Long[]::new));
    Set<Long> known = found.stream().map(User::id).collect(Collectors.toSet());
    return new ChosenUsers(found, ids.stream().filter(id -> !known.contains(id)).toList());
  }
}
