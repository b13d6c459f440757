package io.tallyman.kit.tls;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** Tells whether a request came over HTTPS. */
@Controller("/secure")
class SecureController {
  @Get
  String secure(HttpRequest<?> request) {
    return Boolean.toString(request.isSecure());
  }
}
