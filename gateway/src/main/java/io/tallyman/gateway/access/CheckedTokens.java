package io.tallyman.gateway.access;

import io.tallyman.gateway.access.ExchangeClient.SentApiKey;
import io.tallyman.gateway.access.ExchangeClient.SentSession;
import io.tallyman.gateway.access.ExchangeClient.SentStreamTicket;
import io.tallyman.gateway.upstream.UpstreamProblem;
import io.tallyman.kit.security.AccessToken;
import io.tallyman.kit.security.InvalidToken;
import io.tallyman.kit.security.IssuerKeys;
import io.tallyman.kit.security.VerifiedTokens;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks the credentials of requests, each of them once until its access token expires. An API key
 * or a session is exchanged for a short access token. A ticket opens one stream, so nothing is
 * remembered for other requests with it.
 */
@Singleton
final class CheckedTokens {
  private static final Pattern TICKET = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final ExchangeClient exchange;
  private final VerifiedTokens verified;

  CheckedTokens(KeyClient client, ExchangeClient exchange) {
    this.exchange = exchange;
    this.verified = new VerifiedTokens(new IssuerKeys(client::keys));
  }

  /** A credential that was checked before and has not expired. Never blocks. */
  Optional<AccessToken> remembered(Credential credential) {
    return verified.remembered(text(credential));
  }

  /**
   * Checks a credential that is not remembered, and may wait for user-service. Empty if it is a
   * session that has ended.
   *
   * @throws InvalidToken or the problem of user-service, if it is a token or a key that is not
   *     valid
   */
  Optional<AccessToken> find(Credential credential) {
    Optional<AccessToken> remembered = remembered(credential);
    return remembered.isPresent() ? remembered : check(credential);
  }

  /** The next token of a sender who is connected. Otherwise as {@link #find}. */
  Optional<AccessToken> renew(Credential credential) {
    return credential.kind() == Credential.Kind.TICKET
        ? Optional.of(verified.verify(exchanged(new SentStreamTicket(credential.secret(), true))))
        : find(credential);
  }

  /** The current time by the clock of the issuer. A token must have been checked before. */
  Instant now() {
    return verified.now();
  }

  /** The next request with the credential asks user-service again. */
  void forget(Credential credential) {
    verified.forget(text(credential));
  }

  private Optional<AccessToken> check(Credential credential) {
    // The token of a ticket is remembered under its own name, so nobody gets it for the ticket.
    return credential.kind() == Credential.Kind.TICKET
        ? accessToken(credential).map(verified::verify)
        : verified.exchange(text(credential), () -> accessToken(credential));
  }

  private Optional<String> accessToken(Credential credential) {
    String secret = credential.secret();
    return switch (credential.kind()) {
      case ACCESS_TOKEN -> Optional.of(secret);
      case API_KEY -> Optional.of(exchange.exchangeKey(new SentApiKey(secret)).accessToken());
      case TICKET -> Optional.of(exchanged(new SentStreamTicket(secret, false)));
      case SESSION -> exchanged(new SentSession(secret));
    };
  }

  private String exchanged(SentStreamTicket sent) {
    if (!TICKET.matcher(sent.ticket()).matches()) {
      throw new InvalidToken("This is no ticket. POST /api/v1/stream-tickets answers one.");
    }
    return exchange.exchangeTicket(sent).accessToken();
  }

  private Optional<String> exchanged(SentSession session) {
    try {
      return Optional.of(exchange.exchangeSession(session).accessToken());
    } catch (UpstreamProblem refusal) {
      if (isInvalid(refusal)) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  /** Whether {@link #find} failed because the credential is not valid, or not any more. */
  static boolean isInvalid(RuntimeException failure) {
    return failure instanceof InvalidToken
        || (failure instanceof UpstreamProblem refusal
            && refusal.type().equals(InvalidToken.TYPE.uri()));
  }

  /** No header has a line break, so no token has the text of a session. */
  private static String text(Credential credential) {
    return credential.kind() + "\n" + credential.secret();
  }
}
