package io.tallyman.gateway.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.tallyman.kit.security.AccessToken;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

/**
 * Admits senders, and exchanges their keys, sessions and tickets again while they are connected.
 * All connections with the same key or session cause one exchange. Few exchanges run at once, so
 * many connections do not flood user-service.
 */
@Singleton
final class Admissions {
  private static final int MOST_AT_ONCE = 8;

  private final CheckedTokens tokens;
  private final ExecutorService executor;
  private final Semaphore free = new Semaphore(MOST_AT_ONCE);
  private final Map<Credential, CompletableFuture<Optional<AccessToken>>> running =
      new ConcurrentHashMap<>();

  Admissions(CheckedTokens tokens, @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.tokens = tokens;
    this.executor = executor;
  }

  /** The request always has a valid token, because the sender may cause calls of other services. */
  Admission admit(HttpRequest<?> request, Credential credential, AccessToken token) {
    return new Admission(
        token, credential, () -> exchange(credential), next -> next.attachTo(request), tokens::now);
  }

  private CompletableFuture<Optional<AccessToken>> exchange(Credential credential) {
    CompletableFuture<Optional<AccessToken>> result = new CompletableFuture<>();
    CompletableFuture<Optional<AccessToken>> earlier = running.putIfAbsent(credential, result);
    if (earlier != null) {
      return earlier;
    }
    executor.execute(
        () -> {
          free.acquireUninterruptibly();
          try {
            result.complete(find(credential));
          } catch (RuntimeException away) {
            result.completeExceptionally(away);
          } finally {
            free.release();
            running.remove(credential);
          }
        });
    return result;
  }

  /** Empty if the key, the session or the ticket has ended. */
  private Optional<AccessToken> find(Credential credential) {
    try {
      return tokens.renew(credential);
    } catch (RuntimeException failure) {
      if (CheckedTokens.isInvalid(failure)) {
        return Optional.empty();
      }
      throw failure;
    }
  }
}
