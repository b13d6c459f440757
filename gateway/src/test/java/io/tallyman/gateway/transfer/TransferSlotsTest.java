package io.tallyman.gateway.transfer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.HttpRequest;
import io.tallyman.gateway.transfer.TransferSlots.Slot;
import io.tallyman.kit.security.TokenPrincipal;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TransferSlotsTest {
  private final TransferSlots slots =
      new TransferSlots(
          new TransferConfiguration(1, Duration.ofSeconds(1), Duration.ofSeconds(1), 2));

  @Test
  void uploadsAndDownloadsOfEachUserAreLimitedApart() {
    slots.upload(of("3"));
    slots.upload(of("3"));
    assertThatThrownBy(() -> slots.upload(of("3"))).isInstanceOf(TooManyTransfers.class);

    slots.download(of("3"));
    slots.download(of("3"));
    assertThatThrownBy(() -> slots.download(of("3"))).isInstanceOf(TooManyTransfers.class);
    slots.upload(of("4"));
  }

  @Test
  void slotIsFreeOnceAfterItsTransferHasEnded() {
    Slot first = slots.upload(of("3"));
    slots.upload(of("3"));

    first.close();
    first.close();

    slots.upload(of("3"));
    assertThatThrownBy(() -> slots.upload(of("3"))).isInstanceOf(TooManyTransfers.class);
  }

  private static HttpRequest<?> of(String sender) {
    HttpRequest<?> request = HttpRequest.GET("/");
    request.setUserPrincipal(new TokenPrincipal(sender, Set.of("clerk")));
    return request;
  }
}
