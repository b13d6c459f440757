package io.tallyman.gateway;

import io.micronaut.test.support.TestPropertyProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** Runs the gateway in front of fake services, which all tests of this JVM share. */
public interface FakeServices extends TestPropertyProvider {
  FakeService USERS = new FakeService("user-service");
  FakeService BILLING = new FakeService("billing-service");
  FakeService WORKER = new FakeService("worker");

  @Override
  default Map<String, String> getProperties() {
    return Map.of(
        "tallyman.user-service.url",
        USERS.url(),
        "tallyman.billing-service.url",
        BILLING.url(),
        "tallyman.worker.url",
        WORKER.url());
  }

  @BeforeEach
  default void forget() {
    USERS.forget();
    BILLING.forget();
    WORKER.forget();
  }

  /** A sample of the service's answers, from its src/wire. */
  static String sample(String service, String name) {
    try {
      return Files.readString(Path.of("..", service, "src", "wire", name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
