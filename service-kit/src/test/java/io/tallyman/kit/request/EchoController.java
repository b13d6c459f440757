package io.tallyman.kit.request;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Answers with the id and the deadline of the request, and calls itself. */
@Controller("/echo")
@ExecuteOn(TaskExecutors.BLOCKING)
class EchoController {
  private final HttpClient self;

  EchoController(@Client("/") HttpClient self) {
    this.self = self;
  }

  @Get("/sent")
  String sent(@Header(RequestId.HEADER) String id) {
    return id;
  }

  @Get("/logged")
  @Nullable String logged() {
    return MDC.get("request_id");
  }

  @Get("/remaining")
  String remaining(HttpRequest<?> request) {
    return Deadline.remaining(request).map(Duration::toString).orElse("none");
  }

  @Get("/forwarded")
  String forwarded() {
    return self.toBlocking().retrieve("/echo/sent");
  }
}
