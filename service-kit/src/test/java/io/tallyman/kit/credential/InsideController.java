package io.tallyman.kit.credential;

import io.micronaut.context.annotation.Factory;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Internal routes, and one for everybody. */
@Controller
final class InsideController {
  final AtomicInteger calls = new AtomicInteger();

  @Factory
  static final class Table {
    @Singleton
    InternalCallers callers() {
      return new InternalCallers(
          Map.of(
              "caller",
              Set.of("things"),
              "other",
              Set.of("parts"),
              InternalCallers.MONITORING,
              Set.of("figures")));
    }
  }

  @Get("/internal/things/{id}")
  String thing(String id) {
    calls.incrementAndGet();
    return id;
  }

  @Post("/internal/things")
  String add(@Body String body) {
    calls.incrementAndGet();
    return body;
  }

  @Get("/internal/parts")
  String parts() {
    return "parts";
  }

  @Get("/internal/figures")
  String figures() {
    return "figures";
  }

  @Get("/internal/forgotten")
  String forgotten() {
    return "forgotten";
  }

  @Get("/outside")
  String outside() {
    return "outside";
  }
}
