package io.tallyman.kit.addressee;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * The header that names the service that a request is meant for. When services restart, one of them
 * may get the address that another one had before. A caller that still uses the old address then
 * reaches the wrong service, and would keep that connection for as long as it is in use. So callers
 * send the name of the service, and any other service rejects the request with a 421 (RFC 9110,
 * section 15.5.20) and closes the connection. The wrong service did nothing, so the caller may send
 * the request again.
 */
public final class Addressee {
  public static final String HEADER = "X-Addressee";

  private Addressee() {}

  /** Adds the name of the service to each call, unless the caller has added it. */
  @ClientFilter(ClientFilter.MATCH_ALL_PATTERN)
  static final class Naming {
    @RequestFilter
    void name(MutableHttpRequest<?> request) {
      if (!request.getHeaders().contains(HEADER)) {
        BasicHttpAttributes.getServiceId(request)
            .filter(service -> !isAddress(service))
            .ifPresent(service -> request.header(HEADER, service));
      }
    }

    /** A client may have an address or a path of this server instead of the name of a service. */
    private static boolean isAddress(String service) {
      return service.contains("/");
    }
  }

  /** Accepts requests that name this service, or no service at all. */
  @ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
  static final class Check implements Ordered {
    private final String name;

    Check(@Value("${micronaut.application.name}") String name) {
      this.name = name;
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
      String addressee = request.getHeaders().get(HEADER);
      if (addressee != null && !addressee.equals(name)) {
        throw new Misdirected(name);
      }
    }

    /** Runs after the filter that gives the request its id, and before all other checks. */
    @Override
    public int getOrder() {
      return HIGHEST_PRECEDENCE + 1;
    }
  }
}
