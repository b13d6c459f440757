package io.tallyman.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An upload with a slow sender. */
final class SlowUpload implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final PipedOutputStream sender = new PipedOutputStream();
  private final PipedInputStream body;

  /**
   * @param beginning the first few bytes, which are sent immediately
   */
  SlowUpload(String beginning) throws IOException {
    body = new PipedInputStream(sender);
    send(beginning);
  }

  /** Sends no part of the body before the gateway has the request. */
  HttpRequest.Builder request(Gateway gateway) {
    return gateway
        .request("/api/v1/imports")
        .expectContinue(true)
        .header("Content-Type", "text/csv")
        .POST(BodyPublishers.ofInputStream(() -> body));
  }

  void awaitBeginning() {
    await("the upload has begun").atMost(PATIENCE).until(() -> body.available() == 0);
  }

  void end(String rest) throws IOException {
    send(rest);
    close();
  }

  @Override
  public void close() throws IOException {
    sender.close();
  }

  private void send(String csv) throws IOException {
    sender.write(csv.getBytes(StandardCharsets.UTF_8));
    sender.flush();
  }
}
