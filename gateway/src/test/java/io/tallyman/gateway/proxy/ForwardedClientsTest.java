package io.tallyman.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client of the test is a trusted proxy. user-service is told the address that was found. */
@MicronautTest
@Property(name = "tallyman.trusted-proxies", value = "127.0.0.1, ::1, 10.0.0.0/8, 2001:db8:1::/48")
final class ForwardedClientsTest extends GatewayTest {
  private static final String X_FORWARDED_FOR = "X-Forwarded-For";
  private static final String FORWARDED = "Forwarded";
  private static final String NETWORK = "20010db800020003::/64";

  @Inject Client client;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "203.0.113.9 | 203.0.113.9",
        "203.0.113.9:4711 | 203.0.113.9",
        "203.0.113.9, 10.1.2.3 | 203.0.113.9",
        "203.0.113.9,10.1.2.3 , 10.9.9.9, 2001:db8:1::7 | 203.0.113.9",
        "2001:db8:2:3:4:5:6:7 | " + NETWORK,
        "[2001:db8:2:3::1] | " + NETWORK,
        "[2001:db8:2:3::1]:4711 | " + NETWORK,
        "::ffff:203.0.113.9 | 203.0.113.9",
        // Made up by the client: only what trusted proxies have added counts.
        "198.51.100.1, 203.0.113.9 | 203.0.113.9",
        "10.0.0.1, 203.0.113.9, 10.1.2.3 | 203.0.113.9",
        "127.0.0.1, 198.51.100.1, 203.0.113.9 | 203.0.113.9",
        "nonsense, 203.0.113.9 | 203.0.113.9",
        "\" , 203.0.113.9, 10.1.2.3 | 203.0.113.9",
        // All senders are trusted.
        "10.0.0.1, 10.1.2.3 | 10.0.0.1"
      })
  void lastSenderThatIsNotTrustedIsTheClient(String header, String address) {
    assertFound(address, request(X_FORWARDED_FOR, header));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "for=203.0.113.9 | 203.0.113.9",
        "For=\"203.0.113.9:4711\";proto=https;by=10.1.2.3 | 203.0.113.9",
        "proto=https ; FOR = 203.0.113.9, for=10.1.2.3 | 203.0.113.9",
        "for=\"[2001:db8:2:3::1]:4711\" | " + NETWORK,
        "for=\"[2001:db8:2:3::1]\",for=\"[2001:db8:1::7]\" | " + NETWORK,
        "for=198.51.100.1, for=203.0.113.9 | 203.0.113.9",
        "for=203.0.113.9;host=\"a,for=198.51.100.1\" | 203.0.113.9",
        "for=203.0.113.9;host=\"a\\\",for=198.51.100.1\" | 203.0.113.9",
        "for=203.0.113.9;host=\"a;for=198.51.100.1\" | 203.0.113.9"
      })
  void standardHeaderIsReadToo(String header, String address) {
    assertFound(address, request(FORWARDED, header));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "X-Forwarded-For | nonsense",
        "X-Forwarded-For | 203.0.113.9,",
        "X-Forwarded-For | 203.0.113.999",
        "X-Forwarded-For | 203.0.113",
        "X-Forwarded-For | localhost",
        "X-Forwarded-For | [2001:db8:2:3::1",
        "X-Forwarded-For | 203.0.113.9:4711:4711",
        "X-Forwarded-For | 203.0.113.9, unknown",
        "Forwarded | for=unknown",
        "Forwarded | for=_hidden",
        "Forwarded | for=198.51.100.1, proto=https",
        "Forwarded | for=\"203.0.113.9",
        "Forwarded | 203.0.113.9",
        "Forwarded | for="
      })
  void proxyThatNamesNoAddressCountsAsTheClient(String name, String header) {
    assertFound("LOOPBACK", request(name, header));
  }

  @Test
  void linesOfAHeaderAreReadInTheirOrder() {
    assertFound(
        "203.0.113.9",
        request(X_FORWARDED_FOR, "198.51.100.1, 203.0.113.9").header(X_FORWARDED_FOR, "10.1.2.3"));
  }

  @Test
  void twoHeadersAreBelievedOnlyIfTheyNameTheSameClient() {
    assertFound(
        "203.0.113.9",
        request(X_FORWARDED_FOR, "203.0.113.9").header(FORWARDED, "for=203.0.113.9"));
    assertFound(
        "LOOPBACK", request(X_FORWARDED_FOR, "203.0.113.9").header(FORWARDED, "for=198.51.100.1"));
    assertFound("LOOPBACK", request(X_FORWARDED_FOR, "203.0.113.9").header(FORWARDED, "nonsense"));
  }

  @Test
  void requestOfTheProxyItselfComesFromTheProxy() {
    assertFound("LOOPBACK", client.anonymous("/api/v1/auth/login"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy.example",
        "10.0.0.0/33",
        "10.0.0/8",
        "::1/129",
        "10.0.0.7:80",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "10.0.0.7,nonsense"
      })
  void whatIsNoAddressStopsTheStart(String proxies) {
    Map<String, Object> settings = Map.of("tallyman.trusted-proxies", proxies);

    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> ApplicationContext.run(settings).close())
        .withStackTraceContaining("tallyman.trusted-proxies must list addresses");
  }

  private HttpRequest.Builder request(String name, String header) {
    return client.anonymous("/api/v1/auth/login").header(name, header);
  }

  private void assertFound(String address, HttpRequest.Builder request) {
    users.forget();
    users.answerJson("POST /auth/login", 200, sample("user-service", "issued-tokens"));

    client.send(
        request
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(sample("user-service", "new-login"))));

    assertThat(users.received().getFirst().headers().get("X-Client-Address"))
        .singleElement()
        .satisfies(
            told -> {
              if (address.equals("LOOPBACK")) {
                assertThat(told).isIn("127.0.0.1", "0000000000000000::/64");
              } else {
                assertThat(told).isEqualTo(address);
              }
            });
  }
}
