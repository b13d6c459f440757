package io.tallyman.gateway;

import io.micronaut.test.support.TestPropertyProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * A test of the gateway in front of fake services. Every test class has its own, so several classes
 * can run at the same time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class GatewayTest implements TestPropertyProvider {
  protected final FakeService users = new FakeService("user-service");
  protected final FakeService billing = new FakeService("billing-service");
  protected final FakeService worker = new FakeService("worker");

  @Override
  public Map<String, String> getProperties() {
    return Map.of(
        "tallyman.user-service.url", users.url(),
        "tallyman.billing-service.url", billing.url(),
        "tallyman.worker.url", worker.url());
  }

  @BeforeEach
  void forget() {
    users.forget();
    billing.forget();
    worker.forget();
  }

  @AfterAll
  void stop() {
    users.stop();
    billing.stop();
    worker.stop();
  }

  /** A sample of the service's answers, from its src/wire. */
  public static String sample(String service, String name) {
    try {
      return Files.readString(Path.of("..", service, "src", "wire", name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
