package io.tallyman.kit.addressee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
final class AddresseeTest {
  @Inject io.tallyman.kit.Client client;
  @Inject EmbeddedServer server;

  @Test
  void requestForThisServiceIsServed() {
    assertThat(client.send(client.request("/parcels/7").header("X-Addressee", "test")).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/parcels/7", "/nowhere", "/health/liveness"})
  void requestForAnotherServiceIsRefusedAndItsConnectionClosed(String path) {
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n%s\r\n";

    String answers =
        client.raw(request.formatted("X-Addressee: another\r\n") + request.formatted(""));

    assertThat(answers)
        .startsWith("HTTP/1.1 421 ")
        .containsIgnoringCase("connection: close")
        .containsIgnoringCase("x-request-id: ")
        .contains("\"type\":\"urn:tallyman:problem:misdirected-request\"", "This is test.")
        .containsOnlyOnce("HTTP/1.1");
  }

  @Test
  void bodyForAnotherServiceIsRefusedUnread() {
    String begun =
        "POST /parcels HTTP/1.1\r\nHost: localhost\r\nX-Addressee: another\r\n"
            + "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{";

    assertThat(client.raw(begun)).startsWith("HTTP/1.1 421 ");
  }

  @Test
  void callNamesTheServiceThatItIsMeantFor() {
    Map<String, Object> bothAreHere =
        Map.of(
            "micronaut.http.services.test.url", server.getURI(),
            "micronaut.http.services.another.url", server.getURI());
    try (ApplicationContext caller = ApplicationContext.run(bothAreHere)) {
      assertThat(caller.getBean(ThisOne.class).parcel()).contains("7");
      assertThatExceptionOfType(HttpClientResponseException.class)
          .isThrownBy(caller.getBean(Another.class)::parcel)
          .satisfies(refused -> assertThat(refused.getStatus().getCode()).isEqualTo(421));
    }
  }

  @Client(id = "test", path = "/parcels/7")
  interface ThisOne {
    @Get
    String parcel();
  }

  @Client(id = "another", path = "/parcels/7")
  interface Another {
    @Get
    String parcel();
  }
}
