package io.tallyman.standalone.stack;

import io.tallyman.embedded.process.LogTail;
import io.tallyman.embedded.process.Ports;
import io.tallyman.embedded.process.StartFailure;
import io.tallyman.standalone.process.Supervised;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/** Waits until the services of a starting stack are ready. */
public record Readiness(Services services, Collection<Supervised> processes) {
  private static final Duration START_TIME = Duration.ofMinutes(3);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(50);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  public static boolean of(int port) throws InterruptedException {
    URI address = URI.create(Ports.url(port) + "/health/readiness");
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
    try {
      return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Returns when all services are ready.
   *
   * @throws StartFailure with the end of a log, if a process ends, or after three minutes
   */
  void await() {
    Instant deadline = Instant.now().plus(START_TIME);
    try {
      for (Supervised process : processes) {
        if (services.has(process.name())) {
          await(process, deadline);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("The start was interrupted.", e);
    }
  }

  private void await(Supervised process, Instant deadline) throws InterruptedException {
    while (!of(services.port(process.name()))) {
      requireAllAlive();
      if (Instant.now().isAfter(deadline)) {
        throw failure(process, "is not ready after " + START_TIME.toMinutes() + " minutes.");
      }
      Thread.sleep(BETWEEN_QUESTIONS);
    }
  }

  private void requireAllAlive() {
    for (Supervised process : processes) {
      if (!process.process().isAlive()) {
        throw failure(process, "ended while it started.");
      }
    }
  }

  private static StartFailure failure(Supervised process, String what) {
    return new StartFailure(LogTail.explaining(process.name() + " " + what, process.log()));
  }
}
