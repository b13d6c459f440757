package io.tallyman.kit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tallyman.testkit.RawRequest;
import io.tallyman.testkit.TestAuthority;
import io.tallyman.testkit.TestAuthority.Identity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A service with a certificate for {@code localhost}, and its callers. */
final class TlsTest {
  private static final String OTHER_AUTHORITY = "unable to find valid certification path";
  private static final String OTHER_HOST = "No subject alternative names matching IP address";

  private static final TestAuthority AUTHORITY = new TestAuthority();
  private static final TestAuthority OTHER = new TestAuthority();

  @AutoClose
  private static final EmbeddedServer SERVER = serve(AUTHORITY.issue("server", "localhost"));

  @Client(id = "test", path = "/secure")
  interface There {
    @Get
    String secure();
  }

  @Test
  void serviceAnswersHttpsOnItsPort() {
    assertThat(SERVER.getURI()).isEqualTo(URI.create("https://localhost:" + SERVER.getPort()));
    assertThat(callWithTheFramework("localhost", AUTHORITY)).isEqualTo("true");
  }

  @Test
  void plainHttpIsNotAnswered() {
    String request = "GET /secure HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    assertThat(new RawRequest(request, "").send("localhost", SERVER.getPort()))
        .doesNotContain("HTTP", "true");
  }

  @Test
  void clientOfTheFrameworkRefusesACertificateOfAnotherAuthority() {
    assertThatThrownBy(() -> callWithTheFramework("localhost", OTHER))
        .hasStackTraceContaining(OTHER_AUTHORITY);
  }

  @Test
  void clientOfTheFrameworkRefusesACertificateForAnotherHost() {
    assertThatThrownBy(() -> callWithTheFramework("127.0.0.1", AUTHORITY))
        .hasStackTraceContaining(OTHER_HOST);
  }

  @Test
  void clientOfTheFrameworkThatHasNoAuthorityTrustsThoseOfJava() {
    assertThatThrownBy(() -> callWithTheFramework("localhost", null))
        .hasStackTraceContaining(OTHER_AUTHORITY);
  }

  @Test
  void clientOfJavaTrustsTheConfiguredAuthorityOnlyAndChecksTheHost() throws Exception {
    assertThat(callWithJava("localhost", authorities(AUTHORITY).forInstallation()))
        .isEqualTo("true");
    assertThatThrownBy(() -> callWithJava("localhost", authorities(OTHER).forInstallation()))
        .isInstanceOf(SSLHandshakeException.class)
        .hasStackTraceContaining(OTHER_AUTHORITY);
    assertThatThrownBy(() -> callWithJava("127.0.0.1", authorities(AUTHORITY).forInstallation()))
        .isInstanceOf(SSLHandshakeException.class)
        .hasStackTraceContaining(OTHER_HOST);
  }

  @Test
  void serversOfOthersMayHaveACertificateOfTheConfiguredAuthorityToo() throws Exception {
    assertThat(callWithJava("localhost", authorities(AUTHORITY).forOthers())).isEqualTo("true");
    assertThatThrownBy(() -> callWithJava("localhost", authorities(OTHER).forOthers()))
        .isInstanceOf(SSLHandshakeException.class)
        .hasStackTraceContaining(OTHER_AUTHORITY);
  }

  @Test
  void newCertificateIsUsedWithoutARestart() throws Exception {
    Identity first = AUTHORITY.issue("first", "localhost");
    Identity second = OTHER.issue("second", "localhost");
    try (EmbeddedServer server = serve(first)) {
      ServerCertificate certificate =
          server.getApplicationContext().getBean(ServerCertificate.class);
      assertThat(call(server, "localhost", AUTHORITY.trusting())).isEqualTo("true");

      // While only one of the files has been replaced, they do not belong together.
      replace(first.key(), second.key());
      certificate.reload();
      assertThat(call(server, "localhost", AUTHORITY.trusting())).isEqualTo("true");

      replace(first.certificate(), second.certificate());
      certificate.reload();
      assertThat(call(server, "localhost", OTHER.trusting())).isEqualTo("true");
      assertThatThrownBy(() -> call(server, "localhost", AUTHORITY.trusting()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  private static EmbeddedServer serve(Identity identity) {
    return ApplicationContext.run(
        EmbeddedServer.class,
        Map.of(
            "tallyman.tls.certificate", identity.certificate(),
            "tallyman.tls.key", identity.key()));
  }

  private static String callWithTheFramework(String host, @Nullable TestAuthority trusted) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("micronaut.http.services.test.url", "https://" + host + ":" + SERVER.getPort());
    if (trusted != null) {
      settings.put("tallyman.tls.ca", trusted.certificate());
    }
    try (ApplicationContext caller = ApplicationContext.run(settings)) {
      return caller.getBean(There.class).secure();
    }
  }

  private static TrustedAuthorities authorities(TestAuthority trusted) {
    return new TrustedAuthorities(
        new TlsConfiguration(null, null, trusted.certificate().toString()));
  }

  private static String callWithJava(String host, SSLContext context)
      throws IOException, InterruptedException {
    return call(SERVER, host, context);
  }

  private static String call(EmbeddedServer server, String host, SSLContext context)
      throws IOException, InterruptedException {
    URI address = URI.create("https://" + host + ":" + server.getPort() + "/secure");
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }
  }

  private static void replace(Path file, Path with) throws IOException {
    Files.copy(with, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
