package io.tallyman.user.ticket;

import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.kit.database.RequestTransactions;
import io.tallyman.kit.security.InvalidToken;
import io.tallyman.user.account.Role;
import io.tallyman.user.account.UnknownUser;
import io.tallyman.user.account.User;
import io.tallyman.user.account.Users;
import io.tallyman.user.apikey.ApiKeys;
import io.tallyman.user.login.Sessions;
import io.tallyman.user.token.AccessTokens;
import io.tallyman.user.token.ExchangedToken;
import io.tallyman.user.token.RandomSecret;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes tickets. Each of them opens one stream, and is renewed while the stream is open. Only the
 * hash of a ticket is stored.
 */
@Singleton
class StreamTickets {
  /** Of one user. The oldest is deleted when another one is made. */
  static final int MOST = 100;

  static final Duration LIFETIME = Duration.ofSeconds(30);

  /** Longer than a stream goes on without an answer of this service. */
  private static final Duration KEPT = Duration.ofMinutes(15);

  private static final int BATCH = 1_000;

  private final StreamTicketRows rows;
  private final Users users;
  private final ApiKeys keys;
  private final Sessions sessions;
  private final AccessTokens accessTokens;
  private final RequestTransactions transactions;

  StreamTickets(
      StreamTicketRows rows,
      Users users,
      ApiKeys keys,
      Sessions sessions,
      AccessTokens accessTokens,
      RequestTransactions transactions) {
    this.rows = rows;
    this.users = users;
    this.keys = keys;
    this.sessions = sessions;
    this.accessTokens = accessTokens;
    this.transactions = transactions;
  }

  /**
   * @throws UnknownUser if no user has the id
   * @throws InvalidToken if the API key or the session of the sender has ended
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
                  wanted.tokenEndsAt(),
                  wanted.apiKey() == null ? null : keys.id(wanted.apiKey()),
                  wanted.session() == null ? null : sessions.id(wanted.session()));
          rows.deleteAllBut(MOST, accountId);
          return new MadeStreamTicket(ticket, made.expiresAt());
        });
  }

  /**
   * The first token of a stream, with those roles of the sender that its user may still have. It
   * does not outlive the access token with which the ticket was made.
   *
   * @throws InvalidToken if the ticket is unknown, was used or has expired
   */
  ExchangedToken use(String ticket) {
    return transactions.write(
        () -> token(rows.use(RandomSecret.hash(ticket), (double) KEPT.toSeconds())));
  }

  /**
   * The next token of an open stream.
   *
   * @throws InvalidToken if the stream must end, because the access token, the API key or the
   *     session of its sender has ended
   */
  ExchangedToken renew(String ticket) {
    return transactions.write(
        () -> token(rows.renew(RandomSecret.hash(ticket), (double) KEPT.toSeconds())));
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void forget() {
    int forgotten;
    do {
      forgotten = rows.deleteExpired(BATCH);
    } while (forgotten == BATCH);
  }

  private ExchangedToken token(@Nullable StreamTicket ticket) {
    return Optional.ofNullable(ticket)
        .flatMap(found -> users.findById(found.accountId()).map(user -> token(found, user)))
        .orElseThrow(StreamTickets::unknown);
  }

  private ExchangedToken token(StreamTicket ticket, User user) {
    List<Role> roles =
        ticket.roles().stream().filter(role -> role.isIncludedIn(user.roles())).toList();
    return accessTokens.exchange(user, roles, Optional.ofNullable(ticket.tokenEndsAt()));
  }

  private static InvalidToken unknown() {
    return new InvalidToken(
        "The ticket is unknown, was used or has expired. Get a new one for each stream.");
  }
}
