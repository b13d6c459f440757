package io.tallyman.kit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.Client;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
@Property(name = "tallyman.hosts", value = "tally.example,other.example")
final class OwnHostsTest {
  @Inject Client client;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8080",
        "127.0.0.1",
        "10.1.2.3:8080",
        "[::1]",
        "[fe80::1]:8080",
        "tally.example",
        "Other.Example:443",
        "test:8080"
      })
  void ownHostIsServed(String host) {
    assertThat(client.raw(request("Host: " + host + "\r\nConnection: close\r\n")))
        .startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: rebound.example\r\n",
        "Host: rebound.example:8080\r\n",
        "Host: localhost.rebound.example\r\n",
        "Host: tally.example.rebound.example\r\n",
        "Host: 127.0.0.1.rebound.example\r\n",
        "Host: [::1].rebound.example\r\n",
        "Host: localhost:8080:80\r\n",
        "Host: rebound.example@localhost\r\n",
        "Host: \r\n",
        "",
        "Host: localhost\r\nHost: localhost\r\n",
        "Host: localhost\r\nHost: rebound.example\r\n"
      })
  void otherHostIsRefusedAndItsConnectionClosed(String headers) {
    assertThat(client.raw(request(headers) + request("Host: localhost\r\n")))
        .startsWith("HTTP/1.1 421 ")
        .containsIgnoringCase("connection: close")
        .contains("\"type\":\"urn:tallyman:problem:unknown-host\"", "TALLYMAN_HOSTS")
        .containsOnlyOnce("HTTP/1.1");
  }

  @Test
  void nothingElseIsCheckedBefore() {
    String request = "GET /nowhere HTTP/1.1\r\nHost: rebound.example\r\n\r\n";
    assertThat(client.raw(request)).startsWith("HTTP/1.1 421 ");
  }

  @Test
  void nameThatIsNoneStopsTheStart() {
    Map<String, Object> withPort = Map.of("tallyman.hosts", "tally.example:8080");
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> ApplicationContext.run(withPort).close())
        .withStackTraceContaining("without a port");
  }

  private static String request(String headers) {
    return "GET /parcels/7 HTTP/1.1\r\n" + headers + "\r\n";
  }
}
