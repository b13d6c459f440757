package io.tallyman.kit.amqp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.tallyman.testkit.TestAuthority;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The first bytes that a broker gets tell whether the service trusts it. */
final class BrokerTlsTest {
  /** The service ends the handshake. The broker may notice it while it writes. */
  private static final String REFUSED =
      "javax\\.net\\.ssl\\.SSL\\w*Exception: .*|java\\.net\\.SocketException: .*";

  private static final String HELLO = "AMQP";
  private static final TestAuthority AUTHORITY = new TestAuthority();
  private static final TestAuthority OTHER = new TestAuthority();

  @Test
  void brokerWithTheRightCertificateIsGreeted() throws IOException {
    assertThat(firstBytes(AUTHORITY, "localhost")).isEqualTo(HELLO);
  }

  @Test
  void certificateOfAnotherAuthorityIsRefused() throws IOException {
    assertThat(firstBytes(OTHER, "localhost")).matches(REFUSED);
  }

  @Test
  void certificateForAnotherHostIsRefused() throws IOException {
    assertThat(firstBytes(AUTHORITY, "127.0.0.1")).matches(REFUSED);
  }

  @Test
  void withoutAnAuthorityThoseOfJavaAreTrusted() throws IOException {
    assertThat(firstBytes(null, "localhost")).matches(REFUSED);
  }

  /** What a service sends to a broker that has a certificate for {@code localhost}. */
  private static String firstBytes(@Nullable TestAuthority trusted, String host)
      throws IOException {
    try (SSLServerSocket broker =
        (SSLServerSocket)
            AUTHORITY
                .issue("broker", "localhost")
                .context()
                .getServerSocketFactory()
                .createServerSocket(0)) {
      CompletableFuture<String> received = CompletableFuture.supplyAsync(() -> receive(broker));
      Map<String, Object> settings = new HashMap<>();
      settings.put(
          "tallyman.broker.uri", "amqps://user:secret@" + host + ":" + broker.getLocalPort());
      if (trusted != null) {
        settings.put("tallyman.tls.ca", trusted.certificate());
      }
      try (ApplicationContext service = ApplicationContext.run(settings)) {
        assertThat(service.getBean(BrokerConnection.class).open()).isEmpty();
      }
      return received.join();
    }
  }

  private static String receive(SSLServerSocket broker) {
    try (SSLSocket socket = (SSLSocket) broker.accept()) {
      socket.setSoTimeout(10_000);
      return new String(socket.getInputStream().readNBytes(HELLO.length()), ISO_8859_1);
    } catch (IOException failure) {
      return failure.toString();
    }
  }
}
