package io.tallyman.billing.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.billing.RunningService;
import io.tallyman.testkit.BrokenUploads;
import java.net.URI;
import org.junit.jupiter.api.AutoClose;

final class BrokenUploadTest extends BrokenUploads {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  @Override
  protected URI uploads() {
    return SERVICE.uri("/imports");
  }

  @Override
  protected String moreHeaders() {
    return "Authorization: " + SERVICE.authorization("/imports") + "\r\n";
  }

  @Override
  protected void awaitBegun() {
    await().ignoreExceptions().until(() -> SERVICE.uploads().size() == 1);
  }

  @Override
  protected void awaitEnded() {
    await().ignoreExceptions().until(() -> SERVICE.uploads().isEmpty());
  }

  @Override
  protected void assertNothingIsLeft() {
    assertThat(SERVICE.count("task")).isZero();
    assertThat(SERVICE.uploads()).isEmpty();
  }
}
