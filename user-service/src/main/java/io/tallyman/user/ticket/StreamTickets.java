package io.tallyman.user.ticket;

import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.kit.database.RequestTransactions;
import io.tallyman.kit.security.InvalidToken;
import io.tallyman.user.account.Role;
import io.tallyman.user.account.UnknownUser;
import io.tallyman.user.account.User;
import io.tallyman.user.account.Users;
import io.tallyman.user.token.AccessTokens;
import io.tallyman.user.token.ExchangedToken;
import io.tallyman.user.token.RandomSecret;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes tickets, and exchanges each of them once. Only the hash of a ticket is stored. */
@Singleton
class StreamTickets {
  /** Of one user. The oldest is deleted when another one is made. */
  static final int MOST = 100;

  static final Duration LIFETIME = Duration.ofSeconds(30);

  private static final int BATCH = 1_000;

  private final StreamTicketRows rows;
  private final Users users;
  private final AccessTokens accessTokens;
  private final RequestTransactions transactions;

  StreamTickets(
      StreamTicketRows rows,
      Users users,
      AccessTokens accessTokens,
      RequestTransactions transactions) {
    this.rows = rows;
    this.users = users;
    this.accessTokens = accessTokens;
    this.transactions = transactions;
  }

  /**
   * @throws UnknownUser if no user has the id
   */
  MadeStreamTicket make(long accountId, NewStreamTicket wanted) {
    String ticket = RandomSecret.make();
    return transactions.write(
        () -> {
          if (!users.existsById(accountId)) {
            throw new UnknownUser(accountId);
          }
          StreamTicket made =
              rows.add(
                  RandomSecret.hash(ticket),
                  accountId,
                  wanted.roles().stream().distinct().toList(),
                  (double) LIFETIME.toSeconds(),
                  wanted.tokenEndsAt());
          rows.deleteAllBut(MOST, accountId);
          return new MadeStreamTicket(ticket, made.expiresAt());
        });
  }

  /**
   * A token for a stream, with those roles of the sender that its user may still have. It does not
   * outlive the access token with which the ticket was made. The ticket is used then.
   *
   * @throws InvalidToken if the ticket is unknown, was used or has expired
   */
  ExchangedToken exchange(String ticket) {
    return transactions.write(
        () -> {
          @Nullable StreamTicket taken = rows.take(RandomSecret.hash(ticket));
          return Optional.ofNullable(taken)
              .flatMap(found -> users.findById(found.accountId()).map(user -> token(found, user)))
              .orElseThrow(StreamTickets::unknown);
        });
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void forget() {
    int forgotten;
    do {
      forgotten = rows.deleteExpired(BATCH);
    } while (forgotten == BATCH);
  }

  private ExchangedToken token(StreamTicket ticket, User user) {
    List<Role> roles =
        ticket.roles().stream().filter(role -> role.isIncludedIn(user.roles())).toList();
    return accessTokens.forStream(user, roles, Optional.ofNullable(ticket.tokenEndsAt()));
  }

  private static InvalidToken unknown() {
    return new InvalidToken(
        "The ticket is unknown, was used or has expired. Get a new one for each stream.");
  }
}
