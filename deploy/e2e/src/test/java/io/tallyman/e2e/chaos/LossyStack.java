package io.tallyman.e2e.chaos;

import static java.util.Objects.requireNonNull;

import io.tallyman.e2e.EmbeddedStack;
import io.tallyman.testing.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A stack on this machine whose proxies lose answers of services to the gateway and to workers. */
final class LossyStack implements AutoCloseable {
  private static final List<String> SERVICES = List.of("billing-service", "user-service");

  private final Map<String, LossyProxy> proxies = new HashMap<>();
  private final Map<String, List<Route>> routes = new HashMap<>();
  private final EmbeddedStack stack;

  private LossyStack(int workers, Map<String, String> settings) throws IOException {
    for (String service : SERVICES) {
      List<Route> its = ServiceRoutes.of(service);
      routes.put(service, its);
      proxies.put(service, LossyProxy.open(its));
    }
    Map<String, String> all = new HashMap<>(settings);
    // It has precedence over the addresses in the environment, which the launcher sets.
    all.put(
        "JAVA_TOOL_OPTIONS",
        proxies.entrySet().stream()
            .map(
                proxy ->
                    "-Dtallyman.%s.url=%s".formatted(proxy.getKey(), proxy.getValue().address()))
            .collect(Collectors.joining(" ")));
    stack =
        EmbeddedStack.start(
            Path.of(System.getProperty("tallyman.home")), Layout.ofWorkers(workers), all);
    proxies.forEach((name, proxy) -> proxy.leadTo(stack.stack().address(name)));
  }

  static LossyStack start(int workers, Map<String, String> settings) {
    try {
      return new LossyStack(workers, settings);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  EmbeddedStack stack() {
    return stack;
  }

  LossyProxy proxy(Route route) {
    return requireNonNull(proxies.get(route.service()));
  }

  /**
   * The route with this service, method and template.
   *
   * @throws AssertionError if the service has no such route
   */
  Route route(String words) {
    return routes().stream()
        .filter(route -> route.toString().equals(words))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no route " + words));
  }

  List<Route> routes() {
    return routes.values().stream().flatMap(List::stream).toList();
  }

  /** The routes that lost an answer. */
  Set<String> struck() {
    return proxies.values().stream()
        .flatMap(proxy -> proxy.struck().stream())
        .map(Route::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Requests for which a service has no route. */
  List<String> unknown() {
    return proxies.values().stream().flatMap(proxy -> proxy.unknown().stream()).toList();
  }

  @Override
  public void close() {
    stack.close();
    Stream.of(proxies.values().toArray(LossyProxy[]::new)).forEach(LossyStack::close);
  }

  private static void close(LossyProxy proxy) {
    try {
      proxy.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
