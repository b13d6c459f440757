package io.tallyman.gateway.rate;

import io.github.bucket4j.TimeMeter;
import io.micronaut.http.HttpRequest;
import io.tallyman.kit.security.ClientAddress;
import io.tallyman.kit.security.TokenPrincipal;
import jakarta.inject.Singleton;

/**
 * Limits the requests of each user, and those of each network address whose user is not known. Each
 * gateway counts for itself. Never waits. Thread-safe.
 */
@Singleton
public final class RequestRates {
  private final Quota users;
  private final Quota addresses;

  RequestRates(RateConfiguration configuration) {
    this.users = new Quota("user", configuration.perUser(), TimeMeter.SYSTEM_NANOTIME);
    this.addresses = new Quota("address", configuration.perAddress(), TimeMeter.SYSTEM_NANOTIME);
  }

  /**
   * Counts a request for the user who sent it.
   *
   * @throws TooManyRequests if the limit is reached
   */
  public void count(HttpRequest<?> request, TokenPrincipal sender) {
    users.count(request, sender.name());
  }

  /**
   * Counts a request whose user is not known for its network address.
   *
   * @throws TooManyRequests if the limit is reached
   */
  public void countAddress(HttpRequest<?> request) {
    addresses.count(request, ClientAddress.of(request));
  }

  /** Counts what a user sends in another way than by a request. False if the limit is reached. */
  public boolean permits(TokenPrincipal sender) {
    return users.take(sender.name()).isConsumed();
  }
}
