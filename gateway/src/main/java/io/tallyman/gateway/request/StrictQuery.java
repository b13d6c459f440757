package io.tallyman.gateway.request;

import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rejects query parameters that the route does not have, that are given twice, or that are empty,
 * so that a typing error is never ignored.
 */
@ServerFilter("/api/**")
public final class StrictQuery {
  @RequestFilter
  void check(HttpRequest<?> request) {
    RouteAttributes.getRouteMatch(request)
        .ifPresent(route -> check(request, parameters(route.getRouteInfo())));
  }

  /** The names of the query parameters that a route has. */
  public static Set<String> parameters(RouteInfo<?> info) {
    return info instanceof MethodBasedRouteInfo<?, ?> route
        ? Arrays.stream(route.getTargetMethod().getArguments())
            .flatMap(StrictQuery::names)
            .collect(Collectors.toSet())
        : Set.of();
  }

  private static void check(HttpRequest<?> request, Set<String> known) {
    List<FieldError> faults =
        request.getParameters().names().stream()
            .sorted()
            .flatMap(name -> fault(name, request, known).stream())
            .toList();
    if (!faults.isEmpty()) {
      throw new InvalidFields(faults);
    }
  }

  private static Optional<FieldError> fault(
      String name, HttpRequest<?> request, Set<String> known) {
    List<String> values = request.getParameters().getAll(name);
    if (!known.contains(name)) {
      return Optional.of(new FieldError("?" + name, "is not a parameter of this route"));
    }
    if (values.size() > 1) {
      return Optional.of(new FieldError("?" + name, "is given twice"));
    }
    return values.getFirst().isEmpty()
        ? Optional.of(new FieldError("?" + name, "is empty; give it a value or remove it"))
        : Optional.empty();
  }

  /** The query parameters of an argument: its own one, or those of its bean. */
  private static Stream<String> names(Argument<?> argument) {
    return argument.isAnnotationPresent(RequestBean.class)
        ? Arrays.stream(
                BeanIntrospection.getIntrospection(argument.getType()).getConstructorArguments())
            .flatMap(StrictQuery::names)
        : argument.isAnnotationPresent(QueryValue.class)
            ? Stream.of(
                argument
                    .getAnnotationMetadata()
                    .stringValue(QueryValue.class)
                    .orElse(argument.getName()))
            : Stream.of();
  }
}
