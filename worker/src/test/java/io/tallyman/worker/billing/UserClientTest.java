package io.tallyman.worker.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.micronaut.context.ApplicationContext;
import io.tallyman.worker.billing.UserClient.User;
import io.tallyman.worker.task.TransientFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client sends the request that user-service expects, and reads its sample answer. */
final class UserClientTest {
  private static final Path SAMPLE = Path.of("../user-service/src/wire/chosen-users.json");

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private HttpServer server;
  private ApplicationContext context;

  @BeforeEach
  void start() throws IOException {
    byte[] told = Files.readAllBytes(SAMPLE);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, told.length);
          exchange.getResponseBody().write(told);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    context = ApplicationContext.run(Map.of("tallyman.user-service.url", url));
  }

  @AfterEach
  void stop() {
    context.close();
    server.stop(0);
  }

  @Test
  void readsTheUsersThatThereAre() {
    assertThat(Objects.requireNonNull(context.getBean(UserClient.class).choose("3,4711")).data())
        .containsExactly(new User(3, "ada.okafor", "Ada Okafor"));
    assertThat(asked)
        .hasSize(1)
        .first()
        .asString()
        .isIn("/internal/users?ids=3,4711", "/internal/users?ids=3%2C4711");
  }

  @Test
  void userServiceOfAnOlderReleaseMayAnswerLater() {
    status = 404;
    Managers managers = new Managers(context.getBean(UserClient.class));
    String[] row = {"3", "2022-03-31"};

    assertThatExceptionOfType(TransientFailure.class)
        .isThrownBy(() -> managers.name(List.<String[]>of(row)))
        .withMessage("GET /internal/users was answered with 404.");
  }

  @Test
  void userServiceThatDoesNotAnswerMayLater() {
    server.stop(0);
    Managers managers = new Managers(context.getBean(UserClient.class));
    String[] row = {"3", "2022-03-31"};

    assertThatExceptionOfType(TransientFailure.class)
        .isThrownBy(() -> managers.name(List.<String[]>of(row)))
        .withMessage("GET /internal/users got no answer.");
  }
}
