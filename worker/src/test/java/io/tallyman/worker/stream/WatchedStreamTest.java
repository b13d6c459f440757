package io.tallyman.worker.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads from a server that sends a few bytes and then waits until the test releases it. */
final class WatchedStreamTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final byte[] BYTES = {'a', 'b', -1};

  private final CountDownLatch gate = new CountDownLatch(1);
  @AutoClose private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, BYTES.length + 1);
          exchange.getResponseBody().write(BYTES);
          exchange.getResponseBody().flush();
          awaitGate();
          exchange.getResponseBody().write('c');
          exchange.close();
        });
    server.createContext(
        "/late",
        exchange -> {
          exchange.sendResponseHeaders(200, 1);
          exchange.getResponseBody().flush();
          awaitGate();
          exchange.getResponseBody().write('c');
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    gate.countDown();
    server.stop(0);
  }

  @Test
  void readerIsToldWhenNothingComes() throws Exception {
    try (InputStream watched = new WatchedStream(open("/"), PATIENCE, SHORT)) {
      assertThat(watched.readNBytes(BYTES.length)).isEqualTo(BYTES);

      assertTimeoutPreemptively(
          PATIENCE,
          () ->
              assertThatThrownBy(watched::read)
                  .isInstanceOf(SocketTimeoutException.class)
                  .hasMessageContaining("No data arrived"));
    }
  }

  @Test
  void readerMayTakeAsLongAsItLikes() throws Exception {
    try (InputStream watched = new WatchedStream(open("/"), PATIENCE, SHORT)) {
      assertThat(watched.read()).isEqualTo('a');
      assertThat(watched.read()).isEqualTo('b');
      assertThat(watched.read()).isEqualTo(0xff);
      gate.countDown();

      new CountDownLatch(1).await(3 * SHORT.toMillis(), TimeUnit.MILLISECONDS);

      assertThat(watched.read()).isEqualTo('c');
      assertThat(watched.read()).isEqualTo(-1);
    }
  }

  @Test
  void firstDataMayTakeLonger() throws Exception {
    try (InputStream watched = new WatchedStream(open("/late"), PATIENCE, SHORT)) {
      FutureTask<Integer> first = new FutureTask<>(watched::read);
      Thread.ofVirtual().start(first);
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> first.get(3 * SHORT.toMillis(), TimeUnit.MILLISECONDS));
      gate.countDown();

      assertThat(first.get()).isEqualTo('c');
    }
  }

  private InputStream open(String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    return client
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofInputStream())
        .body();
  }

  private void awaitGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
