package io.tallyman.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.user.RealDatabase;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Many users are added at once. Hashing their passwords takes seconds of CPU, but holds no
 * connection.
 */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CrowdOfNewUsersTest implements RealDatabase {
  private static final int CROWD = 200;

  @Inject
  @Client("/")
  HttpClient client;

  @Override
  public Map<String, String> getProperties() {
    Map<String, String> properties = new HashMap<>(RealDatabase.super.getProperties());
    properties.put("datasources.default.connection-timeout", "2000");
    properties.put("micronaut.http.client.pool.max-concurrent-http1-connections", "500");
    return properties;
  }

  @Test
  void otherRequestsAreAnsweredMeanwhile() throws Exception {
    RealDatabase.execute("TRUNCATE account CASCADE");
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> crowd =
          IntStream.range(0, CROWD).mapToObj(n -> clients.submit(() -> add(n))).toList();

      List<Integer> others = new ArrayList<>();
      do {
        others.add(get("/users").code());
      } while (!crowd.stream().allMatch(Future::isDone));

      assertThat(others).containsOnly(200);
      long added = 0;
      for (Future<HttpResponse<String>> answer : crowd) {
        if (answer.get().code() == 201) {
          added++;
        } else {
          assertMayComeBack(answer.get());
        }
      }
      assertThat(added).isPositive();
      assertThat(count()).isEqualTo(added);
    }
  }

  private static void assertMayComeBack(HttpResponse<String> refused) {
    assertThat(refused.code()).as(refused.body()).isEqualTo(503);
    assertThat(refused.body()).contains("urn:tallyman:problem:passwords-busy");
    assertThat(refused.header("Retry-After")).isNotEmpty();
  }

  private HttpResponse<String> add(int number) {
    return send(
        HttpRequest.POST(
            "/users",
            """
            {"name": "A", "email": "%1$d@example.org", "username": "user-%1$d",
             "password": "a long and quiet word", "roles": []}
            """
                .formatted(number)));
  }

  private HttpResponse<String> get(String path) {
    return send(HttpRequest.GET(path));
  }

  private HttpResponse<String> send(HttpRequest<?> request) {
    return client.toBlocking().exchange(request, Argument.STRING, Argument.STRING);
  }

  private long count() {
    return Long.parseLong(RealDatabase.value("SELECT count(*) FROM account"));
  }
}
