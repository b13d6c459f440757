package io.tallyman.billing.dispatch;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.WireSamples;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Reports of messages that no worker can read are read as src/wire shows them. */
final class WireTest {

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final WireSamples samples = new WireSamples(SERVICE);

  @Test
  void readsAnUnreadableMessage() throws IOException {
    samples.assertReads(
        "unreadable-message",
        UnreadableMessages.Unreadable.class,
        new UnreadableMessages.Unreadable(
            "worker-1", "id, task or dispatch_no is missing", "{task=billing.sheet}", "AP8="));
  }
}
