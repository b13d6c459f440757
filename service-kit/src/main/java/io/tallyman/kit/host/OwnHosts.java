package io.tallyman.kit.host;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Rejects requests for hosts that this service does not have. If the name of a web page's host is
 * changed to the address of this service (DNS rebinding), a browser takes both for one origin, so
 * the page could read and change everything. Its requests still name the host of the page. Allowed
 * are the configured names, the name of the service, {@code localhost}, and addresses, which nobody
 * can rebind.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class OwnHosts implements Ordered {
  /** RFC 3986, section 3.2.2: an IP literal in brackets, an IPv4 address or a name; then a port. */
  private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:.]+]|[^:\\[\\]]+)(:[0-9]*)?");

  private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private final String service;
  private final HostConfiguration configuration;

  OwnHosts(
      @Value("${micronaut.application.name}") String service, HostConfiguration configuration) {
    this.service = service;
    this.configuration = configuration;
  }

  @RequestFilter
  void check(HttpRequest<?> request) {
    if (isUnreadable(request)) {
      return;
    }
    List<String> hosts = request.getHeaders().getAll(HttpHeaders.HOST);
    if (hosts.size() != 1 || !isOwn(hosts.getFirst().toLowerCase(Locale.ROOT))) {
      throw new UnknownHost();
    }
  }

  /** Whether the framework could not read the request. It then answers 400, as to this request. */
  private static boolean isUnreadable(HttpRequest<?> request) {
    return request.getHeaders().names().isEmpty() && request.getPath().equals("/");
  }

  private boolean isOwn(String authority) {
    var parts = HOST.matcher(authority);
    if (!parts.matches()) {
      return false;
    }
    String host = parts.group(1);
    return host.equals("localhost")
        || host.equals(service)
        || ADDRESS.matcher(host).matches()
        || configuration.contains(host);
  }

  /** Runs after the filters that need no host, and before all other checks. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 2;
  }
}
