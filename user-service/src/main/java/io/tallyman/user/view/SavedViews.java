package io.tallyman.user.view;

import io.tallyman.kit.database.RequestTransactions;
import io.tallyman.user.account.UnknownUser;
import io.tallyman.user.account.Users;
import jakarta.inject.Singleton;

/** Saves the views of users. */
@Singleton
class SavedViews {
  static final int MOST = 100;

  private final SavedViewRows rows;
  private final Users users;
  private final RequestTransactions transactions;

  SavedViews(SavedViewRows rows, Users users, RequestTransactions transactions) {
    this.rows = rows;
    this.users = users;
    this.transactions = transactions;
  }

  /**
   * Adds a view, or replaces the one with its name.
   *
   * @throws UnknownUser if no user has the id
   * @throws TooManyViews if the user has the largest number of views
   */
  SavedView save(long accountId, NewSavedView view) {
    return transactions.write(
        () -> {
          if (!users.existsById(accountId)) {
            throw new UnknownUser(accountId);
          }
          if (rows.countOthers(accountId, view.name()) >= MOST) {
            throw new TooManyViews();
          }
          return rows.save(accountId, view.name(), view.query());
        });
  }
}
