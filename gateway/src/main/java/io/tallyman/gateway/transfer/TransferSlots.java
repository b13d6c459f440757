package io.tallyman.gateway.transfer;

import io.micronaut.http.HttpRequest;
import io.tallyman.kit.security.ClientAddress;
import io.tallyman.kit.security.TokenPrincipal;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Limits the uploads and the downloads of each user, so that one user does not take the slots of
 * all. Uploads take none of the slots of downloads. Thread-safe.
 */
@Singleton
public final class TransferSlots {
  private final int most;
  private final Map<String, Integer> uploads = new ConcurrentHashMap<>();
  private final Map<String, Integer> downloads = new ConcurrentHashMap<>();

  TransferSlots(TransferConfiguration configuration) {
    this.most = configuration.perUser();
  }

  /** A place for one transfer. It is free again when it is closed; later closes do nothing. */
  public interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @throws TooManyTransfers if the sender of the request has the largest number of uploads
   */
  public Slot upload(HttpRequest<?> request) {
    return take(uploads, request);
  }

  /**
   * @throws TooManyTransfers if the sender of the request has the largest number of downloads
   */
  public Slot download(HttpRequest<?> request) {
    return take(downloads, request);
  }

  private Slot take(Map<String, Integer> running, HttpRequest<?> request) {
    String sender =
        TokenPrincipal.of(request)
            .map(TokenPrincipal::name)
            .orElseGet(() -> ClientAddress.of(request));
    boolean isTaken = running.merge(sender, 1, Integer::sum) <= most;
    if (!isTaken) {
      release(running, sender);
      throw new TooManyTransfers(most);
    }
    AtomicBoolean isReleased = new AtomicBoolean();
    return () -> {
      if (isReleased.compareAndSet(false, true)) {
        release(running, sender);
      }
    };
  }

  private static void release(Map<String, Integer> running, String sender) {
    running.computeIfPresent(sender, (_, count) -> count == 1 ? null : count - 1);
  }
}
