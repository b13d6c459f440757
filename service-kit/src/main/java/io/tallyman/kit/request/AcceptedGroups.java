package io.tallyman.kit.request;

import io.micronaut.context.BeanProvider;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import io.micronaut.web.router.Router;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Understands {@code application/*} and {@code text/*} in the header Accept. The framework compares
 * such a group with the type of a route as if it was a type, so the types of all routes that belong
 * to the group are added to the header.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AcceptedGroups {
  private final BeanProvider<Router> router;

  AcceptedGroups(BeanProvider<Router> router) {
    this.router = router;
  }

  @PreMatching
  @RequestFilter
  void expand(HttpRequest<?> request) {
    if (request.getHeaders() instanceof MutableHttpHeaders headers
        && headers.getAll(HttpHeaders.ACCEPT).stream().anyMatch(accept -> accept.contains("/*"))) {
      headers.set(
          HttpHeaders.ACCEPT,
          headers.accept().stream()
              .flatMap(type -> Stream.concat(Stream.of(type), routeTypes(type)))
              .map(MediaType::toString)
              .distinct()
              .collect(Collectors.joining(", ")));
    }
  }

  private Stream<MediaType> routeTypes(MediaType group) {
    return group.getSubtype().equals("*")
        ? router
            .get()
            .uriRoutes()
            .flatMap(route -> route.getProduces().stream())
            .filter(type -> type.getType().equalsIgnoreCase(group.getType()))
        : Stream.empty();
  }
}
