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
 * The service that a request is meant for, as a header. Services that are started anew may get each
 * other's addresses. Who remembers an old one then connects to another service than it means, and
 * would keep that connection for as long as it is in use. So callers name whom they mean, and any
 * other service refuses them with a 421 (RFC 9110, section 15.5.20) and closes the connection.
 * Nothing was done then: it is an answer of nobody, and the request may be sent again.
 */
public final class Addressee {
  public static final String HEADER = "X-Addressee";

  private Addressee() {}

  /** Names the service that a client is for, where whoever uses it has not. */
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

    /** A client may be of an address, or of a path here, instead. */
    private static boolean isAddress(String service) {
      return service.contains("/");
    }
  }

  /** Lets pass what is meant for this service, or for whoever is there. */
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

    /** Inside of the filter that gives the request its id, before anything judges the request. */
    @Override
    public int getOrder() {
      return HIGHEST_PRECEDENCE + 1;
    }
  }
}
